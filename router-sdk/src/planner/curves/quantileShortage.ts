import type { QuantileDemand } from '../input.js'
import type { ConcavePart } from './concavePart.js'

/** −π·E(D − l)⁺ for D given by quantiles: the slope π·P(D > l) is linear between them, so areas are trapezia. */
export function quantileShortage({ quantiles, penalty }: QuantileDemand): ConcavePart {
  const amounts = quantiles.map(({ amount }) => Number(amount))
  const tail = (index: number) => 1 - quantiles[index]!.probability
  const last = amounts.length - 1

  const area = (from: number, to: number): number => {
    let sum = Math.max(0, Math.min(to, amounts[0]!) - from)
    for (let k = 1; k <= last; k++) {
      const left = amounts[k - 1]!
      const width = amounts[k]! - left
      const start = Math.max(from, left)
      const end = Math.min(to, amounts[k]!)
      if (end <= start) continue
      const middle = ((start + end) / 2 - left) / width
      sum += (end - start) * (tail(k - 1) + (tail(k) - tail(k - 1)) * middle)
    }
    return sum
  }
  return {
    kinks: amounts,
    smooth: penalty > 0 && last > 0,
    meanSlope: (from, to) => (penalty * area(from, to)) / (to - from),
  }
}
