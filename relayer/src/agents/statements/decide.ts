import type { LaneState } from '@isobar/router-sdk'
import { planRebalance } from '@isobar/router-sdk/planner'
import type { RebalancerSettings, StatementSettings } from '../../config/schema.js'
import type { Action, Proposal } from '../../store/intent.js'
import type { Agent, AgentDecision, AgentView } from '../agent.js'
import { lastingCapacity } from '../rebalancer/lastingCapacity.js'
import { type LaneOffer, type LaneSides, planInput } from '../rebalancer/planInput.js'
import { idleTargets } from '../rebalancer/targets.js'

export const STATEMENTS = 'statements'

/**
 * Keeps statements fresh where it pays: it plans as if every lane that waits for a statement had one, charges the
 * statement to the lane's cost, and asks for statements only on the lanes that such a plan uses. Pure.
 */
export function decideStatements(
  view: AgentView,
  settings: StatementSettings,
  rebalancer: RebalancerSettings,
): AgentDecision {
  const waiting = new Map<LaneState, string>()
  const offer = (lane: LaneState, sides: LaneSides): LaneOffer => {
    const why = whyOutdated(lane, view, settings)
    if (why === undefined) return { capacity: lane.maxRebalance }
    waiting.set(lane, why)
    return { capacity: admissible(lane, sides), extraCost: settings.cost }
  }
  const { input } = planInput(view, rebalancer, { offer, ceilings: idleTargets(view, rebalancer) })
  if (waiting.size === 0) return { proposals: [], idle: 'every statement that matters is fresh' }

  const plan = planRebalance(input)
  const proposals: Proposal[] = []
  const delayed: string[] = []
  for (const [lane, why] of waiting) {
    if (!plan.transfers.some(({ from, to }) => from === lane.from && to === lane.to)) continue
    // The statement about `to` travels against the lane that waits for it.
    const action: Action = { kind: 'sync', from: lane.to, to: lane.from }
    const delay = whyDelayed(action, view, settings)
    if (delay === undefined)
      proposals.push({ agent: STATEMENTS, action, reason: `${lane.from}→${lane.to}: ${why}` })
    else delayed.push(`${lane.from}→${lane.to}: ${why}, but ${delay}`)
  }
  if (proposals.length > 0) return { proposals }
  return {
    proposals,
    idle: delayed.length > 0 ? delayed.join('; ') : 'no plan would use a lane that waits for one',
  }
}

export const createStatementKeeper = (
  settings: StatementSettings,
  rebalancer: RebalancerSettings,
): Agent => ({
  name: STATEMENTS,
  decide: (view) => decideStatements(view, settings, rebalancer),
})

/** Why the lane's origin needs a newer statement before it can move what there is to move. */
function whyOutdated(lane: LaneState, { state }: AgentView, settings: StatementSettings): string | undefined {
  const origin = state.chains.find(({ name }) => name === lane.from)!
  const age = Number(origin.block.timestamp - lane.statementTime)
  switch (lane.rebalanceLimit) {
    case 'no-statement':
      return 'no statement has come yet'
    case 'stale-statement':
      return `the newest statement is ${age} s old`
    case 'recent-move': {
      // A statement counts only if it is newer than the move, by the second.
      const there = state.chains.find(({ name }) => name === lane.to)
      if (there && there.block.timestamp <= lane.lastMoveAt) return undefined
      return 'the newest statement is from before the last move'
    }
    case 'no-gap': {
      // The caller offers only lanes with a real gap, so the statement may be what hides it.
      const refresh = settings.refreshSeconds ?? Number(origin.limits.statementMaxAge)
      return age >= refresh
        ? `the statement of ${age} s ago does not show the gap that is there now`
        : undefined
    }
    default:
      return undefined
  }
}

/** What the gap rule would admit with a fresh statement, by spot figures: averages may admit less. */
function admissible(lane: LaneState, { from, to }: LaneSides): bigint {
  const loans = from.borrowed + to.borrowed
  if (loans === 0n) return 0n
  const even = (to.borrowed * from.idle - from.borrowed * (to.idle + to.arrivals)) / loans
  const share = even / BigInt(Math.max(1, from.chain.lanes.length))
  const most = lastingCapacity(lane, { from, to })
  const least = share < most ? share : most
  return least > 0n ? least : 0n
}

function whyDelayed({ kind, from, to }: Action, view: AgentView, { minIntervalSeconds }: StatementSettings) {
  const same = (action: Action) => action.kind === kind && action.from === from && action.to === to
  if (view.open.some(({ action }) => same(action))) return 'one is on its way'
  const last = view.lastActionAt(kind, from, to)
  const now = view.state.chains.find(({ name }) => name === from)?.block.timestamp
  if (last === undefined || now === undefined || Number(now - last) >= minIntervalSeconds) return undefined
  return `the last one was sent ${now - last} s ago`
}
