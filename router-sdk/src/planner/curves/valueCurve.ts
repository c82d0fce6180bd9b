import type { ConcavePart } from './concavePart.js'
import { type CustomCurve, customSupplyRate } from './customCurve.js'
import { type KinkedCurve, kinkedSupplyRate } from './kinkedCurve.js'
import { type SegmentCurve, segmentSupplyRate } from './segmentCurve.js'

/** What supply earns as a function of idle: a kinked borrow rate, explicit steps, or any falling rate. */
export type ValueCurve = KinkedCurve | SegmentCurve | CustomCurve

/** The supply rate per year over idle, for the given loans and claims on other vaults. */
export function supplyRate(curve: ValueCurve, borrowed: bigint, claims: bigint): ConcavePart {
  switch (curve.kind) {
    case 'kinked':
      return kinkedSupplyRate(curve, Number(borrowed), Number(claims))
    case 'segments':
      return segmentSupplyRate(curve)
    case 'custom':
      return customSupplyRate(curve)
  }
}
