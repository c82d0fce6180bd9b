import { type ConcavePart, scaledPart, stepPart, sumOfParts } from './curves/concavePart.js'
import { shortageOf } from './curves/expectedShortage.js'
import { supplyRate } from './curves/valueCurve.js'
import type { ChainInput } from './input.js'

const daysPerYear = 365

/**
 * The worth of idle on a chain over the horizon: T·∫ s dl − π·E(D − l)⁺ and the prices of floor and ceiling.
 *
 * T·∫ s is the potential whose maximum is the competitive equilibrium (Beckmann, McGuire, Winsten 1956, on
 * Wardrop's principle): at it no unit of supply earns more elsewhere net of cost. The sum of suppliers'
 * interest is not maximised, since its maximiser starves chains to squeeze borrowers.
 */
export function chainValue(chain: ChainInput, horizonDays: number): ConcavePart {
  const rate = supplyRate(chain.curve, chain.borrowed, chain.claims ?? 0n, horizonDays)
  const parts = [scaledPart(rate, horizonDays / daysPerYear)]
  const { demand } = chain
  if (demand !== undefined) {
    parts.push(shortageOf(demand))
  }
  if (chain.floor !== undefined && chain.floorPenalty) {
    parts.push(stepPart(Number(chain.floor), chain.floorPenalty, 0))
  }
  if (chain.ceiling !== undefined && chain.ceilingPenalty) {
    parts.push(stepPart(Number(chain.ceiling), 0, -chain.ceilingPenalty))
  }
  return sumOfParts(parts)
}
