import type { LaneState } from '@isobar/router-sdk'
import { planRebalance } from '@isobar/router-sdk/planner'
import type { RebalancerSettings } from '../../config/schema.js'
import type { AgentView } from '../agent.js'
import { type LaneSides, planInput } from './planInput.js'

/** Limits that time does not lift: what they leave is all that the lane will carry for now. */
const LASTING: readonly LaneState['rebalanceLimit'][] = ['lane-cap', 'peer-share', 'peer-leverage']

/**
 * The idle that each chain would have once everything that is worth moving has been moved, in however many steps.
 *
 * What the routers admit at a time is a part of that. Left to itself, a plan of one step would push what the best lane
 * does not admit yet onto chains that have enough, from where it may not get away for hours: a gap must have stood in
 * the averages before it is admitted. So no step fills a chain beyond its target.
 */
export function idleTargets(view: AgentView, settings: RebalancerSettings): Map<string, bigint> {
  const offer = (lane: LaneState, sides: LaneSides) => ({ capacity: lastingCapacity(lane, sides) })
  const { input } = planInput(view, settings, { offer, ignoreDeadBand: true })
  return new Map(planRebalance(input).chains.map(({ key, idleAfter }) => [key, idleAfter]))
}

function lastingCapacity(lane: LaneState, { from }: LaneSides): bigint {
  if (LASTING.includes(lane.rebalanceLimit)) return lane.maxRebalance
  const claim = lane.position > 0n ? lane.position : 0n
  const debt = lane.position < 0n ? -lane.position : 0n
  const room = lane.cap + debt - lane.reserved - claim
  const capacity = room < from.idle ? room : from.idle
  return capacity > 0n ? capacity : 0n
}
