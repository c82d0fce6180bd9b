const decimals = 6

/** Shared-decimal units (6) of an amount written in the asset: `'12.5'` is 12,500,000. Exact; at most six decimals. */
export function amountFromText(text: string): bigint {
  const [whole = '', fraction = ''] = text.split('.')
  return BigInt(whole + fraction.padEnd(decimals, '0'))
}

/** The amount in the asset, without trailing zeros: the inverse of `amountFromText`. */
export function amountToText(units: bigint): string {
  const digits = units.toString().padStart(decimals + 1, '0')
  const fraction = digits.slice(-decimals).replace(/0+$/, '')
  return fraction === '' ? digits.slice(0, -decimals) : `${digits.slice(0, -decimals)}.${fraction}`
}
