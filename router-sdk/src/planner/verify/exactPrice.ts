/** Prices are multiples of 10⁻¹²: as integers they can be compared and multiplied exactly. */
export const exactPriceUnit = 10n ** 12n

export function exactPrice(fraction: number): bigint {
  return BigInt(Math.round(fraction * 1e12))
}
