import { laneKey } from './input.js'
import type { NoTradeReason, Plan, PlannedTransfer, UnusedLane } from './plan.js'

/**
 * The plan in lines of plain text: what moves and why, what stops more, what does not move and why not, and
 * how good the plan is. Amounts are written in the asset, rates over the plan's horizon.
 *
 * @example
 * ```ts
 * import { explainPlan, planRebalance } from '@isobar/router-sdk/planner'
 *
 * const plan = planRebalance({ horizonDays: 1, chains: [], lanes: [] })
 * console.log(explainPlan(plan).join('\n')) // Nothing moves: there are no lanes.
 * ```
 */
export function explainPlan(plan: Plan): string[] {
  const lines: string[] = []
  if (plan.noTradeReason !== undefined) lines.push(`Nothing moves: ${nothing[plan.noTradeReason]}.`)
  for (const transfer of plan.transfers) {
    lines.push(
      `${laneKey(transfer)}: move ${money(transfer.amount)} for ${money(transfer.cost)}; ${binding(transfer)}.`,
    )
  }
  for (const chain of plan.chains) {
    const before = percent(chain.utilizationBefore)
    const after = percent(chain.utilizationAfter)
    const change = before === after ? `stays at ${before}` : `${before} → ${after}`
    const rent = chain.cashRent > 0 ? `, cash on hand ${perMille(chain.cashRent)} more` : ''
    lines.push(`${chain.key}: utilization ${change}, idle worth ${perMille(chain.price)}${rent}.`)
  }
  for (const lane of plan.unusedLanes) lines.push(`${laneKey(lane)}: not used, ${unused(lane)}.`)
  if (plan.transfers.length > 0 || plan.optimal === 'bounded') {
    const quality =
      plan.optimal === 'proven'
        ? 'proven optimal'
        : `no plan can gain more than ${money(plan.upperBound)} (the search ended at its budget)`
    lines.push(`Gain over the horizon, net of costs: ${money(plan.gain)}; ${quality}.`)
  }
  return lines
}

const nothing: Record<NoTradeReason, string> = {
  'no-lanes': 'there are no lanes',
  'nothing-can-move': 'no lane can carry anything now',
  balanced: 'no unit would earn more elsewhere',
  'costs-exceed-gains': 'what a move would gain is less than it costs',
}

function binding(transfer: PlannedTransfer): string {
  const more = `the next unit would gain ${perMille(transfer.marginalGain)}`
  switch (transfer.bindingConstraint) {
    case 'capacity':
      return `the lane admits no more (${more})`
    case 'cash':
      return `the origin has no more cash above its floor (${more})`
    case 'ceiling':
      return `the destination is at its ceiling (${more})`
    case 'minimum':
      return 'less would be better, but this is the least that the lane takes'
    case 'none':
      return 'one unit more would gain nothing'
  }
}

function unused(lane: UnusedLane): string {
  switch (lane.reason) {
    case 'no-capacity':
      return 'it admits nothing now'
    case 'no-cash':
      return 'the origin has no cash above its floor'
    case 'below-minimum':
      return 'what could be sent is less than its minimum'
    case 'too-slow':
      return 'it would arrive after the horizon'
    case 'price-gap':
      return `a unit would lose ${perMille(-lane.marginalGain)} by moving`
    case 'fixed-cost':
      return `a unit would gain ${perMille(lane.marginalGain)}, which does not repay the fixed cost or the minimum`
  }
}

/** Shared-decimal units as an amount of the asset with two decimals. */
function money(units: bigint | number): string {
  return (Number(units) / 1e6).toLocaleString('en-US', { minimumFractionDigits: 2, maximumFractionDigits: 2 })
}

function percent(fraction: number): string {
  return `${(100 * fraction).toFixed(1)} %`
}

/** Small fractions, as worth per thousand of the asset. */
function perMille(fraction: number): string {
  return `${(1000 * fraction + 0).toFixed(3)} per 1,000`
}
