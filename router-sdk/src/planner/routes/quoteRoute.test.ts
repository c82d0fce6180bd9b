import { describe, expect, test } from 'vitest'
import { InvalidPlanInput } from '../invalidPlanInput.js'
import { seededRandom } from '../testing/randomNetwork.js'
import { quoteRoute, type RouteRequest } from './quoteRoute.js'
import { outputOf, type RouteLane } from './routeLane.js'

const lane = (from: string, to: string, more: Partial<RouteLane> = {}): RouteLane => ({
  from,
  to,
  capacity: 1_000n,
  fixedCost: 0n,
  ...more,
})

test('fees are marginal, rounded up to a unit, rewards down', () => {
  const fee = [
    { upTo: 100n, ppm: -10_000 },
    { upTo: 200n, ppm: 10_000 },
    { upTo: 300n, ppm: 50_000 },
  ]
  const outputs = [0n, 50n, 100n, 150n, 200n, 301n].map((amount) => outputOf(lane('a', 'b', { fee }), amount))
  expect(outputs).toEqual([0n, 50n, 101n, 150n, 200n, 295n])
})

/** Best output minus fixed costs over all integer splits of at most three ways. */
function bruteForce({ lanes, from, to, amount }: RouteRequest): bigint | undefined {
  const ways: RouteLane[][] = []
  for (const first of lanes) {
    if (first.from !== from) continue
    if (first.to === to) ways.push([first])
    else
      for (const second of lanes) if (second.from === first.to && second.to === to) ways.push([first, second])
  }
  let best: bigint | undefined
  const send = (way: readonly RouteLane[], sum: bigint): bigint | undefined => {
    let left = sum
    for (const each of way) {
      if (left > each.capacity || left < (each.minimum ?? 0n)) return undefined
      left = outputOf(each, left)
    }
    return left - way.reduce((cost, each) => cost + each.fixedCost, 0n)
  }
  const place = (next: number, left: bigint, parts: number, worth: bigint, used: Set<RouteLane>) => {
    if (left === 0n && (best === undefined || worth > best)) best = worth
    if (left === 0n || parts === 0) return
    for (let k = next; k < ways.length; k++) {
      const way = ways[k]!
      if (way.some((each) => used.has(each))) continue
      for (let sum = parts === 1 ? left : 1n; sum <= left; sum++) {
        const got = send(way, sum)
        if (got !== undefined) place(k + 1, left - sum, parts - 1, worth + got, new Set([...used, ...way]))
      }
    }
  }
  place(0, amount, 3, 0n, new Set())
  return best
}

test('on random networks no split at all delivers a unit a part more', () => {
  const random = seededRandom(11)
  const pick = (most: number) => Math.floor(random() * most)
  let possible = 0
  for (let run = 0; run < 150; run++) {
    const pairs = ['ab', 'ac', 'cb', 'ab', 'ad', 'db'].filter(() => random() < 0.75)
    const lanes = pairs.map(([from, to], k) =>
      lane(from!, to!, {
        rail: `r${k}`,
        capacity: BigInt(5 + pick(30)),
        minimum: BigInt(random() < 0.3 ? pick(8) : 0),
        fixedCost: BigInt(pick(4)),
        fee: [
          { upTo: BigInt(5 + pick(10)), ppm: pick(100_000) - 30_000 },
          { upTo: 40n, ppm: 100_000 + pick(200_000) },
        ],
      }),
    )
    const request = { from: 'a', to: 'b', amount: BigInt(1 + pick(40)), lanes }
    const quote = quoteRoute(request)
    const reference = bruteForce(request)
    expect(quote.possible, `run ${run}`).toBe(reference !== undefined)
    if (!quote.possible || reference === undefined) continue
    possible++
    const net = quote.received - quote.fixedCost
    expect(quote.parts.reduce((sum, part) => sum + part.amount, 0n)).toBe(request.amount)
    // Every lane rounds once against the sender.
    const roundings = quote.parts.reduce((sum, part) => sum + part.lanes.length, 0)
    expect(Number(reference - net), `run ${run}`).toBeLessThanOrEqual(roundings)
    expect(Number(reference)).toBeLessThanOrEqual(quote.upperBound + 1e-9)
  }
  expect(possible).toBeGreaterThan(80)
})

test('large amounts are split to one price, to the unit', () => {
  const fee = (ppm: number) => [
    { upTo: 10n ** 12n, ppm },
    { upTo: 10n ** 15n, ppm: ppm + 300 },
  ]
  const lanes = [100, 200, 500].map((ppm, k) =>
    lane('a', 'b', { rail: `r${k}`, capacity: 10n ** 14n, fixedCost: 1_000_000n, fee: fee(ppm) }),
  )
  const quote = quoteRoute({ from: 'a', to: 'b', amount: 5n * 10n ** 12n, lanes })
  if (!quote.possible) throw new Error('must be possible')
  expect(quote.parts.map(({ amount }) => amount)).toEqual([4n * 10n ** 12n, 10n ** 12n])
  expect(quote.upperBound - Number(quote.received - quote.fixedCost)).toBeLessThanOrEqual(2)
})

describe('what cannot be delivered', () => {
  const lanes = [lane('a', 'b'), lane('a', 'c', { latencySeconds: 100 }), lane('c', 'b', { capacity: 400n })]
  test('says how much could be', () => {
    expect(quoteRoute({ from: 'a', to: 'b', amount: 1401n, lanes })).toEqual({
      possible: false,
      largest: 1400n,
    })
    expect(quoteRoute({ from: 'a', to: 'b', amount: 1400n, lanes }).possible).toBe(true)
  })
  test('keeps to the deadline, to hops and to parts', () => {
    const request = { from: 'a', to: 'b', amount: 1400n, lanes }
    for (const more of [{ deadlineSeconds: 99 }, { mostHops: 1 as const }, { mostParts: 1 }]) {
      expect(quoteRoute({ ...request, ...more })).toEqual({ possible: false, largest: 1000n })
    }
  })
  test.each<[string, Partial<RouteRequest>]>([
    ['amount', { amount: -1n }],
    ['to', { to: 'a' }],
    ['lanes[1]', { lanes: [lane('a', 'b'), lane('a', 'b')] }],
    [
      'lanes[0].fee[1]',
      { lanes: [lane('a', 'b', { fee: [9, 8].map((ppm, k) => ({ upTo: BigInt(k + 1), ppm })) })] },
    ],
  ])('names %s', (field, more) => {
    const attempt = () => quoteRoute({ from: 'a', to: 'b', amount: 1n, lanes, ...more })
    expect(attempt).toThrow(InvalidPlanInput)
    expect(attempt).toThrow(expect.objectContaining({ field }))
  })
})
