import type { ValueCurve } from './curves/valueCurve.js'

/**
 * Everything the planner knows. Amounts are integers in shared-decimal units (6 decimals), rates are per
 * year of 365 days, fractions are plain numbers (0.01 = 1 %).
 */
export interface PlanInput {
  /** How long the present gap is expected to last if nothing is done, in days; may be fractional. */
  readonly horizonDays: number
  readonly chains: readonly ChainInput[]
  readonly lanes: readonly LaneInput[]
  /** What a unit in flight forgoes, per year. Charged for `latencySeconds` of every lane. Default 0. */
  readonly latencyRate?: number
}

export interface ChainInput {
  /** Names the chain in lanes and in the plan; unique. */
  readonly key: string
  /** Loans outstanding. */
  readonly borrowed: bigint
  /** Cash that is not reserved: what could leave now. */
  readonly idle: bigint
  /** Value on its way to this chain; it counts as idle at the end, but cannot be sent now. Default 0. */
  readonly arrivals?: bigint
  /** Value of claims on other vaults: it dilutes the supply rate, as gross assets include it. Default 0. */
  readonly claims?: bigint
  /** Cash that is never sent away. Default 0. */
  readonly floor?: bigint
  /** No transfer lifts idle above this; a chain that starts above it receives nothing. Default none. */
  readonly ceiling?: bigint
  /** What supply earns here as a function of idle. */
  readonly curve: ValueCurve
  /** Withdrawals and payouts that may have to be met from idle within the lead time. */
  readonly demand?: Demand
  /** Price of a unit missing below `floor` at the end. Default 0: `demand` is the principled price. */
  readonly floorPenalty?: number
  /** Price of a unit above `ceiling` at the end: above 0, it pays to move the excess away. Default 0. */
  readonly ceilingPenalty?: number
}

/** Withdrawals and payouts within the lead time, as a distribution with the price of not meeting them. */
export type Demand = NormalDemand | QuantileDemand

/**
 * Demand by its quantiles, linear in between: both rise. It is never below the first amount, and what lies beyond the
 * last is taken to be the last, so that should be a high one. `penalty` as for normal demand.
 */
export interface QuantileDemand {
  readonly quantiles: readonly { readonly probability: number; readonly amount: bigint }[]
  readonly penalty: number
}

/** Normally distributed demand; a unit that cannot be met costs `penalty` (fraction of the amount). */
export interface NormalDemand {
  readonly mean: bigint
  readonly deviation: bigint
  readonly penalty: number
}

/** A directed way to move value. Several lanes between two chains are told apart by `rail`. */
export interface LaneInput {
  readonly from: string
  readonly to: string
  /** Tells parallel lanes apart. Default none. */
  readonly rail?: string
  /** Cost of moving one unit, as a fraction of it. */
  readonly proportionalCost: number
  /** Cost of using the lane at all (message and gas at both ends), in units of the asset. */
  readonly fixedCost: bigint
  /** The most that would be admitted now: `maxRebalance` of the lane. */
  readonly capacity: bigint
  /** The least that a transfer may be. Default 0. */
  readonly minimum?: bigint
  /** Time from sending to being usable. A lane slower than the horizon is not used. Default 0. */
  readonly latencySeconds?: number
}

/** `from→to`, with the rail when there is one: the name of a lane in plans, errors and explanations. */
export function laneKey(lane: {
  readonly from: string
  readonly to: string
  readonly rail?: string
}): string {
  return lane.rail === undefined ? `${lane.from}→${lane.to}` : `${lane.from}→${lane.to} (${lane.rail})`
}
