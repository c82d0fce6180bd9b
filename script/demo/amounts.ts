const UNIT = 1_000_000n

/** Whole units of the asset, in shared decimals. */
export const units = (amount: number): bigint => BigInt(Math.round(amount)) * UNIT

/** A shared amount as people read it: `12,345.67`. */
export function show(amount: bigint, decimals = 2): string {
  const negative = amount < 0n
  const size = negative ? -amount : amount
  const whole = (size / UNIT).toString().replace(/\B(?=(\d{3})+$)/g, ',')
  const part = (size % UNIT).toString().padStart(6, '0').slice(0, decimals)
  return `${negative ? '−' : ''}${whole}${decimals > 0 ? `.${part}` : ''}`
}

/** A shared amount as an exact decimal string, in units of the asset. */
export function exact(amount: bigint): string {
  const sign = amount < 0n ? '-' : ''
  const size = amount < 0n ? -amount : amount
  const part = (size % UNIT).toString().padStart(6, '0').replace(/0+$/, '')
  return `${sign}${size / UNIT}${part ? `.${part}` : ''}`
}

export const percent = (fraction: number, digits = 1): string => `${(fraction * 100).toFixed(digits)} %`
