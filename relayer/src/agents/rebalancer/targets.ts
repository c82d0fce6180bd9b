import type { LaneState } from '@isobar/router-sdk'
import { planRebalance } from '@isobar/router-sdk/planner'
import type { RebalancerSettings } from '../../config/schema.js'
import type { AgentView } from '../agent.js'
import { lastingCapacity } from './lastingCapacity.js'
import { type LaneSides, planInput } from './planInput.js'

/**
 * The idle that each chain would have once everything that is worth moving has been moved over the lanes
 * that are open, in however many steps.
 *
 * What the routers admit at a time is a part of that. Left to itself, a plan of one step would push what the best lane
 * does not admit yet onto chains that have enough, from where it may not get away for hours: a gap must have stood in
 * the averages before it is admitted. So no step fills a chain beyond its target.
 */
export function idleTargets(view: AgentView, settings: RebalancerSettings): Map<string, bigint> {
  const offer = (lane: LaneState, sides: LaneSides) => ({ capacity: lastingCapacity(lane, sides) })
  const { input } = planInput(view, settings, { offer })
  return new Map(planRebalance(input).chains.map(({ key, idleAfter }) => [key, idleAfter]))
}
