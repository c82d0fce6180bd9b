import type { ConcavePart } from './concavePart.js'
import { customSupplyRate } from './customCurve.js'

/**
 * A kinked borrow rate that moves with time: the rate at the target grows or shrinks exponentially, in proportion to
 * how far utilization is from the target (Morpho's AdaptiveCurveIRM). Rates per year.
 */
export interface AdaptiveCurve {
  readonly kind: 'adaptive'
  /** Borrow rate at the target now. */
  readonly rateAtTarget: number
  /** Utilization at which the curve keeps still, in (0, 1). */
  readonly target: number
  /** Rate at utilization 1 over the rate at the target, which is as many times that at utilization 0; ≥ 1. */
  readonly steepness: number
  /** Exponent per year at which the rate grows while utilization is 1 (and shrinks at utilization 0). */
  readonly adjustmentSpeed: number
  /** Share of interest that suppliers do not get, in [0, 1]. */
  readonly reserveFactor: number
}

/**
 * Supply rate over idle, mean over the horizon: with e the relative distance to the target (−1 to 1), the rate
 * at time t is r(e)·exp(v·e·t), whose mean over T is r(e)·(exp(v·e·T) − 1)/(v·e·T). Both factors rise with
 * utilization, so the supply rate falls with idle, as it must. The contract's limits on the rate are not applied.
 */
export function adaptiveSupplyRate(
  curve: AdaptiveCurve,
  borrowed: number,
  claims: number,
  horizonDays: number,
): ConcavePart {
  if (borrowed === 0) return { kinks: [], smooth: false, meanSlope: () => 0 }
  const { rateAtTarget, target, steepness, adjustmentSpeed, reserveFactor } = curve
  const exponent = (adjustmentSpeed * horizonDays) / 365
  const supplyRate = (idle: number): number => {
    const utilization = borrowed / (borrowed + idle)
    const above = utilization > target
    const distance = (utilization - target) / (above ? 1 - target : target)
    const rate = rateAtTarget * (1 + distance * (above ? steepness - 1 : 1 - 1 / steepness))
    const growth = exponent * distance
    const mean = Math.abs(growth) < 1e-9 ? 1 + growth / 2 : Math.expm1(growth) / growth
    return (rate * mean * borrowed * (1 - reserveFactor)) / (borrowed + idle + claims)
  }
  return customSupplyRate({ kind: 'custom', supplyRate, kinks: [borrowed / target - borrowed] })
}
