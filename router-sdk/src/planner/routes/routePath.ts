import { laneKey } from '../input.js'
import { compareText } from '../model.js'
import { largestInput, marginalOutput, outputOf, type RouteLane } from './routeLane.js'

/** One lane, or two in a row, with its output as concave pieces. */
export interface RoutePath {
  readonly key: string
  readonly lanes: readonly RouteLane[]
  readonly minimum: bigint
  readonly capacity: bigint
  readonly fixedCost: bigint
  readonly latencySeconds: number
  /** From `start` on, `rate` of every unit arrives; rates fall. */
  readonly pieces: readonly { readonly start: bigint; readonly end: bigint; readonly rate: number }[]
}

/** All usable ways from one chain to another over at most `hops` lanes, by key. */
export function findPaths(lanes: readonly RouteLane[], from: string, to: string, hops: 1 | 2): RoutePath[] {
  const paths: RoutePath[] = []
  for (const first of lanes) {
    if (first.from !== from) continue
    if (first.to === to) paths.push(joinLanes([first]))
    else if (hops === 2) {
      for (const second of lanes) {
        if (second.from === first.to && second.to === to) paths.push(joinLanes([first, second]))
      }
    }
  }
  return paths
    .filter((path) => path.capacity > 0n && path.minimum <= path.capacity)
    .sort((a, b) => compareText(a.key, b.key))
}

export function pathOutput(path: RoutePath, amount: bigint): bigint {
  return path.lanes.reduce((left, lane) => outputOf(lane, left), amount)
}

/** Whether two paths use the same lane: they would compete for its room. */
export function shareLane(a: RoutePath, b: RoutePath): boolean {
  return a.lanes.some((lane) => b.lanes.includes(lane))
}

function joinLanes(lanes: readonly [RouteLane] | readonly [RouteLane, RouteLane]): RoutePath {
  const [first, second] = lanes
  const capacity =
    second === undefined ? first.capacity : largestInput(first, second.capacity, first.capacity)
  // The least input of which the second lane's minimum still arrives.
  const reaching =
    second === undefined || !second.minimum
      ? 0n
      : largestInput(first, second.minimum - 1n, first.capacity) + 1n
  const own = first.minimum ?? 0n
  const edges = [0n, capacity]
  for (const { upTo } of first.fee ?? []) edges.push(upTo)
  for (const { upTo } of second?.fee ?? []) edges.push(largestInput(first, upTo, capacity))
  const sorted = [...new Set(edges)].filter((edge) => edge <= capacity).sort((a, b) => (a < b ? -1 : 1))
  return {
    key: lanes.map(laneKey).join(', '),
    lanes,
    minimum: own > reaching ? own : reaching,
    capacity,
    fixedCost: first.fixedCost + (second?.fixedCost ?? 0n),
    latencySeconds: (first.latencySeconds ?? 0) + (second?.latencySeconds ?? 0),
    pieces: sorted.slice(1).map((end, k) => {
      const start = sorted[k]!
      const onward = second === undefined ? 1 : marginalOutput(second, outputOf(first, start))
      return { start, end, rate: marginalOutput(first, start) * onward }
    }),
  }
}
