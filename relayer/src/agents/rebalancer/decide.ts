import { shared } from '@isobar/router-sdk'
import { explainPlan, planRebalance } from '@isobar/router-sdk/planner'
import { formatUnits } from 'viem'
import type { RebalancerSettings } from '../../config/schema.js'
import type { Proposal } from '../../store/intent.js'
import type { Agent, AgentDecision, AgentView } from '../agent.js'
import { planInput } from './planInput.js'
import { idleTargets } from './targets.js'

export const REBALANCER = 'rebalancer'

/**
 * Moves value to where it earns most, net of what moving costs, within what the routers admit now. Pure: the same view
 * gives the same decision.
 */
export function decideRebalance(view: AgentView, settings: RebalancerSettings): AgentDecision {
  const { input, closed } = planInput(view, settings, { ceilings: idleTargets(view, settings) })
  const reasons = closed.map(({ lane, reason }) => `${lane.from}→${lane.to}: not used, ${reason}.`)
  if (view.stale.size > 0 && input.lanes.length === 0) {
    const chains = [...view.stale].map(([name, reason]) => `'${name}': ${reason}`).join('; ')
    return { proposals: [], idle: `the view is stale; ${chains}` }
  }
  const plan = planRebalance(input)
  const lines = [...explainPlan(plan), ...reasons]
  if (plan.noTradeReason !== undefined) {
    return { proposals: [], plan: { plan, lines }, idle: whyIdle(view, plan.noTradeReason) }
  }
  if (plan.gain < Number(settings.minimumGain)) {
    const idle = `the plan would gain ${asset(plan.gain)}, less than the minimum of ${asset(settings.minimumGain)}`
    return { proposals: [], plan: { plan, lines }, idle }
  }
  const lanes = view.state.chains.flatMap((chain) => chain.lanes)
  const proposals = plan.transfers.map(({ from, to, amount, marginalGain, bindingConstraint }): Proposal => {
    const { moveNumber } = lanes.find((lane) => lane.from === from && lane.to === to)!
    const bound = bindingConstraint === 'none' ? '' : `, bound by ${bindingConstraint}`
    const more = marginalGain > 0 ? `; a unit more would gain ${marginalGain.toPrecision(2)}` : ''
    return {
      agent: REBALANCER,
      action: { kind: 'rebalance', from, to, amount: shared(amount), moveNumber },
      reason: `evens out utilization for a gain of ${asset(plan.gain)} over ${input.horizonDays} d with the whole plan${bound}${more}`,
    }
  })
  return { proposals, plan: { plan, lines } }
}

export const createRebalancer = (settings: RebalancerSettings): Agent => ({
  name: REBALANCER,
  decide: (view) => decideRebalance(view, settings),
})

function whyIdle({ state }: AgentView, reason: string): string {
  if (reason === 'balanced') return 'no unit would earn more elsewhere'
  if (reason === 'costs-exceed-gains') return 'a move would cost more than it gains'
  const limits = new Set(
    state.chains.flatMap(({ lanes }) => lanes.map(({ rebalanceLimit }) => rebalanceLimit)),
  )
  return reason === 'nothing-can-move'
    ? `the routers admit nothing now (${[...limits].sort().join(', ')})`
    : 'no lane is open: all gaps are inside the dead band, or the lanes are busy or stale'
}

const asset = (units: bigint | number): string =>
  Number(formatUnits(BigInt(Math.round(Number(units))), 6)).toLocaleString('en-US', {
    maximumFractionDigits: 2,
  })
