/** Bits of mantissa of a Float24; its exponent is in the six bits above. */
const FLOAT24_BITS = 18n
/** Bits of mantissa of a Float16; its exponent is in the five bits above. */
const FLOAT16_BITS = 11n
const FLOAT24_MAX = (1n << 24n) - 1n

/** What a Float24 of the contracts stands for: `mantissa << exponent`, with 18 bits of mantissa. */
export const decodeFloat24 = (packed: bigint | number): bigint => decode(BigInt(packed), FLOAT24_BITS)

/** What a Float16 of the contracts stands for, with 11 bits of mantissa. */
export const decodeFloat16 = (packed: bigint | number): bigint => decode(BigInt(packed), FLOAT16_BITS)

/** The largest Float24 that is not above `value`, as the contracts round; the largest there is from 2^81 up. */
export function encodeFloat24(value: bigint): bigint {
  if (value < 0n) throw new RangeError(`a Float24 is not negative: ${value}`)
  if (value >> 81n !== 0n) return FLOAT24_MAX
  if (value >> FLOAT24_BITS === 0n) return value
  const exponent = BigInt(value.toString(2).length) - FLOAT24_BITS
  return (exponent << FLOAT24_BITS) | (value >> exponent)
}

function decode(packed: bigint, bits: bigint): bigint {
  return (packed & ((1n << bits) - 1n)) << (packed >> bits)
}
