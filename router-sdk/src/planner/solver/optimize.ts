import type { Model } from '../model.js'
import { createEquilibrium, type Equilibrium, laneFlows, settle } from './equilibrium.js'
import { searchFixedCosts } from './fixedCosts.js'
import { doNothing, improve } from './incumbent.js'
import { lagrangianBound } from './lagrangianBound.js'
import { choose, closed, free, needsChoice, open } from './laneChoice.js'
import { settledPrices } from './prices.js'

/** The solver's answer, in grains and solver prices, by index of chain and lane in the model. */
export interface Optimum {
  readonly flows: Float64Array
  readonly gain: number
  readonly bound: number
  /** Prices at the plan: markets first, then cash. */
  readonly prices: Float64Array
  /** Prices that prove `certified` as a bound, by themselves. */
  readonly certificate: Float64Array
  readonly certified: number
  readonly pivots: number
  readonly rounds: number
  readonly nodes: number
}

/** Solves the model: linear costs exactly, fixed costs by search within `nodeBudget` nodes. */
export function optimize(model: Model, nodeBudget: number): Optimum {
  const equilibrium = createEquilibrium(model)
  const { network } = equilibrium
  for (const [e, lane] of model.lanes.entries()) choose(equilibrium, e, needsChoice(lane) ? free : open)
  settle(equilibrium)
  const certificate = settledPrices(equilibrium)
  const chains = model.chains.length
  const certified = lagrangianBound(model, certificate.subarray(0, chains), certificate.subarray(chains))

  const incumbent = doNothing(model)
  improve(model, incumbent, laneFlows(equilibrium))
  let bound = certified
  let nodes = 1
  let pivots = 0
  let rounds = 0
  let prices = certificate
  if (model.lanes.some(needsChoice) && incumbent.gain < certified) {
    const search = searchFixedCosts(equilibrium, incumbent, certified, nodeBudget)
    bound = Math.min(bound, search.bound)
    nodes += search.nodes
    pivots += search.pivots
    rounds += search.rounds
    polish(equilibrium, incumbent)
    prices = settledPrices(equilibrium)
  }
  // What would gain less than the smallest unit is rounding of prices, not a reason to move anything.
  if (incumbent.gain * model.grain < 1) Object.assign(incumbent, doNothing(model))
  const { gain, flows } = incumbent
  return {
    flows,
    gain,
    bound: Math.max(bound, gain),
    prices,
    certificate,
    certified: Math.max(certified, gain),
    pivots: pivots + network.pivots,
    rounds: rounds + equilibrium.rounds,
    nodes,
  }
}

/** Settles with exactly the lanes of the incumbent, for its prices, and for the last units of its flows. */
function polish(equilibrium: Equilibrium, incumbent: { gain: number; flows: Float64Array }): void {
  const { model } = equilibrium
  for (const [e, lane] of model.lanes.entries()) {
    if (!needsChoice(lane)) continue
    const flow = incumbent.flows[e]!
    // A minimum is forced only where it binds: elsewhere the price of forcing would show.
    const forced = flow > 0 && flow === lane.minimum
    choose(equilibrium, e, flow === 0 ? closed : forced ? open : free, 0)
  }
  settle(equilibrium)
  improve(model, incumbent, laneFlows(equilibrium))
}
