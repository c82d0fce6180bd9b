import { type AdaptiveCurve, adaptiveSupplyRate } from './adaptiveCurve.js'
import type { ConcavePart } from './concavePart.js'
import { type CustomCurve, customSupplyRate } from './customCurve.js'
import { type KinkedCurve, kinkedSupplyRate } from './kinkedCurve.js'
import { type SegmentCurve, segmentSupplyRate } from './segmentCurve.js'

/** What supply earns as a function of idle: a kinked or adaptive borrow rate, explicit steps, or any falling rate. */
export type ValueCurve = KinkedCurve | AdaptiveCurve | SegmentCurve | CustomCurve

/** The supply rate per year over idle, mean over the horizon (0: as it is now), for the given loans and claims on other vaults. */
export function supplyRate(
  curve: ValueCurve,
  borrowed: bigint,
  claims: bigint,
  horizonDays = 0,
): ConcavePart {
  switch (curve.kind) {
    case 'kinked':
      return kinkedSupplyRate(curve, Number(borrowed), Number(claims))
    case 'adaptive':
      return adaptiveSupplyRate(curve, Number(borrowed), Number(claims), horizonDays)
    case 'segments':
      return segmentSupplyRate(curve)
    case 'custom':
      return customSupplyRate(curve)
  }
}
