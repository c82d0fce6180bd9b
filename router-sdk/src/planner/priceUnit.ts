/**
 * Prices inside the solver are integers, 10⁻¹² of a unit per unit. Sums of a path's prices then stay exact in
 * a double, ties are ties, and a certificate can be checked with integers.
 */
export const priceUnit = 1e12

/** Nearest solver price of a plain fraction. */
export function toPrice(fraction: number): number {
  return Math.round(fraction * priceUnit)
}

/** No marginal value may exceed this (per unit, over the horizon): forbidden arcs are priced far above it. */
export const largestMarginalValue = 8

/** Cost of a lane that is closed, and reward of one that must carry its minimum: beyond any real price. */
export const prohibitivePrice = 2 ** 47

/** Cost of exceeding a chain's ceiling: beyond even the reward of a forced lane. */
export const overflowPrice = 2 ** 49

/** Largest proportional share of a fixed cost. Lower than the truth only where no gain could repay it. */
export const largestFixedShare = 2 ** 41
