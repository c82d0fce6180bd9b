import { expect, test } from 'vitest'
import { expectedShortage } from '../curves/expectedShortage.js'
import { InvalidPlanInput } from '../invalidPlanInput.js'
import { seededRandom } from '../testing/randomNetwork.js'
import { type CreditInput, planCredits } from './planCredits.js'

const one = 1_000_000n
const demand = { mean: 100n * one, deviation: 30n * one, penalty: 0.001 }
const base = { key: 'base', reservable: 1000n * one, idleRate: 0.0365 }
const lane = { from: 'arbitrum', to: 'base', demand }

test('one lane has the critical quantile of its demand', () => {
  // A day of 3.65 % is a tenth of the penalty: the credit is met with probability 0.9.
  const { credits, chains } = planCredits({ leadTimeDays: 1, chains: [base], lanes: [lane] })
  expect(Number(credits[0]!.credit) / 1e6).toBeCloseTo(100 + 30 * 1.2815515655446, 5)
  expect(chains[0]).toEqual({ key: 'base', reserved: credits[0]!.credit, rent: 0 })
})

test('a quantile that is given is the credit when it is the critical one', () => {
  const quantiles = [0.1, 0.5, 0.9, 0.99].map((probability, k) => ({
    probability,
    amount: BigInt(k) * 50n * one,
  }))
  const lanes = [{ ...lane, demand: { quantiles, penalty: 0.001 } }]
  const { credits } = planCredits({ leadTimeDays: 1, chains: [base], lanes })
  expect(Number(credits[0]!.credit - 100n * one)).toBeCloseTo(0, -1)
})

test('scarce cash is shared by one rent, limits are kept, and no unit is worth more elsewhere', () => {
  const random = seededRandom(3)
  for (let run = 0; run < 40; run++) {
    const lanes = Array.from({ length: 4 }, (_, k) => ({
      from: `c${k}`,
      to: 'base',
      demand: {
        mean: BigInt(Math.round(random() * 2e8)),
        deviation: BigInt(Math.round(random() * 5e7)),
        penalty: random() * 0.002,
      },
      ...(random() < 0.3 ? { minimum: 10n * one } : {}),
      ...(random() < 0.3 ? { maximum: 60n * one } : {}),
    }))
    const input: CreditInput = { leadTimeDays: 1, chains: [{ ...base, reservable: 200n * one }], lanes }
    const { credits, chains } = planCredits(input)
    const reserved = credits.reduce((sum, { credit }) => sum + credit, 0n)
    expect(reserved).toBe(chains[0]!.reserved)
    expect(reserved).toBeLessThanOrEqual(200n * one)
    if (chains[0]!.rent > 0) expect(reserved).toBe(200n * one)
    const price = 0.0365 / 365 + chains[0]!.rent
    for (const [k, { credit }] of credits.entries()) {
      const { demand: d, minimum, maximum } = lanes[k]!
      const worth = expectedShortage(Number(d.mean), Number(d.deviation), d.penalty)
      const at = Number(credit)
      if (credit > (minimum ?? 0n)) expect(worth.meanSlope(at - 1, at)).toBeGreaterThanOrEqual(price - 1e-9)
      if (credit < (maximum ?? 200n * one)) {
        expect(worth.meanSlope(at, at + 1)).toBeLessThanOrEqual(price + 1e-9)
      }
    }
  }
})

test.each<[string, Partial<CreditInput>]>([
  ['lanes[0].to', { chains: [] }],
  ['lanes[0].minimum', { lanes: [{ ...lane, minimum: 2000n * one }] }],
  ['lanes[0].demand.mean', { lanes: [{ ...lane, demand: { ...demand, mean: -1n } }] }],
  ['chains[1].key', { chains: [base, { ...base }] }],
])('names %s', (field, more) => {
  const attempt = () => planCredits({ leadTimeDays: 1, chains: [base], lanes: [lane], ...more })
  expect(attempt).toThrow(InvalidPlanInput)
  expect(attempt).toThrow(expect.objectContaining({ field }))
})
