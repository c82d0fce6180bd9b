import { overflowPrice } from '../priceUnit.js'

/**
 * The network of the planner in typed arrays. Chain i has two nodes: its market (i), where idle is valued,
 * and its cash (chains + i), from where lanes leave, so that what is sent is what was there at the start.
 * All cash starts at the cash nodes and ends at the hub, the root of the spanning tree:
 *
 *     cash i ──lane──▶ market j          one arc, or two where a minimum can be forced
 *     cash i ──stay──▶ market i          what is not sent
 *     market i ──segments──▶ hub         the value curve, steepest first, and one arc for overflow
 *
 * Prices are the worth of a unit at a node; costs are minimised, so a segment costs minus its slope.
 */
export interface FlowNetwork {
  readonly chains: number
  readonly lanes: number
  readonly root: number
  /** Lanes, forced parts and stay arcs; the segments of chain i follow from fixedArcs + i·stride. */
  readonly fixedArcs: number
  readonly stride: number
  readonly from: Int32Array
  readonly to: Int32Array
  readonly cost: Float64Array
  readonly capacity: Float64Array
  readonly flow: Float64Array
  /** 1 at its lower bound, 0 in the tree, −1 at its capacity. */
  readonly state: Int8Array
  /** The arc that carries the first units of a lane up to its minimum, or −1. */
  readonly forcedArc: Int32Array
  readonly segmentCount: Int32Array
  /** First segment of a chain that is not at its capacity; those before are, those after are empty. */
  readonly openSegment: Int32Array
  readonly parent: Int32Array
  readonly parentArc: Int32Array
  /** 1 when the arc to the parent leaves the node. */
  readonly upward: Int8Array
  readonly depth: Int32Array
  readonly firstChild: Int32Array
  readonly nextSibling: Int32Array
  readonly previousSibling: Int32Array
  readonly price: Float64Array
  /** Where block pricing goes on. */
  cursor: number
  pivots: number
}

export interface FlowNetworkLane {
  readonly from: number
  readonly to: number
  readonly price: number
  readonly capacity: number
  readonly minimum: number
}

/** A network in which nothing moves, with the tree that says so; segments are still to be set. */
export function createFlowNetwork(
  cash: readonly number[],
  lanes: readonly FlowNetworkLane[],
  stride: number,
): FlowNetwork {
  const chains = cash.length
  const forced = lanes.filter(hasForcedPart).length
  const fixedArcs = lanes.length + forced + chains
  const arcs = fixedArcs + chains * stride
  const nodes = 2 * chains + 1
  const network: FlowNetwork = {
    chains,
    lanes: lanes.length,
    root: 2 * chains,
    fixedArcs,
    stride,
    from: new Int32Array(arcs),
    to: new Int32Array(arcs),
    cost: new Float64Array(arcs),
    capacity: new Float64Array(arcs),
    flow: new Float64Array(arcs),
    state: new Int8Array(arcs).fill(1),
    forcedArc: new Int32Array(lanes.length).fill(-1),
    segmentCount: new Int32Array(chains),
    openSegment: new Int32Array(chains),
    parent: new Int32Array(nodes).fill(-1),
    parentArc: new Int32Array(nodes).fill(-1),
    upward: new Int8Array(nodes),
    depth: new Int32Array(nodes),
    firstChild: new Int32Array(nodes).fill(-1),
    nextSibling: new Int32Array(nodes).fill(-1),
    previousSibling: new Int32Array(nodes).fill(-1),
    price: new Float64Array(nodes),
    cursor: 0,
    pivots: 0,
  }

  const setArc = (arc: number, from: number, to: number, cost: number, capacity: number) => {
    network.from[arc] = from
    network.to[arc] = to
    network.cost[arc] = cost
    network.capacity[arc] = capacity
  }
  let next = lanes.length
  for (const [e, lane] of lanes.entries()) {
    const first = hasForcedPart(lane) ? lane.minimum : 0
    setArc(e, chains + lane.from, lane.to, lane.price, lane.capacity - first)
    if (first === 0) continue
    setArc(next, chains + lane.from, lane.to, lane.price, first)
    network.forcedArc[e] = next++
  }

  // Strongly feasible at once: an arc without flow points to the root (Cunningham 1976).
  for (let i = 0; i < chains; i++) {
    const stay = next++
    setArc(stay, chains + i, i, 0, Number.POSITIVE_INFINITY)
    network.flow[stay] = cash[i]!
    network.state[stay] = 0
    for (let k = 0; k < stride; k++) setArc(fixedArcs + i * stride + k, i, network.root, 0, 0)
    hang(network, i, network.root, fixedArcs + i * stride)
    hang(network, chains + i, i, stay)
  }
  return network
}

/** A minimum of one unit holds by itself: flows are integers. */
function hasForcedPart(lane: FlowNetworkLane): boolean {
  return lane.minimum > 1
}

/** Makes `node` a child of `parent` through `arc`. Depth and price are the caller's to refresh. */
export function hang(network: FlowNetwork, node: number, parent: number, arc: number): void {
  const { firstChild, nextSibling, previousSibling } = network
  network.parent[node] = parent
  network.parentArc[node] = arc
  network.upward[node] = network.from[arc] === node ? 1 : 0
  const sibling = firstChild[parent]!
  previousSibling[node] = -1
  nextSibling[node] = sibling
  if (sibling >= 0) previousSibling[sibling] = node
  firstChild[parent] = node
}

/** Depth and price of the subtree under `top`, whose parent is up to date (or which is the root). */
export function refreshSubtree(network: FlowNetwork, top: number): void {
  const { parent, parentArc, upward, depth, price, cost, firstChild, nextSibling } = network
  let node = top
  while (true) {
    const above = parent[node]!
    if (above >= 0) {
      const arcCost = cost[parentArc[node]!]!
      depth[node] = depth[above]! + 1
      price[node] = upward[node] === 1 ? price[above]! - arcCost : price[above]! + arcCost
    }
    if (firstChild[node]! >= 0) {
      node = firstChild[node]!
      continue
    }
    while (node !== top && nextSibling[node]! < 0) node = parent[node]!
    if (node === top) return
    node = nextSibling[node]!
  }
}

/**
 * Replaces the value curve of a chain. `edges` rise from 0 and contain the present position, `slopes` (solver
 * prices, not rising) belong to the intervals between them. Flows and the tree stay feasible, prices are
 * stale until `refreshSubtree(network, network.root)`.
 */
export function setSegments(
  network: FlowNetwork,
  chain: number,
  edges: readonly number[],
  slopes: readonly number[],
  position: number,
): void {
  const { cost, capacity, flow, state } = network
  const start = network.fixedArcs + chain * network.stride
  const count = slopes.length + 1
  if (count > network.stride) throw new RangeError(`curve of ${count} segments, room for ${network.stride}`)
  let open = slopes.length
  for (let k = 0; k < count; k++) {
    const last = k === slopes.length
    const width = last ? Number.POSITIVE_INFINITY : edges[k + 1]! - edges[k]!
    const full = !last && edges[k + 1]! <= position
    cost[start + k] = last ? overflowPrice : -slopes[k]!
    capacity[start + k] = width
    flow[start + k] = full ? width : 0
    state[start + k] = full ? -1 : 1
    if (!full && k < open) open = k
  }
  network.segmentCount[chain] = count
  network.openSegment[chain] = open
  if (network.parent[chain] === network.root) {
    network.parentArc[chain] = start + open
    state[start + open] = 0
  }
}

export function laneFlow(network: FlowNetwork, lane: number): number {
  const forced = network.forcedArc[lane]!
  return network.flow[lane]! + (forced < 0 ? 0 : network.flow[forced]!)
}

/** Where the chain is on its curve: all that flows from its market to the hub. */
export function positionOf(network: FlowNetwork, chain: number): number {
  const start = network.fixedArcs + chain * network.stride
  let sum = 0
  for (let k = 0; k <= network.openSegment[chain]!; k++) sum += network.flow[start + k]!
  return sum
}
