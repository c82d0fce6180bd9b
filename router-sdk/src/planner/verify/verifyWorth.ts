import { chainValue } from '../chainValue.js'
import { type LaneInput, laneKey, type PlanInput } from '../input.js'
import type { Plan } from '../plan.js'
import { exactPrice, exactPriceUnit } from './exactPrice.js'
import type { Report } from './planViolation.js'

const secondsPerYear = 31_536_000

/** Relative difference that double arithmetic over different orders of summation may leave. */
const tolerance = 1e-9

/** Computes cost, marginal gain and the whole gain anew, from the amounts and prices told; returns the gain. */
export function verifyWorth(input: PlanInput, plan: Plan, report: Report): number {
  const lanes = new Map(input.lanes.map((lane) => [laneKey(lane), lane]))
  const change = new Map<string, bigint>()
  let gain = 0
  let turnover = 0
  for (const transfer of plan.transfers) {
    const lane = lanes.get(laneKey(transfer))
    if (lane === undefined) continue
    const fraction = proportionalCost(input, lane)
    const proportional = transfer.amount * exactPrice(fraction)
    const cost = (proportional + exactPriceUnit - 1n) / exactPriceUnit + lane.fixedCost
    if (transfer.cost !== cost) report('cost', laneKey(lane), `is ${transfer.cost}, should be ${cost}`)
    gain -= fraction * Number(transfer.amount) + Number(lane.fixedCost)
    turnover += Number(transfer.amount)
    change.set(lane.from, (change.get(lane.from) ?? 0n) - transfer.amount)
    change.set(lane.to, (change.get(lane.to) ?? 0n) + transfer.amount)
    verifyMarginalGain(plan, transfer, fraction, report)
  }

  for (const chain of input.chains) {
    const move = change.get(chain.key) ?? 0n
    const start = chain.idle + (chain.arrivals ?? 0n)
    const end = start + move
    // An overdrawn chain has been reported; it has no worth to compare.
    if (move === 0n || end < 0n) continue
    const [low, high] = start < end ? [start, end] : [end, start]
    gain += Number(move) * chainValue(chain, input.horizonDays).meanSlope(Number(low), Number(high))
  }
  // Also the sum's own rounding, which matters when large moves nearly cancel.
  const allowed = tolerance * Math.abs(gain) + 1e-14 * turnover + 1e-6
  if (!(Math.abs(plan.gain - gain) <= allowed)) report('gain', 'gain', `is ${plan.gain}, should be ${gain}`)
  if (plan.gain < -allowed) report('negative-gain', 'gain', `is ${plan.gain}: doing nothing is better`)
  return gain
}

/** The lane's own proportional cost and what waiting costs. */
export function proportionalCost(input: PlanInput, lane: LaneInput): number {
  return lane.proportionalCost + ((input.latencyRate ?? 0) * (lane.latencySeconds ?? 0)) / secondsPerYear
}

function verifyMarginalGain(
  plan: Plan,
  transfer: Plan['transfers'][number],
  fraction: number,
  report: Report,
): void {
  const from = plan.chains.find((chain) => chain.key === transfer.from)
  const to = plan.chains.find((chain) => chain.key === transfer.to)
  if (from === undefined || to === undefined) return
  const net = exactPrice(to.price) - exactPrice(from.price) - exactPrice(from.cashRent) - exactPrice(fraction)
  if (net !== exactPrice(transfer.marginalGain)) {
    const found = `is ${transfer.marginalGain}, the prices say ${Number(net) / 1e12}`
    report('marginal-gain', laneKey(transfer), found)
  }
}
