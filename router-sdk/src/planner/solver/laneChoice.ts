import type { Model, ModelLane } from '../model.js'
import { largestFixedShare, priceUnit, prohibitivePrice } from '../priceUnit.js'
import type { Equilibrium } from './equilibrium.js'
import { laneFlow } from './flowNetwork.js'

/**
 * What is decided about a lane with a fixed cost or a minimum. Choices only change costs, never bounds, so
 * that the flows at hand stay feasible and every solve starts warm.
 *
 * `free`: the fixed cost is spread over the capacity, K/U a unit: the convex hull of K·[x > 0] + c·x on
 * [0, U], so the optimum bounds that of the true problem. `open`: the fixed cost is sunk and the minimum must be
 * carried. `closed`: nothing flows.
 */
export type LaneChoice = typeof free | typeof open | typeof closed
export const free = 0
export const open = 1
export const closed = 2

export function needsChoice(lane: ModelLane): boolean {
  return lane.fixed > 0 || lane.minimum > 1
}

/** Share of the fixed cost that a unit bears on a free lane, in solver prices, rounded down. */
export function fixedShare(lane: ModelLane): number {
  return Math.min(largestFixedShare, Math.floor((lane.fixed / lane.capacity) * priceUnit))
}

/** Puts a lane's choice into its costs; `share` replaces K/U (the heuristic's slope scaling). */
export function choose(equilibrium: Equilibrium, index: number, choice: LaneChoice, share?: number): void {
  const { network, model } = equilibrium
  const lane = model.lanes[index]!
  const forced = network.forcedArc[index]!
  const cost =
    choice === closed ? prohibitivePrice : lane.price + (choice === free ? (share ?? fixedShare(lane)) : 0)
  network.cost[index] = cost
  if (forced >= 0) network.cost[forced] = choice === open ? -prohibitivePrice : cost
}

/** Whether the flows respect every choice, and no chain is lifted above its ceiling. */
export function respectsChoices(equilibrium: Equilibrium, choices: ArrayLike<number>): boolean {
  const { network, model } = equilibrium
  for (let e = 0; e < network.lanes; e++) {
    const flow = laneFlow(network, e)
    if (choices[e] === closed && flow > 0) return false
    if (choices[e] === open && network.forcedArc[e]! >= 0 && flow < model.lanes[e]!.minimum) return false
  }
  for (let i = 0; i < network.chains; i++) {
    const overflow = network.fixedArcs + i * network.stride + network.segmentCount[i]! - 1
    if (network.flow[overflow]! > 0) return false
  }
  return true
}

/** No choice made: free where a choice is needed, open (which costs nothing) elsewhere. */
export function undecided(model: Model): Int8Array {
  return Int8Array.from(model.lanes, (lane) => (needsChoice(lane) ? free : open))
}
