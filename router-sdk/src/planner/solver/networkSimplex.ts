import { type FlowNetwork, hang, refreshSubtree } from './flowNetwork.js'

/**
 * Primal network simplex from the tree at hand to an optimal one.
 *
 * Block pricing as in LEMON (Kovács 2015, "Minimum-cost flow algorithms: an experimental evaluation"), the
 * best arc of a block enters. The leaving arc is the last blocking one around the cycle, which keeps the tree
 * strongly feasible and so excludes cycling (Cunningham 1976). Of a chain's segments only the next to fill
 * and the last filled are priced: slopes fall, so no other can be better.
 *
 * Costs must have been in place when prices were last refreshed.
 */
export function solve(network: FlowNetwork): void {
  const { chains, fixedArcs, stride, from, to, cost, state, price, parent, root } = network
  const { openSegment, segmentCount } = network
  const candidates = fixedArcs + 2 * chains
  const block = Math.max(8, Math.ceil(0.5 * Math.sqrt(candidates)))
  let cursor = network.cursor % candidates
  let best = 0
  let entering = -1
  let left = block

  for (let scanned = 0; scanned < candidates; scanned++) {
    let arc = cursor
    if (arc >= fixedArcs) {
      const pick = arc - fixedArcs
      const chain = pick >> 1
      const segment = openSegment[chain]! - (pick & 1)
      // A market that hangs on the hub has an arc of its own curve in the tree, between the two.
      const idle = parent[chain] === root || segment < 0 || segment >= segmentCount[chain]!
      arc = idle ? -1 : fixedArcs + chain * stride + segment
    }
    if (++cursor === candidates) cursor = 0
    if (arc >= 0 && state[arc] !== 0) {
      const violation = state[arc]! * (cost[arc]! + price[from[arc]!]! - price[to[arc]!]!)
      if (violation < best) {
        best = violation
        entering = arc
      }
    }
    if (--left > 0 && scanned < candidates - 1) continue
    left = block
    if (entering < 0) continue
    pivot(network, entering)
    network.pivots++
    best = 0
    entering = -1
    scanned = -1
  }
  network.cursor = cursor
}

function pivot(network: FlowNetwork, entering: number): void {
  const { from, to, capacity, flow, state, parent, parentArc, upward, depth } = network
  const filling = state[entering] === 1
  const first = filling ? from[entering]! : to[entering]!
  const second = filling ? to[entering]! : from[entering]!

  let a = first
  let b = second
  while (a !== b) {
    if (depth[a]! >= depth[b]!) a = parent[a]!
    else b = parent[b]!
  }
  const join = a

  // Flow runs join → first → second → join. The last arc to block, seen from the join, leaves.
  let step = capacity[entering]!
  let leavingNode = -1
  let onFirstSide = false
  for (let node = first; node !== join; node = parent[node]!) {
    const arc = parentArc[node]!
    const room = upward[node] === 1 ? flow[arc]! : capacity[arc]! - flow[arc]!
    if (room < step) {
      step = room
      leavingNode = node
      onFirstSide = true
    }
  }
  for (let node = second; node !== join; node = parent[node]!) {
    const arc = parentArc[node]!
    const room = upward[node] === 1 ? capacity[arc]! - flow[arc]! : flow[arc]!
    if (room <= step) {
      step = room
      leavingNode = node
      onFirstSide = false
    }
  }
  if (step === Number.POSITIVE_INFINITY) throw new RangeError('an unbounded gain: a cycle of negative cost')

  if (step > 0) {
    flow[entering]! += filling ? step : -step
    for (let node = first; node !== join; node = parent[node]!) {
      flow[parentArc[node]!]! += upward[node] === 1 ? -step : step
    }
    for (let node = second; node !== join; node = parent[node]!) {
      flow[parentArc[node]!]! += upward[node] === 1 ? step : -step
    }
  }

  if (leavingNode < 0) {
    setState(network, entering, filling ? -1 : 1)
    return
  }
  const leaving = parentArc[leavingNode]!
  const top = onFirstSide ? first : second
  replant(network, top, onFirstSide ? second : first, entering, leavingNode)
  setState(network, leaving, flow[leaving] === 0 ? 1 : -1)
  setState(network, entering, 0)
  refreshSubtree(network, top)
}

/** Turns the path from `top` to `bottom` around, so that its subtree hangs from `anchor` by `arc`. */
function replant(network: FlowNetwork, top: number, anchor: number, arc: number, bottom: number): void {
  const { parent, parentArc, firstChild, nextSibling, previousSibling } = network
  let node = top
  let newParent = anchor
  let newArc = arc
  while (true) {
    const oldParent = parent[node]!
    const oldArc = parentArc[node]!
    const before = previousSibling[node]!
    const after = nextSibling[node]!
    if (before >= 0) nextSibling[before] = after
    else firstChild[oldParent] = after
    if (after >= 0) previousSibling[after] = before
    hang(network, node, newParent, newArc)
    if (node === bottom) return
    newParent = node
    newArc = oldArc
    node = oldParent
  }
}

function setState(network: FlowNetwork, arc: number, state: number): void {
  network.state[arc] = state
  const segment = arc - network.fixedArcs
  if (segment < 0) return
  const chain = Math.floor(segment / network.stride)
  network.openSegment[chain] = (segment % network.stride) + (state < 0 ? 1 : 0)
}
