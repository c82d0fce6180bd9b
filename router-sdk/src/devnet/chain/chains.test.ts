import { expect, test } from 'vitest'
import { ChainOptionsError, chainSettings } from './chains.js'

test('gives chains names and ids', () => {
  const chains = chainSettings(8)
  expect(chains[1]).toMatchObject({ name: 'base', eid: 30184, chainId: 31338 })
  expect(new Set(chains.map(({ eid }) => eid)).size).toBe(8)
  expect(chainSettings([{ name: 'a', gasPrice: 5n }])[0]).toMatchObject({
    name: 'a',
    eid: 30101,
    gasPrice: 5n,
  })
})

test.each([
  [0, /1 to 8/],
  [9, /1 to 8/],
  [[{ eid: 30184 }, {}], /same eid: 30184/],
  [[{ name: 'base' }, {}], /same name: base/],
  [[{ eid: 101 }], /below 30000/],
])('refuses chains that cannot be built: %j', (chains, message) => {
  expect(() => chainSettings(chains)).toThrow(ChainOptionsError)
  expect(() => chainSettings(chains)).toThrow(message)
})
