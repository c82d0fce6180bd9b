import { expect, test } from 'vitest'
import { planRebalance } from '../planRebalance.js'
import { verifyPlan } from '../verify/verifyPlan.js'
import { adaptiveSupplyRate } from './adaptiveCurve.js'
import { expectedShortage, shortageOf } from './expectedShortage.js'
import { kinkedSupplyRate } from './kinkedCurve.js'
import { normalUpperTail } from './normal.js'

const adaptive = {
  kind: 'adaptive',
  rateAtTarget: 0.04,
  target: 0.9,
  steepness: 4,
  adjustmentSpeed: 0,
  reserveFactor: 0.1,
} as const

test('an adaptive curve that keeps still is the kinked curve of the same corners', () => {
  const still = adaptiveSupplyRate(adaptive, 9e12, 1e11, 30)
  const kinked = kinkedSupplyRate(
    { kind: 'kinked', base: 0.01, slope1: 0.03, slope2: 0.12, optimum: 0.9, reserveFactor: 0.1 },
    9e12,
    1e11,
  )
  for (const [from, to] of [
    [0, 5e11],
    [2e11, 2e12],
    [2e12, 2e12 + 1],
  ] as const) {
    expect(still.meanSlope(from, to) / kinked.meanSlope(from, to)).toBeCloseTo(1, 6)
  }
})

test('an adaptive curve earns more above its target, less below, and never rises with idle', () => {
  const still = adaptiveSupplyRate(adaptive, 9e12, 0, 30)
  const moving = adaptiveSupplyRate({ ...adaptive, adjustmentSpeed: 50 }, 9e12, 0, 30)
  expect(moving.meanSlope(1e11, 1e11 + 1)).toBeGreaterThan(still.meanSlope(1e11, 1e11 + 1))
  expect(moving.meanSlope(5e12, 5e12 + 1)).toBeLessThan(still.meanSlope(5e12, 5e12 + 1))
  let last = Number.POSITIVE_INFINITY
  for (let idle = 0; idle < 2e13; idle += 1e11) {
    const slope = moving.meanSlope(idle, idle + 1e9)
    expect(slope).toBeLessThanOrEqual(last)
    last = slope
  }
})

test('quantiles of a normal demand are worth what the normal demand is', () => {
  const quantiles = Array.from({ length: 201 }, (_, k) => {
    const z = (k - 100) / 20
    return { probability: 1 - normalUpperTail(z), amount: BigInt(Math.round(1e12 + z * 1e11)) }
  })
  const some = shortageOf({ quantiles, penalty: 0.01 })
  const normal = expectedShortage(1e12, 1e11, 0.01)
  for (const idle of [2e11, 8e11, 1e12, 1.1e12, 1.3e12]) {
    expect(some.meanSlope(idle, idle + 1e9)).toBeCloseTo(normal.meanSlope(idle, idle + 1e9), 5)
  }
})

test('both are planned to a proven optimum that verifies', () => {
  const one = 1_000_000n
  const lane = { proportionalCost: 0.0002, fixedCost: 2n * one, capacity: 5_000_000n * one }
  const input = {
    horizonDays: 14,
    chains: [
      {
        key: 'a',
        borrowed: 9_000_000n * one,
        idle: 500_000n * one,
        curve: { ...adaptive, adjustmentSpeed: 50 },
      },
      {
        key: 'b',
        borrowed: 4_000_000n * one,
        idle: 6_000_000n * one,
        curve: { ...adaptive, adjustmentSpeed: 50 },
        demand: {
          quantiles: [
            { probability: 0.5, amount: 200_000n * one },
            { probability: 0.95, amount: 1_500_000n * one },
            { probability: 1, amount: 3_000_000n * one },
          ],
          penalty: 0.002,
        },
      },
    ],
    lanes: [
      { from: 'a', to: 'b', ...lane },
      { from: 'b', to: 'a', ...lane },
    ],
  }
  const plan = planRebalance(input)
  expect(plan.transfers).toHaveLength(1)
  expect(plan.transfers[0]).toMatchObject({ from: 'b', to: 'a' })
  expect(plan.optimal).toBe('proven')
  expect(verifyPlan(input, plan)).toEqual([])
})
