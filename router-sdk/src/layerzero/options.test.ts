import { concat, size, slice } from 'viem'
import { expect, test } from 'vitest'
import { decodeOptions, encodeOptions, InvalidOptionsError } from './options.js'

const receiver = `0x${'00'.repeat(12)}${'ab'.repeat(20)}` as const

test('encodes the layout that LayerZero documents', () => {
  const gas = '000000000000000000000000000186a0'
  expect(encodeOptions([{ type: 'receive', gas: 100_000n }])).toBe(`0x0003${'01'}0011${'01'}${gas}`)
  expect(encodeOptions([{ type: 'compose', index: 2, gas: 100_000n }])).toBe(
    `0x0003${'01'}0013${'03'}0002${gas}`,
  )
})

test('adds up repeated options, as enforced and caller options are', () => {
  const enforced = encodeOptions([{ type: 'receive', gas: 120_000n }])
  const caller = encodeOptions([
    { type: 'receive', gas: 30_000n, value: 5n },
    { type: 'compose', index: 0, gas: 80_000n, value: 7n },
    { type: 'compose', index: 0, gas: 20_000n },
    { type: 'compose', index: 3, gas: 1n },
    { type: 'nativeDrop', amount: 9n, receiver },
    { type: 'ordered' },
  ])
  expect(decodeOptions(concat([enforced, slice(caller, 2)]))).toEqual({
    receive: { gas: 150_000n, value: 5n },
    composes: [
      { index: 0, gas: 100_000n, value: 7n },
      { index: 3, gas: 1n, value: 0n },
    ],
    nativeDrops: [{ amount: 9n, receiver }],
    ordered: true,
  })
})

test('skips what is for DVNs', () => {
  const dvn = '0x02000301aaff'
  expect(decodeOptions(concat(['0x0003', dvn, slice(encodeOptions([{ type: 'ordered' }]), 2)])).ordered).toBe(
    true,
  )
})

test('refuses other types and truncated bytes', () => {
  expect(() => decodeOptions('0x0001')).toThrow(InvalidOptionsError)
  const whole = encodeOptions([{ type: 'receive', gas: 1n }])
  for (let end = 3; end < size(whole); end += 1) {
    expect(() => decodeOptions(slice(whole, 0, end))).toThrow(InvalidOptionsError)
  }
})
