import type { Demand } from '../input.js'
import type { ConcavePart } from './concavePart.js'
import { stepPart } from './concavePart.js'
import { gaussMean } from './gaussMean.js'
import { normalLoss, normalUpperTail } from './normal.js'
import { quantileShortage } from './quantileShortage.js'

/** −π·E(D − l)⁺, whichever way the demand D is described. */
export function shortageOf(demand: Demand): ConcavePart {
  if ('quantiles' in demand) return quantileShortage(demand)
  return expectedShortage(Number(demand.mean), Number(demand.deviation), demand.penalty)
}

/**
 * −π·E(D − l)⁺ for D normal: its slope is π·P(D > l), the newsvendor's trade-off. Without deviation it is
 * a step at the mean.
 */
export function expectedShortage(mean: number, deviation: number, penalty: number): ConcavePart {
  if (deviation === 0) return stepPart(mean, penalty, 0)
  const slope = (idle: number) => penalty * normalUpperTail((idle - mean) / deviation)
  return {
    kinks: [],
    smooth: penalty > 0,
    meanSlope: (from, to) => {
      // The difference of losses cancels on narrow intervals, where quadrature is exact to rounding.
      if (to - from < 0.05 * deviation) return gaussMean(slope, from, to)
      // E(Z − z)⁺ = (−z)⁺ + E(Z − |z|)⁺ keeps the large part, which is linear, apart from the small one.
      const certain = Math.min(Math.max(mean - from, 0), to - from)
      const loss = (idle: number) => normalLoss(Math.abs(idle - mean) / deviation)
      return (penalty * (certain + deviation * (loss(from) - loss(to)))) / (to - from)
    },
  }
}
