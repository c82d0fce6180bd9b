import { chainValue } from './chainValue.js'
import type { ConcavePart } from './curves/concavePart.js'
import { type ChainInput, type LaneInput, laneKey, type PlanInput } from './input.js'
import { InvalidPlanInput } from './invalidPlanInput.js'
import type { UnusedLane } from './plan.js'
import { largestMarginalValue, toPrice } from './priceUnit.js'

/** The input in canonical order (by key, so that the order given does not matter) and in doubles. */
export interface Model {
  /** Units of the input in one unit of the model; a power of ten, 1 unless sums pass 2⁵². */
  readonly grain: number
  readonly chains: readonly ModelChain[]
  readonly lanes: readonly ModelLane[]
  /** Lanes on which nothing can move, whatever the prices. */
  readonly impassable: readonly { readonly lane: LaneInput; readonly reason: UnusedLane['reason'] }[]
}

/** The variable of a chain is z, the grains of idle above `base`; doing nothing is z = `cash`. */
export interface ModelChain {
  readonly input: ChainInput
  /** Idle with arrivals that stays whatever is planned, in units of the input. */
  readonly base: number
  /** What may leave, in grains. */
  readonly cash: number
  /** Largest z: the ceiling, or all that can arrive. */
  readonly most: number
  readonly value: ConcavePart
}

export interface ModelLane {
  readonly input: LaneInput
  readonly from: number
  readonly to: number
  /** Proportional cost with the price of waiting, as a fraction, and as a solver price. */
  readonly cost: number
  readonly price: number
  /** Grains. */
  readonly fixed: number
  readonly capacity: number
  /** Capacity in the network: one more where the cash is less, so that the price of cash shows. */
  readonly limit: number
  readonly minimum: number
}

const exactSum = 2n ** 52n
const secondsPerDay = 86_400
const secondsPerYear = 365 * secondsPerDay

export function buildModel(input: PlanInput): Model {
  const sorted = [...input.chains].sort((a, b) => compareText(a.key, b.key))
  const sendable = sorted.map((chain) => positive(chain.idle - (chain.floor ?? 0n)))
  const total = sendable.reduce((sum, cash) => sum + cash, 0n)
  let grain = 1n
  while (total / grain > exactSum) grain *= 10n

  const index = new Map(sorted.map((chain, i) => [chain.key, i]))
  const lanes: ModelLane[] = []
  const impassable: { lane: LaneInput; reason: UnusedLane['reason'] }[] = []
  const arriving = sorted.map(() => 0)
  for (const lane of sortByKey(input.lanes)) {
    const from = index.get(lane.from)!
    const cash = sendable[from]! / grain
    const capacity = least(lane.capacity / grain, cash)
    const minimum = ((lane.minimum ?? 0n) + grain - 1n) / grain
    const latency = lane.latencySeconds ?? 0
    const reason =
      lane.capacity / grain === 0n
        ? 'no-capacity'
        : cash === 0n
          ? 'no-cash'
          : capacity < minimum
            ? 'below-minimum'
            : latency >= input.horizonDays * secondsPerDay
              ? 'too-slow'
              : undefined
    if (reason !== undefined) {
      impassable.push({ lane, reason })
      continue
    }
    const to = index.get(lane.to)!
    const waiting = ((input.latencyRate ?? 0) * latency) / secondsPerYear
    arriving[to]! += Number(capacity)
    lanes.push({
      input: lane,
      from,
      to,
      cost: lane.proportionalCost + waiting,
      price: toPrice(lane.proportionalCost + waiting),
      fixed: Number(lane.fixedCost) / Number(grain),
      capacity: Number(capacity),
      limit: Number(lane.capacity / grain > cash ? cash + 1n : capacity),
      minimum: Number(minimum),
    })
  }

  const chains = sorted.map((chain, i): ModelChain => {
    const cash = sendable[i]! / grain
    const base = chain.idle + (chain.arrivals ?? 0n) - cash * grain
    const room =
      chain.ceiling === undefined
        ? Number.POSITIVE_INFINITY
        : Number(positive(chain.ceiling - base - cash * grain) / grain)
    // One more than can come, so that only a true ceiling is ever felt as one.
    const inflow = Math.min(Math.min(arriving[i]!, Number(total / grain)) + 1, room)
    const value = chainValue(chain, input.horizonDays)
    checkValue(chain, value, Number(base))
    return { input: chain, base: Number(base), cash: Number(cash), most: Number(cash) + inflow, value }
  })
  return { grain: Number(grain), chains, lanes, impassable }
}

function sortByKey(lanes: readonly LaneInput[]): LaneInput[] {
  const keyed = lanes.map((lane) => ({ lane, key: laneKey(lane) }))
  return keyed.sort((a, b) => compareText(a.key, b.key)).map(({ lane }) => lane)
}

/** Code-unit order: the same on every machine, unlike a locale's. */
export function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}

function checkValue(chain: ChainInput, value: ConcavePart, base: number): void {
  const slope = value.meanSlope(base, base + 1)
  if (!Number.isFinite(slope) || Math.abs(slope) > largestMarginalValue) {
    const problem = `is worth ${slope} per unit over the horizon; shorten horizonDays or lower rates and penalties`
    throw new InvalidPlanInput(`chain '${chain.key}'`, `${problem} (at most ${largestMarginalValue})`)
  }
}

function positive(value: bigint): bigint {
  return value > 0n ? value : 0n
}

function least(a: bigint, b: bigint): bigint {
  return a < b ? a : b
}
