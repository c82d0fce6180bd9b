import type { Model } from '../model.js'
import { branchAndBound, enough } from './branchAndBound.js'
import { createEquilibrium, type Equilibrium } from './equilibrium.js'
import { scaleSlopes, searchOpenLanes } from './fixedCostHeuristic.js'
import type { Incumbent } from './incumbent.js'
import { closed, needsChoice, undecided } from './laneChoice.js'
import { createPseudoCosts } from './pseudoCosts.js'
import { adopt, reduceIncumbent, reduceModel } from './reducedModel.js'
import { type Region, wholeRegion } from './region.js'
import { relax } from './relaxation.js'
import { shrink } from './shrink.js'

export interface FixedCostResult {
  readonly bound: number
  readonly nodes: number
  readonly pivots: number
  readonly rounds: number
}

const tighteningRounds = 12

/**
 * The choice of lanes: good flows by slope scaling, then, with these to beat, lanes are excluded from the network
 * until what is left is small enough to search. `equilibrium` holds the relaxation with fixed costs
 * spread over capacities, settled; `bound` is what it proves.
 */
export function searchFixedCosts(
  equilibrium: Equilibrium,
  incumbent: Incumbent,
  bound: number,
  budget: number,
): FixedCostResult {
  const { model } = equilibrium
  scaleSlopes(equilibrium, incumbent)
  const work = { nodes: 0, pivots: 0, rounds: 0 }
  const root = wholeRegion(model, undecided(model))
  const open = tighten(equilibrium, incumbent, root, bound)
  work.nodes += open.nodes
  if (open.bound <= enough(incumbent)) return { ...work, bound: enough(incumbent) }

  const left = narrow(model, root, incumbent)
  const near = narrowToPromising(left.reduced.model, left.region, equilibrium, left.incumbent)
  const few = createEquilibrium(near.model)
  const found = reduceIncumbent(near, left.incumbent)
  searchOpenLanes(few, found, 3 * near.origin.length + 20)
  adopt(near, found, left.incumbent)
  const small = createEquilibrium(left.reduced.model)
  const again = tighten(small, left.incumbent, left.region, open.bound)
  work.nodes += again.nodes
  adopt(left.reduced, left.incumbent, incumbent)
  const search = branchAndBound(small, left.incumbent, left.region, again.bound, budget)
  adopt(left.reduced, left.incumbent, incumbent)
  work.nodes += search.nodes
  work.pivots += few.network.pivots + small.network.pivots
  work.rounds += few.rounds + small.rounds
  return { ...work, bound: search.bound }
}

/** Solves the relaxation and shrinks its region in turn, for as long as the bound falls. */
function tighten(equilibrium: Equilibrium, incumbent: Incumbent, region: Region, start: number) {
  let bound = start
  let nodes = 0
  const pseudoCosts = createPseudoCosts(equilibrium.model.lanes.length)
  while (nodes < tighteningRounds) {
    nodes++
    const node = relax(equilibrium, incumbent, region, bound, pseudoCosts)
    if (node === undefined || node.branch < 0) return { bound: Math.min(bound, node?.bound ?? 0), nodes }
    const fall = bound - node.bound
    bound = node.bound
    if (bound <= incumbent.gain || (nodes > 1 && fall <= 0.02 * (bound - incumbent.gain))) break
    shrink(equilibrium, region, node.gap)
  }
  return { bound, nodes }
}

/** What is left of model, region and incumbent without the lanes that are closed. */
function narrow(model: Model, region: Region, incumbent: Incumbent) {
  const reduced = reduceModel(model, (e) => region.choices[e] !== closed || !needsChoice(model.lanes[e]!))
  const pick = <T extends Int8Array | Float64Array>(values: T): number[] =>
    Array.from(reduced.origin, (e) => values[e]!)
  const narrowed: Region = {
    choices: Int8Array.from(pick(region.choices)),
    most: Float64Array.from(pick(region.most)),
    share: Float64Array.from(pick(region.share)),
  }
  return { reduced, region: narrowed, incumbent: reduceIncumbent(reduced, incumbent) }
}

/** Few lanes to try in turn: those in use, and those that cost least to bring in at the prices of the relaxation. */
function narrowToPromising(
  model: Model,
  region: Region,
  { network }: Equilibrium,
  incumbent: Incumbent,
): ReturnType<typeof reduceModel> {
  const { chains, lanes } = model
  const loss = Float64Array.from(lanes, (lane, e) => {
    const net = network.price[lane.to]! - network.price[chains.length + lane.from]! - lane.price
    return region.share[e]! - net
  })
  const limit = loss.toSorted()[Math.min(loss.length, 3 * chains.length) - 1] ?? 0
  return reduceModel(model, (e) => incumbent.flows[e]! > 0 || loss[e]! <= limit || !needsChoice(lanes[e]!))
}
