import type { Model } from '../model.js'
import { priceUnit } from '../priceUnit.js'
import { curveGrid, mostSegments, slopeOf } from './curveGrid.js'
import {
  createFlowNetwork,
  type FlowNetwork,
  laneFlow,
  positionOf,
  refreshSubtree,
  setSegments,
} from './flowNetwork.js'
import { solve } from './networkSimplex.js'

/** A network with the model's true curves: each solve refines the segments until they are as good as the curves. */
export interface Equilibrium {
  readonly model: Model
  readonly network: FlowNetwork
  /** Present resolution of each chain's grid and the position around which it was laid. */
  readonly step: Float64Array
  readonly middle: Float64Array
  rounds: number
}

/** Residual of the optimality conditions that is left, in solver prices: what rounding them leaves anyway. */
const residualTolerance = 1
const mostRounds = 200

export function createEquilibrium(model: Model): Equilibrium {
  const { chains, lanes } = model
  const stride = Math.max(2, ...chains.map(mostSegments))
  const equilibrium: Equilibrium = {
    model,
    network: createFlowNetwork(
      chains.map((chain) => chain.cash),
      lanes.map((lane) => ({ ...lane, capacity: lane.limit })),
      stride,
    ),
    step: Float64Array.from(chains, (chain) => Math.max(1, Math.floor(chain.most / 64))),
    middle: Float64Array.from(chains, (chain) => chain.cash),
    rounds: 0,
  }
  for (let i = 0; i < chains.length; i++) layGrid(equilibrium, i)
  return equilibrium
}

/** Solves for the costs in the network now, from the flows it has now, to the true curves' optimum. */
export function settle(equilibrium: Equilibrium): void {
  const { network } = equilibrium
  for (let round = 0; round < mostRounds; round++) {
    refreshSubtree(network, network.root)
    solve(network)
    equilibrium.rounds++
    if (!refine(equilibrium)) return
  }
}

/** Lays finer grids where prices do not match the curve; false when there is nothing left to refine. */
function refine(equilibrium: Equilibrium): boolean {
  const { model, network, step, middle } = equilibrium
  let refined = false
  for (const [i, chain] of model.chains.entries()) {
    if (!chain.value.smooth) continue
    const position = positionOf(network, i)
    if (residual(equilibrium, i) <= residualTolerance) continue
    const moved = Math.abs(position - middle[i]!)
    if (moved === 0 && step[i] === 1) continue
    // Where the optimum stays put the error falls with the square of the step, as in Newton's method.
    const finer = Math.min(step[i]! / 16, (step[i]! * step[i]!) / (chain.most + 1))
    step[i] = Math.max(1, Math.floor(moved > 8 * step[i]! ? moved / 16 : finer))
    middle[i] = position
    layGrid(equilibrium, i)
    refined = true
  }
  return refined
}

function layGrid(equilibrium: Equilibrium, index: number): void {
  const { model, network, step, middle } = equilibrium
  const chain = model.chains[index]!
  const { edges, slopes } = curveGrid(chain, model.grain, middle[index]!, step[index]!)
  setSegments(network, index, edges, slopes, middle[index]!)
}

/** Worth of the next and of the last grain of a chain at its position, in solver prices. */
export function slopesAt({ model, network }: Equilibrium, index: number): { next: number; last: number } {
  const chain = model.chains[index]!
  const position = positionOf(network, index)
  return {
    next:
      position < chain.most ? slopeOf(chain, model.grain, position, position + 1) : Number.NEGATIVE_INFINITY,
    last: position > 0 ? slopeOf(chain, model.grain, position - 1, position) : Number.POSITIVE_INFINITY,
  }
}

/** How far the price is outside the slopes of the grains before and after the position. */
function residual(equilibrium: Equilibrium, index: number): number {
  const price = equilibrium.network.price[index]!
  const { next, last } = slopesAt(equilibrium, index)
  return Math.max(0, next - price, price - last)
}

/**
 * How much more than the flows at hand any flows could be worth at the same costs, in grains: a concave
 * curve whose slope misses the price by r gains at most r for every grain it could move.
 */
export function slackOf(equilibrium: Equilibrium): number {
  let slack = 0
  for (const [i, chain] of equilibrium.model.chains.entries()) {
    if (!chain.value.smooth) continue
    const position = positionOf(equilibrium.network, i)
    const reach = Math.max(position, chain.most - position)
    slack += (residual(equilibrium, i) * reach) / priceUnit
  }
  return slack
}

/** Worth of a chain at position `to` over position `from`, in grains; negative when it is less. */
export function worthBetween({ model }: Equilibrium, index: number, from: number, to: number): number {
  if (from === to) return 0
  const { base, value } = model.chains[index]!
  const low = base + Math.min(from, to) * model.grain
  const high = base + Math.max(from, to) * model.grain
  return (to - from) * value.meanSlope(low, high)
}

/** Flows of all lanes, in grains. */
export function laneFlows({ network }: Equilibrium): Float64Array {
  const flows = new Float64Array(network.lanes)
  for (let lane = 0; lane < network.lanes; lane++) flows[lane] = laneFlow(network, lane)
  return flows
}
