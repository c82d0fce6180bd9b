const node = Math.sqrt(3 / 5)

/** Mean of f over [from, to] by three-point Gauss–Legendre quadrature (exact up to degree 5; DLMF 3.5.21). */
export function gaussMean(f: (x: number) => number, from: number, to: number): number {
  const middle = from + (to - from) / 2
  const reach = ((to - from) / 2) * node
  return (5 * f(middle - reach) + 8 * f(middle) + 5 * f(middle + reach)) / 18
}
