import { prohibitivePrice } from '../priceUnit.js'
import { type Equilibrium, slopesAt } from './equilibrium.js'
import type { FlowNetwork } from './flowNetwork.js'

/**
 * The node prices of a solved network, with two ambiguities settled so that prices stay optimal.
 *
 * A chain that is exactly full hangs on its overflow arc, whose price says only 'lower than anything': its
 * subtree's prices are raised until an arc becomes tight. A chain that has sent all its cash and receives
 * nothing may have any price from its slope up to that of its cash: it gets its slope, the rest is rent.
 */
export function settledPrices(equilibrium: Equilibrium): Float64Array {
  const { network } = equilibrium
  const { chains, root, parent, parentArc, fixedArcs, stride, segmentCount } = network
  const price = Float64Array.from(network.price)
  for (let i = 0; i < chains; i++) {
    const overflow = fixedArcs + i * stride + segmentCount[i]! - 1
    if (parent[i] !== root || parentArc[i] !== overflow) continue
    const inside = markSubtree(network, i)
    const rise = roomToRise(equilibrium, price, inside)
    for (let node = 0; node < root; node++) if (inside[node] === 1) price[node]! += rise
  }
  const reached = new Uint8Array(chains)
  for (let arc = 0; arc < fixedArcs; arc++) {
    if (network.flow[arc]! > 0) reached[network.to[arc]!] = 1
  }
  for (let i = 0; i < chains; i++) {
    if (reached[i] === 1 || segmentCount[i]! < 2) continue
    price[i] = Math.min(slopesAt(equilibrium, i).next, price[chains + i]!)
  }
  return price
}

function markSubtree(network: FlowNetwork, top: number): Uint8Array {
  const inside = new Uint8Array(network.root + 1)
  const queue = [top]
  for (let node = queue.pop(); node !== undefined; node = queue.pop()) {
    inside[node] = 1
    for (let child = network.firstChild[node]!; child >= 0; child = network.nextSibling[child]!) {
      queue.push(child)
    }
  }
  return inside
}

function roomToRise(equilibrium: Equilibrium, price: Float64Array, inside: Uint8Array): number {
  const { chains, fixedArcs, from, to, cost, state } = equilibrium.network
  let rise = Number.POSITIVE_INFINITY
  const consider = (arc: number) => {
    const tail = from[arc]!
    const head = to[arc]!
    if (state[arc] === 0 || inside[tail] === inside[head]) return
    const reduced = cost[arc]! + price[tail]! - price[head]!
    if (inside[head] === 1 && state[arc] === 1) rise = Math.min(rise, reduced)
    if (inside[tail] === 1 && state[arc] === -1) rise = Math.min(rise, -reduced)
  }
  for (let arc = 0; arc < fixedArcs; arc++) consider(arc)
  // The true slope, not that of the last segment, which may be coarse.
  for (let i = 0; i < chains; i++) {
    if (inside[i] === 1) rise = Math.min(rise, slopesAt(equilibrium, i).last - price[i]!)
  }
  // Nothing touches it: a chain that can neither send nor receive has any price; 0 is the plainest.
  return rise < prohibitivePrice * 8 ? Math.max(0, rise) : Math.max(0, -price[inside.indexOf(1)]!)
}
