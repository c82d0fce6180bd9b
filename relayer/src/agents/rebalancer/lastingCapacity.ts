import type { LaneState } from '@isobar/router-sdk'
import type { LaneSides } from './planInput.js'

/** Limits that neither time nor a statement lifts: what they leave is all that the lane carries for now. */
const LASTING: readonly LaneState['rebalanceLimit'][] = ['lane-cap', 'peer-share', 'peer-leverage', 'minimum']

/** The contracts let no vault have more than this part of its equity in claims on another one; less, if so set. */
const LARGEST_PEER_SHARE = { numerator: 1n, denominator: 2n }

/**
 * The most that a lane carries in however many steps: its origin's cash, room under the lane's cap, and room under the
 * largest share of equity in claims on one vault. Shared decimals.
 */
export function lastingCapacity(lane: LaneState, { from }: LaneSides): bigint {
  if (LASTING.includes(lane.rebalanceLimit)) return lane.maxRebalance
  const { numerator, denominator } = LARGEST_PEER_SHARE
  const capRoom = lane.cap - lane.reserved - lane.position
  const peerRoom = (from.chain.equity * numerator) / denominator - lane.position
  const cash = from.idle - from.chain.limits.cashFloor
  const most = least(cash, least(capRoom, peerRoom))
  return most > 0n ? most : 0n
}

const least = (a: bigint, b: bigint): bigint => (a < b ? a : b)
