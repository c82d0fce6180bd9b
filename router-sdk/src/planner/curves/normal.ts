/**
 * Standard normal upper tail P(Z > z), about 1e-15 relative. The positive series DLMF 7.6.2 for the middle,
 * the continued fraction DLMF 7.9.2 (by the modified Lentz recurrence, DLMF 3.10(iii)) for the tails.
 */
export function normalUpperTail(z: number): number {
  return z >= 0 ? 0.5 * erfcOfPositive(z / Math.SQRT2) : 1 - 0.5 * erfcOfPositive(-z / Math.SQRT2)
}

/** E(Z − z)⁺ = φ(z) − z·P(Z > z), the standard loss function (Zipkin, Foundations of Inventory Management, C.5). */
export function normalLoss(z: number): number {
  const density = Math.exp(-0.5 * z * z) / Math.sqrt(2 * Math.PI)
  return density - z * normalUpperTail(z)
}

function erfcOfPositive(x: number): number {
  if (x > 27) return 0
  if (x < 2.5) {
    let term = x
    let sum = x
    for (let n = 1; term > sum * 1e-17; n++) {
      term *= (2 * x * x) / (2 * n + 1)
      sum += term
    }
    return 1 - (2 / Math.sqrt(Math.PI)) * Math.exp(-x * x) * sum
  }
  // x + (1/2)/(x + (2/2)/(x + (3/2)/(x + …
  let value = x
  let upper = x
  let lower = 0
  for (let n = 1; n < 200; n++) {
    lower = 1 / (x + (n / 2) * lower)
    upper = x + n / 2 / upper
    const factor = upper * lower
    value *= factor
    if (Math.abs(factor - 1) < 1e-16) break
  }
  return Math.exp(-x * x) / (Math.sqrt(Math.PI) * value)
}
