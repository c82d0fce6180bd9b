import { priceUnit } from '../priceUnit.js'
import { type Equilibrium, worthBetween } from './equilibrium.js'
import { positionOf } from './flowNetwork.js'
import { closed, free } from './laneChoice.js'
import type { Region } from './region.js'

/** Steps of bisection for the ends of a chain's range: to a few thousandths of it. */
const bisections = 12

/**
 * Lowers what lanes can carry, at the prices of a solved relaxation. A plan that loses more than `gap`
 * (bound − incumbent, in grains) on a curve alone is no better than the incumbent. That bounds where chains can
 * end, from there what lanes can carry, and so how thinly fixed costs may be spread: optimality-based bound
 * tightening (Ryoo, Sahinidis 1996).
 */
export function shrink(equilibrium: Equilibrium, region: Region, gap: number): void {
  const { model, network } = equilibrium
  const { chains, lanes } = model
  const { choices, most, share } = region
  const count = chains.length

  // What can leave and enter a chain at most, over its lanes and at these prices.
  const out = new Float64Array(count)
  const into = new Float64Array(count)
  const bestOut = new Float64Array(count).fill(Number.NEGATIVE_INFINITY)
  const bestIn = new Float64Array(count).fill(Number.NEGATIVE_INFINITY)
  for (let e = 0; e < lanes.length; e++) {
    if (choices[e] === closed) continue
    const { from, to, price } = lanes[e]!
    const net = network.price[to]! - network.price[count + from]! - price
    out[from]! += most[e]!
    into[to]! += most[e]!
    bestOut[from] = Math.max(bestOut[from]!, net)
    bestIn[to] = Math.max(bestIn[to]!, net)
  }
  const lossLimit = (net: number) => (net < 0 ? (gap * priceUnit) / -net : Number.POSITIVE_INFINITY)
  for (let i = 0; i < count; i++) {
    out[i] = Math.min(out[i]!, chains[i]!.cash, lossLimit(bestOut[i]!))
    into[i] = Math.min(into[i]!, lossLimit(bestIn[i]!))
  }
  const room = new Float64Array(count)
  const spare = new Float64Array(count)
  for (let i = 0; i < count; i++) {
    room[i] = furthest(equilibrium, i, chains[i]!.most, gap) - chains[i]!.cash + out[i]!
    spare[i] = chains[i]!.cash - furthest(equilibrium, i, 0, gap) + into[i]!
  }
  for (let e = 0; e < lanes.length; e++) {
    if (choices[e] !== free) continue
    const { from, to, fixed } = lanes[e]!
    const limit = Math.floor(Math.min(room[to]!, spare[from]!) * (1 + 1e-12)) + 1
    if (limit >= most[e]!) continue
    most[e] = Math.max(1, limit)
    share[e] = Math.max(share[e]!, Math.min(2 ** 41, Math.floor((fixed / most[e]!) * priceUnit)))
  }
}

/** The position nearest to `end` from which the curve of a chain loses at most `gap` at its price, rounded outwards. */
function furthest(equilibrium: Equilibrium, chain: number, end: number, gap: number): number {
  const { network } = equilibrium
  const position = positionOf(network, chain)
  const price = network.price[chain]!
  const loses = (z: number) =>
    ((z - position) * price) / priceUnit - worthBetween(equilibrium, chain, position, z) > gap
  if (end === position || !loses(end)) return end
  let outside = end
  let inside = position
  for (let k = 0; k < bisections && Math.abs(outside - inside) > 1; k++) {
    const middle = Math.round((inside + outside) / 2)
    if (loses(middle)) outside = middle
    else inside = middle
  }
  return outside
}
