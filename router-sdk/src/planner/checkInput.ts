import type { ValueCurve } from './curves/valueCurve.js'
import { type ChainInput, type Demand, type LaneInput, laneKey, type PlanInput } from './input.js'
import { InvalidPlanInput } from './invalidPlanInput.js'

/** Throws `InvalidPlanInput`, naming the first field that cannot be meant. */
export function checkInput(input: PlanInput): void {
  if (!(input.horizonDays > 0 && input.horizonDays < Number.POSITIVE_INFINITY)) {
    throw new InvalidPlanInput('horizonDays', `is ${input.horizonDays}; give a finite number of days above 0`)
  }
  fraction('latencyRate', input.latencyRate ?? 0, 1000)

  const keys = new Set<string>()
  for (const [index, chain] of input.chains.entries()) {
    checkChain(`chains[${index}]`, chain)
    if (keys.has(chain.key)) {
      throw new InvalidPlanInput(`chains[${index}].key`, `'${chain.key}' is used twice; keys must be unique`)
    }
    keys.add(chain.key)
  }

  const lanes = new Set<string>()
  for (const [index, lane] of input.lanes.entries()) {
    checkLane(`lanes[${index}]`, lane, keys)
    const key = laneKey(lane)
    if (lanes.has(key)) {
      throw new InvalidPlanInput(
        `lanes[${index}]`,
        `${key} is listed twice; tell parallel lanes apart by rail`,
      )
    }
    lanes.add(key)
  }
}

function checkChain(path: string, chain: ChainInput): void {
  if (typeof chain.key !== 'string' || chain.key === '') {
    throw new InvalidPlanInput(`${path}.key`, 'must be a non-empty string')
  }
  amount(`${path}.borrowed`, chain.borrowed)
  amount(`${path}.idle`, chain.idle)
  amount(`${path}.arrivals`, chain.arrivals ?? 0n)
  amount(`${path}.claims`, chain.claims ?? 0n)
  amount(`${path}.floor`, chain.floor ?? 0n)
  amount(`${path}.ceiling`, chain.ceiling ?? 0n)
  fraction(`${path}.floorPenalty`, chain.floorPenalty ?? 0, 1)
  fraction(`${path}.ceilingPenalty`, chain.ceilingPenalty ?? 0, 1)
  if (chain.ceiling !== undefined && chain.floor !== undefined && chain.ceiling < chain.floor) {
    throw new InvalidPlanInput(`${path}.ceiling`, `is ${chain.ceiling}, below the floor of ${chain.floor}`)
  }
  if (chain.demand !== undefined) {
    checkDemand(`${path}.demand`, chain.demand)
  }
  checkCurve(`${path}.curve`, chain.curve)
}

export function checkDemand(path: string, demand: Demand): void {
  fraction(`${path}.penalty`, demand.penalty, 1)
  if (!('quantiles' in demand)) {
    amount(`${path}.mean`, demand.mean)
    amount(`${path}.deviation`, demand.deviation)
    return
  }
  if (demand.quantiles.length === 0) throw new InvalidPlanInput(`${path}.quantiles`, 'must not be empty')
  let last = { probability: 0, amount: 0n }
  for (const [index, quantile] of demand.quantiles.entries()) {
    const at = `${path}.quantiles[${index}]`
    fraction(`${at}.probability`, quantile.probability, 1)
    amount(`${at}.amount`, quantile.amount)
    for (const name of ['probability', 'amount'] as const) {
      if (quantile[name] >= last[name]) continue
      throw new InvalidPlanInput(`${at}.${name}`, `is ${quantile[name]}, below the one before it`)
    }
    last = quantile
  }
}

function checkLane(path: string, lane: LaneInput, keys: ReadonlySet<string>): void {
  for (const end of ['from', 'to'] as const) {
    if (keys.has(lane[end])) continue
    const known = [...keys].sort().join(', ')
    throw new InvalidPlanInput(`${path}.${end}`, `'${lane[end]}' is not one of the chains (${known})`)
  }
  if (lane.from === lane.to) throw new InvalidPlanInput(path, `leads from '${lane.from}' to itself`)
  fraction(`${path}.proportionalCost`, lane.proportionalCost, 1)
  amount(`${path}.fixedCost`, lane.fixedCost)
  amount(`${path}.capacity`, lane.capacity)
  amount(`${path}.minimum`, lane.minimum ?? 0n)
  fraction(`${path}.latencySeconds`, lane.latencySeconds ?? 0, Number.MAX_SAFE_INTEGER)
}

function checkCurve(path: string, curve: ValueCurve): void {
  switch (curve?.kind) {
    case 'kinked':
      for (const name of ['base', 'slope1', 'slope2'] as const) fraction(`${path}.${name}`, curve[name], 1000)
      fraction(`${path}.reserveFactor`, curve.reserveFactor, 1)
      fraction(`${path}.optimum`, curve.optimum, 1)
      if (curve.optimum === 0) throw new InvalidPlanInput(`${path}.optimum`, 'must be above 0')
      return
    case 'adaptive':
      for (const name of ['rateAtTarget', 'adjustmentSpeed', 'steepness'] as const) {
        fraction(`${path}.${name}`, curve[name], 1000)
      }
      fraction(`${path}.reserveFactor`, curve.reserveFactor, 1)
      fraction(`${path}.target`, curve.target, 1)
      if (curve.steepness < 1) throw new InvalidPlanInput(`${path}.steepness`, 'must be 1 or more')
      if (curve.target === 0 || curve.target === 1) {
        throw new InvalidPlanInput(`${path}.target`, 'must be between 0 and 1')
      }
      return
    case 'segments': {
      let last = Number.POSITIVE_INFINITY
      for (const [index, { width, rate }] of curve.segments.entries()) {
        amount(`${path}.segments[${index}].width`, width)
        fraction(`${path}.segments[${index}].rate`, rate, 1000)
        if (rate > last) {
          throw new InvalidPlanInput(`${path}.segments[${index}].rate`, `is ${rate}, above the one before it`)
        }
        last = rate
      }
      return
    }
    case 'custom':
      if (typeof curve.supplyRate !== 'function') {
        throw new InvalidPlanInput(`${path}.supplyRate`, 'must be a function of idle')
      }
      return
    default:
      throw new InvalidPlanInput(`${path}.kind`, "must be 'kinked', 'adaptive', 'segments' or 'custom'")
  }
}

export function amount(field: string, value: bigint): void {
  if (typeof value !== 'bigint') {
    throw new InvalidPlanInput(field, `is ${String(value)}; amounts are bigint, in shared-decimal units`)
  }
  if (value < 0n) throw new InvalidPlanInput(field, `is ${value}; amounts are not negative`)
}

export function fraction(field: string, value: number, most: number): void {
  if (typeof value === 'number' && value >= 0 && value <= most) return
  throw new InvalidPlanInput(field, `is ${String(value)}; give a number from 0 to ${most}`)
}
