import { type LaneInput, laneKey, type PlanInput } from '../input.js'
import type { Plan } from '../plan.js'
import type { Report } from './planViolation.js'

const secondsPerDay = 86_400

/** Replays the transfers: limits of every lane, cash, floor and ceiling of every chain, and the outcome told. */
export function verifyTransfers(input: PlanInput, plan: Plan, report: Report): void {
  const lanes = new Map(input.lanes.map((lane) => [laneKey(lane), lane]))
  const mentioned = new Set<string>()
  const sent = new Map<string, bigint>()
  const received = new Map<string, bigint>()

  const mention = (key: string) => {
    if (mentioned.has(key)) report('repeated-lane', key, 'appears twice in the plan')
    mentioned.add(key)
    if (!lanes.has(key)) report('unknown-lane', key, 'is not a lane of the input')
  }
  for (const transfer of plan.transfers) {
    const key = laneKey(transfer)
    mention(key)
    const lane = lanes.get(key)
    if (lane !== undefined) verifyLane(input, lane, transfer.amount, report)
    sent.set(transfer.from, (sent.get(transfer.from) ?? 0n) + transfer.amount)
    received.set(transfer.to, (received.get(transfer.to) ?? 0n) + transfer.amount)
  }
  for (const lane of plan.unusedLanes) mention(laneKey(lane))
  for (const key of lanes.keys()) {
    if (!mentioned.has(key)) report('missing-lane', key, 'is neither used nor listed as unused')
  }

  for (const chain of input.chains) {
    const out = sent.get(chain.key) ?? 0n
    const floor = chain.floor ?? 0n
    if (out > chain.idle) report('overdraft', chain.key, `sends ${out}, has ${chain.idle}`)
    else if (out > 0n && chain.idle - out < floor) {
      report('floor', chain.key, `keeps ${chain.idle - out}, below its floor of ${floor}`)
    }
    const before = chain.idle + (chain.arrivals ?? 0n)
    const after = before - out + (received.get(chain.key) ?? 0n)
    if (chain.ceiling !== undefined && after > chain.ceiling && after > before) {
      report('ceiling', chain.key, `is lifted to ${after}, above its ceiling of ${chain.ceiling}`)
    }
    verifyOutcome(plan, chain.key, chain.borrowed, before, after, report)
  }
  if (plan.chains.length !== input.chains.length) {
    report('outcome', 'chains', `lists ${plan.chains.length} chains of ${input.chains.length}`)
  }
  if ((plan.transfers.length === 0) !== (plan.noTradeReason !== undefined)) {
    report('no-trade-reason', 'noTradeReason', 'must be given exactly when nothing moves')
  }
}

function verifyLane(input: PlanInput, lane: LaneInput, amount: bigint, report: Report): void {
  const key = laneKey(lane)
  if (amount <= 0n) report('empty-transfer', key, `moves ${amount}`)
  if (amount > lane.capacity) report('capacity', key, `moves ${amount}, at most ${lane.capacity} is admitted`)
  const minimum = lane.minimum ?? 0n
  if (amount < minimum) report('minimum', key, `moves ${amount}, at least ${minimum} is required`)
  if ((lane.latencySeconds ?? 0) >= input.horizonDays * secondsPerDay) {
    report('too-slow', key, `takes ${lane.latencySeconds} s, longer than the horizon`)
  }
}

function verifyOutcome(
  plan: Plan,
  key: string,
  borrowed: bigint,
  before: bigint,
  after: bigint,
  report: Report,
): void {
  const outcome = plan.chains.find((chain) => chain.key === key)
  if (outcome === undefined) {
    report('outcome', key, 'has no outcome in the plan')
    return
  }
  const compare = (field: string, told: bigint | number, found: bigint | number) => {
    const same = typeof told === 'number' ? Math.abs(told - Number(found)) <= 1e-12 : told === found
    if (!same) report('outcome', `${key}.${field}`, `is ${told}, should be ${found}`)
  }
  const utilization = (idle: bigint) =>
    borrowed + idle === 0n ? 0 : Number(borrowed) / Number(borrowed + idle)
  compare('idleBefore', outcome.idleBefore, before)
  compare('idleAfter', outcome.idleAfter, after)
  compare('utilizationBefore', outcome.utilizationBefore, utilization(before))
  compare('utilizationAfter', outcome.utilizationAfter, utilization(after))
}
