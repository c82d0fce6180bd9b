import type { Model, ModelChain } from '../model.js'
import { priceUnit } from '../priceUnit.js'
import { slopeOf } from './curveGrid.js'

/**
 * A bound on the gain of every executable plan, in grains, from any prices of markets and of cash: the
 * constraints of the chains are priced instead of imposed, and what is left splits into one maximum for each
 * curve and each lane (Geoffrion 1974, Lagrangean relaxation; with the true curves, not their segments).
 */
export function lagrangianBound(model: Model, market: ArrayLike<number>, cash: ArrayLike<number>): number {
  let bound = 0
  for (const [i, chain] of model.chains.entries()) {
    bound += bestOnCurve(model, chain, market[i]!) / priceUnit
    bound += (Math.max(0, cash[i]! - market[i]!) * chain.cash) / priceUnit
  }
  for (const lane of model.lanes) {
    const from = Math.max(cash[lane.from]!, market[lane.from]!)
    const net = market[lane.to]! - from - lane.price
    if (net > 0) bound += Math.max(0, (net * lane.capacity) / priceUnit - lane.fixed)
  }
  return bound
}

/** max over z of value(z) − value(start) − price·(z − start), in solver prices times grains. */
function bestOnCurve(model: Model, chain: ModelChain, price: number): number {
  let low = 0
  let high = chain.most
  while (low < high) {
    const middle = low + Math.ceil((high - low) / 2)
    if (slopeOf(chain, model.grain, middle - 1, middle) >= price) low = middle
    else high = middle - 1
  }
  const move = low - chain.cash
  if (move === 0) return 0
  const from = chain.base + Math.min(low, chain.cash) * model.grain
  const to = chain.base + Math.max(low, chain.cash) * model.grain
  return move * (chain.value.meanSlope(from, to) * priceUnit - price)
}
