import { describe, expect, test } from 'vitest'
import type { ChainInput, LaneInput, PlanInput } from './input.js'
import { InvalidPlanInput } from './invalidPlanInput.js'
import { planRebalance } from './planRebalance.js'
import { verifyPlan } from './verify/verifyPlan.js'

/** One asset, in shared-decimal units. */
const one = 1_000_000n

/** A year ahead, so that rates are worth themselves. */
const horizonDays = 365

/** `rate` for the first `width` of idle, `rest` for the next 10,000. */
function chain(
  key: string,
  idle: bigint,
  steps: readonly [bigint, number][],
  more?: Partial<ChainInput>,
): ChainInput {
  const segments = steps.map(([width, rate]) => ({ width: width * one, rate }))
  return { key, borrowed: 100n * one, idle: idle * one, curve: { kind: 'segments', segments }, ...more }
}

function lane(from: string, to: string, more?: Partial<LaneInput>): LaneInput {
  return { from, to, proportionalCost: 0, fixedCost: 0n, capacity: 1_000_000n * one, ...more }
}

function plan(chains: ChainInput[], lanes: LaneInput[], more?: Partial<PlanInput>) {
  const input = { horizonDays, chains, lanes, ...more }
  const result = planRebalance(input)
  expect(verifyPlan(input, result)).toEqual([])
  return result
}

/** Earns 10 % on the first 100 and 1 % on the rest. */
const hungry = (key: string, idle = 0n, more?: Partial<ChainInput>) =>
  chain(
    key,
    idle,
    [
      [100n, 0.1],
      [9_900n, 0.01],
    ],
    more,
  )
/** Earns 5 % on the first 200 and 2 % on the rest. */
const rich = (key: string, idle = 1_000n, more?: Partial<ChainInput>) =>
  chain(
    key,
    idle,
    [
      [200n, 0.05],
      [9_800n, 0.02],
    ],
    more,
  )

describe('two chains, by hand', () => {
  test('the steep part of the poor chain is filled from the flat part of the rich one', () => {
    const result = plan([rich('a'), hungry('b')], [lane('a', 'b', { proportionalCost: 0.01 })])
    expect(result.transfers).toEqual([
      { from: 'a', to: 'b', amount: 100n * one, marginalGain: 0, cost: one, bindingConstraint: 'none' },
    ])
    // 100 × (10 % − 2 % − 1 %)
    expect(result.gain).toBeCloseTo(7e6, 3)
    expect(result.upperBound).toBeCloseTo(7e6, 3)
    expect(result.optimal).toBe('proven')
    expect(result.chains.map((chain) => chain.idleAfter)).toEqual([900n * one, 100n * one])
    expect(result.chains.map((chain) => chain.utilizationAfter)).toEqual([0.1, 0.5])
  })

  test('a lane at capacity binds, and says what more would gain', () => {
    const result = plan(
      [rich('a'), hungry('b')],
      [lane('a', 'b', { proportionalCost: 0.01, capacity: 40n * one })],
    )
    expect(result.transfers[0]).toMatchObject({ amount: 40n * one, bindingConstraint: 'capacity' })
    expect(result.transfers[0]!.marginalGain).toBeCloseTo(0.07, 12)
  })

  test('cash stays above the floor, and arrivals cannot be sent', () => {
    const a = rich('a', 60n, { floor: 25n * one, arrivals: 500n * one })
    const result = plan([a, hungry('b')], [lane('a', 'b', { proportionalCost: 0.01 })])
    expect(result.transfers[0]).toMatchObject({ amount: 35n * one, bindingConstraint: 'cash' })
    expect(result.chains[0]!.cashRent).toBeCloseTo(0.07, 12)
  })

  test('a ceiling stops a transfer, and a chain above it receives nothing', () => {
    const lanes = [lane('a', 'b')]
    const below = plan([rich('a'), hungry('b', 10n, { ceiling: 30n * one })], lanes)
    expect(below.transfers[0]).toMatchObject({ amount: 20n * one, bindingConstraint: 'ceiling' })
    const above = plan([rich('a'), hungry('b', 50n, { ceiling: 30n * one })], lanes)
    expect(above.transfers).toEqual([])
  })

  test('a priced ceiling pushes the excess away', () => {
    const a = rich('a', 1_000n, { ceiling: 900n * one, ceilingPenalty: 0.05 })
    const result = plan([a, chain('b', 0n, [])], [lane('a', 'b', { proportionalCost: 0.01 })])
    expect(result.transfers[0]!.amount).toBe(100n * one)
  })

  test('a price on the floor draws cash to a chain below it', () => {
    const b = chain('b', 10n, [], { floor: 50n * one, floorPenalty: 0.05 })
    const result = plan([rich('a'), b], [lane('a', 'b', { proportionalCost: 0.01 })])
    expect(result.transfers[0]!.amount).toBe(40n * one)
  })

  test('demand draws cash up to its newsvendor quantile', () => {
    const demand = { mean: 50n * one, deviation: 10n * one, penalty: 0.06 }
    const b = chain('b', 0n, [], { demand })
    const result = plan([rich('a'), b], [lane('a', 'b', { proportionalCost: 0.01 })])
    // P(D > L) = (2 % + 1 %)/6 % = ½: the mean.
    expect(Number(result.transfers[0]!.amount)).toBeCloseTo(50e6, -1)
  })

  test('a fixed cost is paid only when the whole transfer repays it', () => {
    const chains = [rich('a'), hungry('b')]
    const cheap = plan(chains, [lane('a', 'b', { fixedCost: 7n * one })])
    expect(cheap.transfers[0]!.cost).toBe(7n * one)
    expect(cheap.gain).toBeCloseTo(1e6, 3)
    const dear = plan(chains, [lane('a', 'b', { fixedCost: 9n * one })])
    expect(dear.transfers).toEqual([])
    expect(dear.noTradeReason).toBe('costs-exceed-gains')
    expect(dear.unusedLanes[0]!.reason).toBe('fixed-cost')
    expect(dear.optimal).toBe('proven')
  })

  test('a minimum is met or the lane is not used', () => {
    const chains = [rich('a'), hungry('b')]
    const met = plan(chains, [lane('a', 'b', { minimum: 300n * one })])
    expect(met.transfers[0]).toMatchObject({ amount: 300n * one, bindingConstraint: 'minimum' })
    // 100 × 8 % − 200 × 1 %
    expect(met.gain).toBeCloseTo(6e6, 3)
    const unmet = plan(chains, [lane('a', 'b', { minimum: 950n * one })])
    expect(unmet.transfers).toEqual([])
    expect(unmet.unusedLanes[0]!.reason).toBe('fixed-cost')
  })

  test('waiting is priced, and a lane slower than the horizon is not used', () => {
    const chains = [rich('a'), hungry('b')]
    const lanes = [lane('a', 'b', { latencySeconds: 86_400 * 36.5 })]
    expect(plan(chains, lanes, { latencyRate: 0.5 }).gain).toBeCloseTo(3e6, 3)
    const late = plan(chains, lanes, { horizonDays: 30 })
    expect(late.unusedLanes[0]!.reason).toBe('too-slow')
  })
})

describe('three chains, by hand', () => {
  test('value goes on in the same plan, from cash that the middle chain already has', () => {
    const chains = [
      rich('a'),
      chain('m', 70n, [
        [70n, 0.05],
        [9_930n, 0],
      ]),
      hungry('z'),
    ]
    const result = plan(chains, [
      lane('a', 'm', { proportionalCost: 0.005 }),
      lane('m', 'z', { proportionalCost: 0.005 }),
    ])
    expect(result.transfers.map(({ from, to, amount }) => [from, to, amount])).toEqual([
      ['a', 'm', 70n * one],
      ['m', 'z', 70n * one],
    ])
    expect(result.transfers[1]!.bindingConstraint).toBe('cash')
    // 70 × (10 % − 2 % − 1 %)
    expect(result.gain).toBeCloseTo(4.9e6, 3)
  })

  test('the cheaper way round is taken', () => {
    const chains = [rich('a'), chain('m', 500n, [[500n, 0.05]]), hungry('z')]
    const lanes = [lane('a', 'm', { proportionalCost: 0.001 }), lane('m', 'z', { proportionalCost: 0.001 })]
    const result = plan(chains, [...lanes, lane('a', 'z', { proportionalCost: 0.01 })])
    expect(result.transfers.map(({ from, to }) => `${from}${to}`)).toEqual(['am', 'mz'])
    expect(result.unusedLanes).toMatchObject([{ from: 'a', to: 'z', reason: 'price-gap' }])
  })

  test('one fixed cost is shared when two lanes would serve', () => {
    const lanes = [lane('a', 'z', { fixedCost: 3n * one }), lane('b', 'z', { fixedCost: 3n * one })]
    const result = plan([rich('a'), rich('b'), hungry('z')], lanes)
    expect(result.transfers).toHaveLength(1)
    expect(result.gain).toBeCloseTo(5e6, 3)
  })

  test('parallel lanes are told apart by rail', () => {
    const lanes = [
      lane('a', 'b', { rail: 'fast', proportionalCost: 0.02 }),
      lane('a', 'b', { rail: 'slow', proportionalCost: 0.01, capacity: 30n * one }),
    ]
    const result = plan([rich('a'), hungry('b')], lanes)
    expect(result.transfers.map(({ rail, amount }) => [rail, amount])).toEqual([
      ['fast', 70n * one],
      ['slow', 30n * one],
    ])
  })
})

describe('nothing to do', () => {
  test.each([
    ['no chains', [], [], 'no-lanes'],
    ['one chain', [rich('a')], [], 'no-lanes'],
    ['no lanes', [rich('a'), hungry('b')], [], 'no-lanes'],
    ['zero capacity', [rich('a'), hungry('b')], [lane('a', 'b', { capacity: 0n })], 'nothing-can-move'],
    ['no cash', [rich('a', 0n), hungry('b')], [lane('a', 'b')], 'nothing-can-move'],
    [
      'zero supply',
      [chain('a', 0n, [], { borrowed: 0n }), chain('b', 0n, [])],
      [lane('a', 'b')],
      'nothing-can-move',
    ],
    ['all rates equal', [rich('a'), rich('b')], [lane('a', 'b'), lane('b', 'a')], 'balanced'],
    ['wrong way', [rich('a'), hungry('b')], [lane('b', 'a')], 'nothing-can-move'],
    ['disconnected', [rich('a'), rich('b'), hungry('c')], [lane('a', 'b')], 'balanced'],
    [
      'too dear',
      [rich('a'), hungry('b')],
      [lane('a', 'b', { proportionalCost: 0.09 })],
      'costs-exceed-gains',
    ],
  ] as const)('%s', (_, chains, lanes, reason) => {
    const result = plan([...chains], [...lanes])
    expect(result.transfers).toEqual([])
    expect(result.gain).toBe(0)
    expect(result.optimal).toBe('proven')
    expect(result.noTradeReason).toBe(reason)
  })

  test('below-minimum is named', () => {
    const result = plan([rich('a', 10n), hungry('b')], [lane('a', 'b', { minimum: 20n * one })])
    expect(result.unusedLanes[0]!.reason).toBe('below-minimum')
  })
})

test('sums beyond 2⁵² are planned in a coarser unit', () => {
  const trillion = 1_000_000_000_000n
  const a = chain('a', 5n * trillion, [
    [trillion, 0.05],
    [10n * trillion, 0.02],
  ])
  const b = chain('b', 0n, [[trillion, 0.1]])
  const result = plan([a, b], [lane('a', 'b', { capacity: 10n * trillion * one })])
  expect(result.transfers[0]!.amount).toBe(trillion * one)
})

describe('input that cannot be meant', () => {
  const good: PlanInput = { horizonDays, chains: [rich('a'), hungry('b')], lanes: [lane('a', 'b')] }
  const withChain = (more: object): PlanInput => ({
    ...good,
    chains: [{ ...rich('a'), ...more }, hungry('b')],
  })
  const withLane = (more: object): PlanInput => ({ ...good, lanes: [{ ...lane('a', 'b'), ...more }] })
  const kinked = { kind: 'kinked', base: 0, slope1: 0.1, slope2: 1, optimum: 0.8, reserveFactor: 0.1 }

  test.each([
    ['horizonDays', { ...good, horizonDays: Number.NaN }],
    ['latencyRate', { ...good, latencyRate: -1 }],
    ['chains[0].key', withChain({ key: '' })],
    ['chains[1].key', withChain({ key: 'b' })],
    ['chains[0].borrowed', withChain({ borrowed: -1n })],
    ['chains[0].idle', withChain({ idle: 5 })],
    ['chains[0].ceiling', withChain({ floor: 5n, ceiling: 4n })],
    ['chains[0].demand.penalty', withChain({ demand: { mean: 1n, deviation: 1n, penalty: Number.NaN } })],
    ['chains[0].curve.kind', withChain({ curve: { kind: 'cubic' } })],
    ['chains[0].curve.optimum', withChain({ curve: { ...kinked, optimum: 0 } })],
    ['chains[0].curve.reserveFactor', withChain({ curve: { ...kinked, reserveFactor: 1.5 } })],
    [
      'chains[0].curve.segments[1].rate',
      withChain({
        curve: {
          kind: 'segments',
          segments: [
            { width: 1n, rate: 0.1 },
            { width: 1n, rate: 0.2 },
          ],
        },
      }),
    ],
    ["chain 'a'", withChain({ borrowed: 10n ** 15n, curve: { ...kinked, slope2: 500 }, idle: 0n })],
    ['lanes[0].from', withLane({ from: 'x' })],
    ['lanes[0].to', withLane({ to: 'x' })],
    ['lanes[0]', withLane({ to: 'a' })],
    ['lanes[0].capacity', withLane({ capacity: -1n })],
    ['lanes[0].proportionalCost', withLane({ proportionalCost: Number.NaN })],
    ['lanes[0].fixedCost', withLane({ fixedCost: -1n })],
    ['lanes[1]', { ...good, lanes: [lane('a', 'b'), lane('a', 'b')] }],
  ])('%s', (field, input) => {
    const attempt = () => planRebalance(input as PlanInput)
    expect(attempt).toThrow(InvalidPlanInput)
    expect(attempt).toThrow(expect.objectContaining({ field }))
  })
})
