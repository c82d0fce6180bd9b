import type { ConcavePart } from './concavePart.js'

/**
 * Borrow rate with one kink: base + slope1·u/optimum up to the optimum, and from there
 * base + slope1 + slope2·(u − optimum)/(1 − optimum). All per year; the shape that Compound and Aave made
 * common.
 */
export interface KinkedCurve {
  readonly kind: 'kinked'
  readonly base: number
  /** Rise of the rate between utilization 0 and the optimum. */
  readonly slope1: number
  /** Further rise between the optimum and utilization 1. */
  readonly slope2: number
  /** Utilization of the kink, in (0, 1]. */
  readonly optimum: number
  /** Share of interest that suppliers do not get, in [0, 1]. */
  readonly reserveFactor: number
}

/**
 * Supply rate over idle l: s(l) = r(u)·B·(1 − ρ)/(B + l + C) with u = B/(B + l), B borrowed, C claims.
 *
 * On either side of the kink r = a + b·u, and with y = B + l the integral is elementary:
 * ∫ a·B/(y + C) dy = a·B·ln(y + C) and ∫ b·B²/(y·(y + C)) dy = (b·B²/C)·ln(y/(y + C)).
 * Differences are taken inside the logarithm, so that means over one unit in 10¹⁵ stay accurate.
 */
export function kinkedSupplyRate(curve: KinkedCurve, borrowed: number, claims: number): ConcavePart {
  const { base, slope1, slope2, optimum, reserveFactor } = curve
  if (borrowed === 0) return { kinks: [], smooth: false, meanSlope: () => 0 }
  const kink = borrowed / optimum - borrowed
  const steep = optimum < 1 ? slope2 / (1 - optimum) : 0

  const area = (from: number, to: number, intercept: number, slope: number): number => {
    const width = to - from
    const start = borrowed + from
    const end = borrowed + to
    const flat = intercept * borrowed * Math.log1p(width / (start + claims))
    const shrink = (claims * width) / (start * (end + claims))
    // As claims go to 0 the logarithm becomes its argument.
    const curved =
      claims === 0
        ? (slope * borrowed * borrowed * width) / (start * end)
        : (slope * borrowed * borrowed * Math.log1p(shrink)) / claims
    return flat + curved
  }
  const crowded = (from: number, to: number) => area(from, to, base + slope1 - steep * optimum, steep)
  const relaxed = (from: number, to: number) => area(from, to, base, slope1 / optimum)

  return {
    kinks: kink > 0 ? [kink] : [],
    smooth: base > 0 || slope1 > 0 || slope2 > 0,
    meanSlope: (from, to) => {
      const middle = Math.min(Math.max(kink, from), to)
      let sum = 0
      if (middle > from) sum += crowded(from, middle)
      if (to > middle) sum += relaxed(middle, to)
      return ((1 - reserveFactor) * sum) / (to - from)
    },
  }
}
