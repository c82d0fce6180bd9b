import { type SharedAmount, shared } from './amounts.js'
import type { LaneState, NetworkState } from './state.js'

/** The same lane's account at its other end; missing when that chain was not read. */
export function oppositeLane(state: NetworkState, lane: LaneState): LaneState | undefined {
  return state.chains.find(({ name }) => name === lane.to)?.lanes.find(({ to }) => to === lane.from)
}

/**
 * Value on the rail, exactly: what left, by the origin's books, less what arrived, by the destination's. The origin
 * alone only knows what the newest statement told it, and counts the same value twice once it has arrived.
 *
 * @example
 * ```ts
 * import { type NetworkState, valueInFlight } from '@isobar/router-sdk'
 *
 * const lanesInUse = (state: NetworkState) =>
 *   state.chains.flatMap(({ lanes }) => lanes).filter((lane) => valueInFlight(state, lane) > 0n)
 * ```
 */
export function valueInFlight(state: NetworkState, lane: LaneState): SharedAmount {
  const arrived = oppositeLane(state, lane)?.counters.railIn
  if (arrived === undefined) return lane.inFlight
  // Read a moment later, the destination may already have what the origin's books do not show as sent.
  return shared(lane.counters.railOut > arrived ? lane.counters.railOut - arrived : 0n)
}
