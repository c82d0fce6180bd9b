import { describe, expect, test } from 'vitest'
import { InvalidNetworkFileError } from '../errors/InvalidNetworkFileError.js'
import { type NetworkDescription, parseNetworkDescription } from './networkDescription.js'

const address = (digit: string): string => `0x${digit.repeat(40)}`

const chain = (name: string, eid: number): NetworkDescription['chains'][number] => ({
  name,
  chainId: eid,
  eid,
  rpcUrl: 'http://127.0.0.1:8545',
  multicall3: address('1'),
  confirmations: 1,
  layerzero: {
    endpoint: address('2'),
    sendLibrary: address('3'),
    receiveLibrary: address('4'),
    executor: address('5'),
    dvns: [address('6'), address('7')],
  },
  asset: { symbol: 'USDC', token: address('8'), oft: address('9'), decimals: 6 },
  collaterals: [
    {
      symbol: 'WETH',
      token: address('b'),
      decimals: 18,
      feed: address('c'),
      maxAge: 3600,
      borrowFactor: 0.8,
      liquidationThreshold: 0.85,
      debtCeiling: '1000000.5',
    },
  ],
  vault: {
    reserveFactor: 0.1,
    leverageLimit: 1,
    averagingPeriod: 14_400,
    vestingPeriod: 21_600,
    rateModel: { baseRate: 0, slopeBelow: 0.04, slopeAbove: 0.75, optimalUtilization: 0.9 },
  },
  limits: {
    deadBand: 0.04,
    statementMaxAge: 1_800,
    moveInterval: 600,
    reservedShare: 0.25,
    peerShare: 0.5,
    grantUtilization: 0.9,
    cashFloor: 1_000,
    minimumMove: 100,
    minimumTransfer: 1,
  },
})

const good = (): NetworkDescription => ({
  name: 'test',
  local: true,
  maxInterestRate: 2,
  chains: [chain('ethereum', 30101), chain('base', 30184)],
  lanes: { default: { cap: 400_000, maxCredit: 200_000, creditTarget: 20_000 }, overrides: [] },
})

function issues(change: (description: ReturnType<typeof mutable>) => void): readonly string[] {
  const description = mutable()
  change(description)
  try {
    parseNetworkDescription(description)
  } catch (error) {
    if (error instanceof InvalidNetworkFileError) return error.issues
    throw error
  }
  return []
}
/** A description whose shape tests may break. */
// biome-ignore lint/suspicious/noExplicitAny: wrong shapes are the point
const mutable = (): any => structuredClone(good())

describe('parseNetworkDescription', () => {
  test('turns amounts into shared decimals, fractions into WAD and basis points', () => {
    const { chains, lanes, maxInterestRate } = parseNetworkDescription(good())
    expect(maxInterestRate).toBe(2n * 10n ** 18n)
    expect(lanes.default.cap).toBe(400_000_000_000n)
    expect(chains[0]!.collaterals[0]).toMatchObject({ debtCeiling: 1_000_000_500_000n, borrowFactor: 8_000 })
    expect(chains[0]!.limits).toMatchObject({ deadBand: 400, cashFloor: 1_000_000_000n })
    expect(chains[0]!.vault.rateModel.slopeBelow).toBe(4n * 10n ** 16n)
  })

  test('refuses keys that it does not know', () => {
    expect(issues((d) => (d.chains[0].limits.deadband = 0.04))).toEqual([
      expect.stringMatching(/^chains\.0\.limits: .*"deadband"/),
    ])
  })

  test.each<[string, RegExp, (d: ReturnType<typeof mutable>) => void]>([
    ['an address', /chains\.0\.asset\.token: not an EVM address/, (d) => (d.chains[0].asset.token = '0x12')],
    ['an eid of V1', /chains\.1\.eid: .*30000/, (d) => (d.chains[1].eid = 101)],
    [
      'an eid twice',
      /chains\.1\.eid: 30101 is already the eid of chains\.0/,
      (d) => (d.chains[1].eid = 30101),
    ],
    ['a name twice', /chains\.1\.name: ethereum is already/, (d) => (d.chains[1].name = 'ethereum')],
    ['decimals', /asset\.decimals: assets have 6 to 18/, (d) => (d.chains[0].asset.decimals = 5)],
    [
      'a lane to nowhere',
      /overrides\.0\.to: no chain "solana"; chains: ethereum, base/,
      (d) => d.lanes.overrides.push({ from: 'base', to: 'solana' }),
    ],
    [
      'a lane to itself',
      /a lane joins two chains/,
      (d) => d.lanes.overrides.push({ from: 'base', to: 'base' }),
    ],
    [
      'too many decimals',
      /lanes\.default\.cap: an amount has at most 6 decimals, not 7/,
      (d) => (d.lanes.default.cap = '0.1234567'),
    ],
    ['a percentage', /limits\.deadBand: between 0\.001 and 0\.5/, (d) => (d.chains[0].limits.deadBand = 4)],
    [
      'factors',
      /collaterals\.0\.borrowFactor: must be below/,
      (d) => (d.chains[0].collaterals[0].borrowFactor = 0.9),
    ],
    [
      'a leverage limit',
      /vault\.leverageLimit: between 0\.25 and 1/,
      (d) => (d.chains[0].vault.leverageLimit = 2),
    ],
    ['an RPC URL', /chains\.0\.rpcUrl: an http/, (d) => (d.chains[0].rpcUrl = 'localhost')],
    ['one chain', /at least two chains/, (d) => d.chains.pop()],
    ['no DVN', /layerzero\.dvns/, (d) => (d.chains[0].layerzero.dvns = [])],
  ])('refuses %s', (_, message, change) => {
    expect(issues(change).join('\n')).toMatch(message)
  })

  test('names every problem at once', () => {
    const found = issues((d) => {
      d.chains[0].eid = 1
      d.chains[1].vault.vestingPeriod = 1
      delete d.lanes.default.cap
    })
    expect(found).toHaveLength(3)
  })
})
