import { chainValue } from '../chainValue.js'
import { type ChainInput, laneKey, type PlanInput } from '../input.js'
import type { Plan } from '../plan.js'
import { exactPrice, exactPriceUnit } from './exactPrice.js'
import type { Report } from './planViolation.js'
import { proportionalCost } from './verifyWorth.js'

const secondsPerDay = 86_400

/**
 * Weak duality: for prices λ of idle and rents μ ≥ 0 of cash, no executable plan gains more than
 * Σ max over L of [V(L) − V(L₀) − λ·(L − L₀)] + Σ μ·cash + Σ max(0, (λ_to − λ_from − μ_from − c)·U − K). `gain` is the gain found by replay.
 */
export function verifyCertificate(input: PlanInput, plan: Plan, gain: number, report: Report): void {
  const { certificate, upperBound } = plan
  const price = new Map<string, bigint>()
  const rent = new Map<string, bigint>()
  for (const entry of certificate.prices) {
    if (!Number.isFinite(entry.price) || !(entry.cashRent >= 0 && entry.cashRent < 2 ** 20)) {
      report('certificate', entry.key, `has price ${entry.price} and rent ${entry.cashRent}`)
      return
    }
    price.set(entry.key, exactPrice(entry.price))
    rent.set(entry.key, exactPrice(entry.cashRent))
  }
  const missing = input.chains.find((chain) => !price.has(chain.key))
  if (missing !== undefined) {
    report('certificate', missing.key, 'has no price')
    return
  }

  const arriving = new Map<string, bigint>()
  let exact = 0n
  let volume = 0n
  for (const lane of input.lanes) {
    const origin = input.chains.find((chain) => chain.key === lane.from)!
    const capacity = least(lane.capacity, sendable(origin))
    const tooSlow = (lane.latencySeconds ?? 0) >= input.horizonDays * secondsPerDay
    if (capacity === 0n || capacity < (lane.minimum ?? 0n) || tooSlow) continue
    arriving.set(lane.to, (arriving.get(lane.to) ?? 0n) + capacity)
    volume += 2n * capacity
    const cost = exactPrice(proportionalCost(input, lane))
    const net = price.get(lane.to)! - price.get(lane.from)! - rent.get(lane.from)! - cost
    const worth = net * capacity - lane.fixedCost * exactPriceUnit
    if (net > 0n && worth > 0n) exact += worth
  }
  let bound = 0
  for (const chain of input.chains) {
    exact += rent.get(chain.key)! * sendable(chain)
    volume += sendable(chain)
    bound += bestOnCurve(chain, input.horizonDays, price.get(chain.key)!, arriving.get(chain.key) ?? 0n)
  }
  bound += Number(exact) / 1e12

  // Prices are rounded to 10⁻¹²; over all that could move on lanes and along curves that can add up.
  const allowed = 1e-9 * Math.abs(bound) + Number(volume) / 1e12 + 1
  if (!(certificate.bound >= bound - allowed)) {
    report('certificate', 'certificate.bound', `is ${certificate.bound}, its prices prove only ${bound}`)
  }
  // Two sums of the same doubles in different orders.
  if (!(upperBound >= gain - 1e-9 * Math.abs(gain) - 1e-6))
    report('upper-bound', 'upperBound', `is ${upperBound}, below the gain of ${gain}`)
  if (!(upperBound <= certificate.bound + allowed)) {
    report('upper-bound', 'upperBound', `is ${upperBound}, above the certificate's ${certificate.bound}`)
  }
  const linear = input.lanes.every((lane) => lane.fixedCost === 0n && (lane.minimum ?? 0n) <= 1n)
  if (linear && !(upperBound >= bound - allowed)) {
    report('upper-bound', 'upperBound', `is ${upperBound}, the certificate proves only ${bound}`)
  }
  if (plan.optimal === 'proven' && upperBound - gain > 1e-9 * Math.abs(gain) + allowed) {
    report('optimality', 'optimal', `claims a proof with a gain of ${gain} under a bound of ${upperBound}`)
  }
  if (plan.optimal === 'proven' && linear) verifyComplementarity(input, plan, allowed, report)
}

/** With linear costs the plan's own prices prove it, lane by lane: d > 0 only when full, d < 0 only when unused (up to `allowed`). */
function verifyComplementarity(input: PlanInput, plan: Plan, allowed: number, report: Report): void {
  const outcomes = new Map(plan.chains.map((chain) => [chain.key, chain]))
  const amounts = new Map(plan.transfers.map((transfer) => [laneKey(transfer), transfer.amount]))
  const grain = coarseness(input)
  for (const lane of input.lanes) {
    const from = outcomes.get(lane.from)
    const to = outcomes.get(lane.to)
    const origin = input.chains.find((chain) => chain.key === lane.from)!
    if (from === undefined || to === undefined || sendable(origin) < grain) continue
    if ((lane.latencySeconds ?? 0) >= input.horizonDays * secondsPerDay) continue
    const net =
      exactPrice(to.price) -
      exactPrice(from.price) -
      exactPrice(from.cashRent) -
      exactPrice(proportionalCost(input, lane))
    const amount = amounts.get(laneKey(lane)) ?? 0n
    const full = least(lane.capacity, sendable(origin))
    if (net > 0n && worth(net, full - (full % grain) - amount) > allowed) {
      report('optimality', laneKey(lane), `is not full although a unit more would gain ${Number(net) / 1e12}`)
    }
    if (net < 0n && worth(-net, amount) > allowed) {
      report('optimality', laneKey(lane), `is used although its last unit loses ${-Number(net) / 1e12}`)
    }
  }
}

function worth(price: bigint, amount: bigint): number {
  return Number(price * amount) / 1e12
}

/** Sums beyond 2⁵² are planned in powers of ten of a unit. */
function coarseness(input: PlanInput): bigint {
  const total = input.chains.reduce((sum, chain) => sum + sendable(chain), 0n)
  let grain = 1n
  while (total / grain > 2n ** 52n) grain *= 10n
  return grain
}

/** max over L of V(L) − V(L₀) − λ·(L − L₀), over all L that transfers could lead to. */
function bestOnCurve(chain: ChainInput, horizonDays: number, price: bigint, arriving: bigint): number {
  const value = chainValue(chain, horizonDays)
  const start = chain.idle + (chain.arrivals ?? 0n)
  const slope = Number(price) / 1e12
  let low = start - sendable(chain)
  let high = start + arriving
  if (chain.ceiling !== undefined && high > chain.ceiling)
    high = chain.ceiling > start ? chain.ceiling : start
  while (low < high) {
    const middle = (low + high + 1n) / 2n
    if (value.meanSlope(Number(middle - 1n), Number(middle)) >= slope) low = middle
    else high = middle - 1n
  }
  if (low === start) return 0
  const [from, to] = low < start ? [low, start] : [start, low]
  return Number(low - start) * (value.meanSlope(Number(from), Number(to)) - slope)
}

function sendable(chain: ChainInput): bigint {
  const spare = chain.idle - (chain.floor ?? 0n)
  return spare > 0n ? spare : 0n
}

function least(a: bigint, b: bigint): bigint {
  return a < b ? a : b
}
