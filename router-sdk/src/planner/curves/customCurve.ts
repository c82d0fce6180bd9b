import type { ConcavePart } from './concavePart.js'
import { gaussMean } from './gaussMean.js'

/** Any supply rate per year that does not rise with idle (shared-decimal units, as a double). */
export interface CustomCurve {
  readonly kind: 'custom'
  readonly supplyRate: (idle: number) => number
  /** Mean rate over [from, to], when known in closed form. Default: Gauss quadrature between the kinks. */
  readonly meanRate?: (from: number, to: number) => number
  /** Where the rate or its derivative jumps. Default none. */
  readonly kinks?: readonly number[]
}

const panels = 8

export function customSupplyRate(curve: CustomCurve): ConcavePart {
  const kinks = [...(curve.kinks ?? [])].sort((a, b) => a - b)
  const quadrature = (from: number, to: number): number => {
    const stops = [from, ...kinks.filter((kink) => kink > from && kink < to), to]
    let sum = 0
    for (let k = 1; k < stops.length; k++) {
      const start = stops[k - 1]!
      const width = (stops[k]! - start) / panels
      for (let p = 0; p < panels; p++) {
        sum += width * gaussMean(curve.supplyRate, start + p * width, start + (p + 1) * width)
      }
    }
    return sum / (to - from)
  }
  return { kinks, smooth: true, meanSlope: curve.meanRate ?? quadrature }
}
