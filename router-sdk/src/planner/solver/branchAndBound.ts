import { priceUnit } from '../priceUnit.js'
import { type Equilibrium, laneFlows, settle, slackOf } from './equilibrium.js'
import { type Incumbent, improve } from './incumbent.js'
import { choose, closed, fixedShare, free, open, respectsChoices } from './laneChoice.js'
import { createNodeQueue } from './nodeQueue.js'
import { positionsAfter, worth } from './planValue.js'

/** A partial choice of lanes, its bound on the gain, and the lane to decide next (−1: nothing left). */
interface Node {
  readonly choices: Int8Array
  readonly bound: number
  readonly branch: number
}

/** What the search proved: no executable plan gains more than `bound` grains. */
export interface SearchResult {
  readonly bound: number
  readonly nodes: number
}

/** Relative gap below which a better plan is not looked for. */
const gapTolerance = 1e-10

/**
 * Best-first branch and bound over which lanes are used, within a budget of nodes (not of time, so that the
 * plan does not depend on the machine). A node's bound is the optimum with the fixed costs of undecided lanes
 * spread over their capacity. At its prices, lanes whose opening (or closing) could not lead to a better plan
 * are decided at once: reduced-cost fixing (Crowder, Johnson, Padberg 1983).
 */
export function branchAndBound(
  equilibrium: Equilibrium,
  incumbent: Incumbent,
  root: Int8Array,
  budget: number,
): SearchResult {
  const enough = () => incumbent.gain + gapTolerance * incumbent.gain + 1e-9
  const queue = createNodeQueue<Node>((node) => node.bound)
  let nodes = 0
  const visit = (choices: Int8Array, parentBound: number): void => {
    nodes++
    const node = evaluate(equilibrium, incumbent, choices, parentBound)
    if (node !== undefined && node.branch >= 0 && node.bound > enough()) queue.push(node)
  }

  visit(root, Number.POSITIVE_INFINITY)
  for (let node = queue.pop(); node !== undefined; node = queue.pop()) {
    if (node.bound <= enough()) break
    if (nodes >= budget) return { bound: Math.max(node.bound, incumbent.gain), nodes }
    for (const choice of [open, closed]) {
      const choices = Int8Array.from(node.choices)
      choices[node.branch] = choice
      visit(choices, node.bound)
    }
  }
  return { bound: enough(), nodes }
}

function evaluate(
  equilibrium: Equilibrium,
  incumbent: Incumbent,
  choices: Int8Array,
  parentBound: number,
): Node | undefined {
  const { model, network } = equilibrium
  for (const [e, choice] of choices.entries()) choose(equilibrium, e, choice as typeof free)
  settle(equilibrium)
  if (!respectsChoices(equilibrium, choices)) return undefined

  const flows = laneFlows(equilibrium)
  improve(model, incumbent, flows)

  let cost = 0
  let branch = -1
  let widest = 0
  for (const [e, lane] of model.lanes.entries()) {
    const flow = flows[e]!
    cost += (lane.price * flow) / priceUnit
    if (choices[e] === open) cost += lane.fixed
    if (choices[e] !== free) continue
    const spread = (fixedShare(lane) * flow) / priceUnit
    cost += spread
    if (flow === 0) continue
    // What the bound does not pay yet; a missed minimum counts as worth deciding even if nothing is unpaid.
    const unpaid = lane.fixed - spread + (flow < lane.minimum ? 1 + lane.fixed : 0)
    if (unpaid > widest * (1 + 1e-12) + 1e-9) {
      widest = unpaid
      branch = e
    }
  }
  const bound = Math.min(
    parentBound,
    worth(model, positionsAfter(model, flows)) - cost + slackOf(equilibrium),
  )

  for (const [e, lane] of model.lanes.entries()) {
    if (choices[e] !== free || e === branch) continue
    const net = network.price[lane.to]! - network.price[model.chains.length + lane.from]! - lane.price
    const opened = (net * (net > 0 ? lane.capacity : lane.minimum)) / priceUnit - lane.fixed
    const undecidedPart = Math.max(0, ((net - fixedShare(lane)) * lane.capacity) / priceUnit)
    if (bound + opened - undecidedPart <= incumbent.gain) choices[e] = closed
    else if (bound - undecidedPart <= incumbent.gain && lane.minimum <= 1) choices[e] = open
  }
  return { choices, bound, branch }
}
