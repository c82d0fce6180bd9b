import type { LaneState } from '@isobar/router-sdk'
import { formatUnits } from 'viem'
import type { CreditSettings } from '../../config/schema.js'
import type { Action, Proposal } from '../../store/intent.js'
import type { Agent, AgentDecision, AgentView } from '../agent.js'

export const CREDIT = 'credit'

/**
 * Sets cash aside for the other chains' transfers wherever the router admits a grant that is worth a message. Pure.
 * Giving credit back (`returnCredit`) becomes a proposal of its own here once targets move.
 */
export function decideCredit(view: AgentView, settings: CreditSettings): AgentDecision {
  const proposals: Proposal[] = []
  const waiting: string[] = []
  for (const lane of view.state.chains.flatMap(({ lanes }) => lanes)) {
    if (lane.maxGrant === 0n) continue
    const action = { kind: 'refill', from: lane.from, to: lane.to, amount: lane.maxGrant } as const
    const delay = whyDelayed(lane, action, view, settings)
    if (delay === undefined) proposals.push({ agent: CREDIT, action, reason: whyGrant(lane) })
    else waiting.push(`${lane.from}→${lane.to}: ${delay}`)
  }
  if (proposals.length > 0) return { proposals }
  return { proposals, idle: waiting.length > 0 ? waiting.join('; ') : 'no lane admits a grant' }
}

export const createCreditKeeper = (settings: CreditSettings): Agent => ({
  name: CREDIT,
  decide: (view) => decideCredit(view, settings),
})

function whyGrant({ reserved, creditTarget, maxGrant }: LaneState): string {
  return `${asset(reserved)} of ${asset(creditTarget)} set aside is left; ${asset(maxGrant)} more is admitted`
}

function whyDelayed(
  lane: LaneState,
  action: Action,
  view: AgentView,
  settings: CreditSettings,
): string | undefined {
  const stale = view.stale.get(lane.from)
  if (stale !== undefined) return `'${lane.from}' is stale: ${stale}`
  const { minimumGrant, minimumShare, minIntervalSeconds } = settings
  if (lane.maxGrant < minimumGrant || Number(lane.maxGrant) < minimumShare * Number(lane.creditTarget))
    return `a grant of ${asset(lane.maxGrant)} is not worth a message`
  const { kind, from, to } = action
  if (
    view.open.some(
      (intent) => intent.action.kind === kind && intent.action.from === from && intent.action.to === to,
    )
  )
    return 'a grant is on its way'
  const last = view.lastActionAt(kind, from, to)
  const now = view.state.chains.find(({ name }) => name === from)?.block.timestamp
  if (last !== undefined && now !== undefined && Number(now - last) < minIntervalSeconds)
    return `the last grant was ${now - last} s ago`
  return undefined
}

const asset = (amount: bigint): string => formatUnits(amount, 6)
