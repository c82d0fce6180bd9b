import type { Equilibrium } from './equilibrium.js'
import type { Incumbent } from './incumbent.js'
import { closed, free, open } from './laneChoice.js'
import { createNodeQueue } from './nodeQueue.js'
import { createPseudoCosts } from './pseudoCosts.js'
import { type Region, withChoice } from './region.js'
import { type Relaxation, relax } from './relaxation.js'

/** What the search proved: no executable plan gains more than `bound` grains. */
export interface SearchResult {
  readonly bound: number
  readonly nodes: number
}

/** Relative gap below which a better plan is not looked for. */
const gapTolerance = 1e-10

/** What a plan must gain to be worth looking for. */
export function enough(incumbent: Incumbent): number {
  return incumbent.gain + gapTolerance * incumbent.gain + 1e-9
}

/**
 * Best-first branch and bound over which lanes are used, within a budget of nodes (not of time, so that the
 * plan does not depend on the machine). A node's bound is the optimum with the fixed costs of undecided lanes
 * spread over the most they can carry in a plan better than the incumbent. The next lane is the one whose two
 * choices are expected to lower the bound most, by what its earlier choices did (`createPseudoCosts`).
 */
export function branchAndBound(
  equilibrium: Equilibrium,
  incumbent: Incumbent,
  root: Region,
  rootBound: number,
  budget: number,
): SearchResult {
  const queue = createNodeQueue<Relaxation>((node) => node.bound)
  const pseudoCosts = createPseudoCosts(equilibrium.model.lanes.length)
  let nodes = 0
  const visit = (region: Region, parentBound: number): number => {
    nodes++
    const node = relax(equilibrium, incumbent, region, parentBound, pseudoCosts)
    if (node === undefined) return Number.NEGATIVE_INFINITY
    if (node.branch >= 0 && node.bound > enough(incumbent)) queue.push(node)
    return node.bound
  }

  visit(root, rootBound)
  for (let node = queue.pop(); node !== undefined; node = queue.pop()) {
    if (node.bound <= enough(incumbent)) break
    if (nodes >= budget) return { bound: Math.max(node.bound, incumbent.gain), nodes }
    const { branch, flow, region, bound } = node
    if (region.choices[branch] !== free) {
      // Decided since, by what the relaxation excluded.
      visit(region, bound)
      continue
    }
    for (const choice of [open, closed] as const) {
      const reached = visit(withChoice(region, branch, choice), bound)
      if (choice === closed) pseudoCosts.learn(branch, flow, bound - Math.max(reached, incumbent.gain))
    }
  }
  return { bound: enough(incumbent), nodes }
}
