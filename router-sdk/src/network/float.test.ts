import fc from 'fast-check'
import { expect, test } from 'vitest'
import { decodeFloat16, decodeFloat24, encodeFloat24 } from './float.js'

test('a Float24 is exact up to 18 bits and rounds down by less than 2^-17 above', () => {
  fc.assert(
    fc.property(fc.bigInt({ min: 0n, max: (1n << 81n) - 1n }), (value) => {
      const decoded = decodeFloat24(encodeFloat24(value))
      expect(decoded).toBeLessThanOrEqual(value)
      expect((value - decoded) * (1n << 17n)).toBeLessThanOrEqual(value)
      if (value < 1n << 18n) expect(decoded).toBe(value)
      expect(encodeFloat24(decoded)).toBe(encodeFloat24(value))
    }),
  )
})

test('a Float24 saturates', () => {
  expect(encodeFloat24(1n << 81n)).toBe(0xffffffn)
  expect(encodeFloat24((1n << 81n) - 1n)).toBe(0xffffffn)
  expect(decodeFloat24(0xffffff)).toBe(((1n << 18n) - 1n) << 63n)
  expect(() => encodeFloat24(-1n)).toThrow(RangeError)
})

test('a Float16 has 11 bits of mantissa', () => {
  expect(decodeFloat16(0x7ff)).toBe(2047n)
  expect(decodeFloat16((3 << 11) | 0x400)).toBe(8192n)
})
