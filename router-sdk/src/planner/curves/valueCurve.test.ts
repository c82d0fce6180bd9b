import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { ConcavePart } from './concavePart.js'
import { expectedShortage } from './expectedShortage.js'
import { gaussMean } from './gaussMean.js'
import { normalLoss, normalUpperTail } from './normal.js'
import { supplyRate, type ValueCurve } from './valueCurve.js'

const kinked = {
  kind: 'kinked',
  base: 0.01,
  slope1: 0.05,
  slope2: 0.9,
  optimum: 0.8,
  reserveFactor: 0.1,
} as const

/** The supply rate of architecture and planner pages, written out point by point. */
function pointRate(idle: number, borrowed: number, claims: number): number {
  const u = borrowed / (borrowed + idle)
  const { base, slope1, slope2, optimum, reserveFactor } = kinked
  const rate =
    u <= optimum ? base + (slope1 * u) / optimum : base + slope1 + (slope2 * (u - optimum)) / (1 - optimum)
  return (rate * borrowed * (1 - reserveFactor)) / (borrowed + idle + claims)
}

function composite(f: (x: number) => number, from: number, to: number): number {
  const panels = 4_000
  const width = (to - from) / panels
  let sum = 0
  for (let p = 0; p < panels; p++) sum += gaussMean(f, from + p * width, from + (p + 1) * width)
  return sum / panels
}

describe('kinked', () => {
  test.each([0, 1, 3_000, 2e6])('mean slopes are those of the point rate, with claims of %i', (claims) => {
    const part = supplyRate(kinked, 1_000_000n, BigInt(claims))
    const f = (idle: number) => pointRate(idle, 1e6, claims)
    for (const [from, to] of [
      [0, 1e5],
      [1e5, 2.5e5],
      [2e5, 3e5],
      [2.5e5, 9e6],
    ] as const) {
      expect(part.meanSlope(from, to)).toBeCloseTo(composite(f, from, to), 9)
    }
    expect(part.meanSlope(0, 1e-3)).toBeCloseTo(f(0), 7)
  })

  test('a single unit of 10¹⁵ has the slope of its place', () => {
    const part = supplyRate(kinked, 10n ** 15n, 10n ** 9n)
    const slope = part.meanSlope(2e15, 2e15 + 1)
    expect(Math.abs(slope / pointRate(2e15, 1e15, 1e9) - 1)).toBeLessThan(1e-13)
  })
})

describe('expected shortage', () => {
  test('the normal tail and loss have their known values', () => {
    // Abramowitz and Stegun, table 26.1
    expect(normalUpperTail(0)).toBe(0.5)
    expect(normalUpperTail(1)).toBeCloseTo(0.158655253931457, 14)
    expect(normalUpperTail(-1)).toBeCloseTo(0.841344746068543, 14)
    expect(normalUpperTail(5)).toBeCloseTo(2.866515718791939e-7, 20)
    expect(normalLoss(0)).toBeCloseTo(0.3989422804014327, 15)
  })

  test('wide and narrow intervals agree', () => {
    const part = expectedShortage(1000, 100, 0.02)
    const slope = (idle: number) => 0.02 * normalUpperTail((idle - 1000) / 100)
    for (const [from, to] of [
      [0, 3000],
      [900, 904],
      [900, 910],
      [1100, 1101],
      [1500, 1600],
    ] as const) {
      expect(Math.abs(part.meanSlope(from, to) - composite(slope, from, to))).toBeLessThan(1e-13)
    }
  })

  test('certain demand is a step', () => {
    const part = expectedShortage(1000, 0, 0.02)
    expect([part.meanSlope(0, 1000), part.meanSlope(1000, 2000), part.meanSlope(900, 1100)]).toEqual([
      0.02, 0, 0.01,
    ])
  })
})

describe('every curve is concave and additive', () => {
  const curves: [string, ConcavePart][] = [
    ['kinked', supplyRate(kinked, 1_000_000n, 5n)],
    [
      'segments',
      supplyRate(
        {
          kind: 'segments',
          segments: [
            { width: 10n ** 5n, rate: 0.2 },
            { width: 10n ** 6n, rate: 0.1 },
          ],
        },
        0n,
        0n,
      ),
    ],
    ['custom', supplyRate({ kind: 'custom', supplyRate: (idle) => 1e5 / (1e6 + idle) }, 0n, 0n)],
    ['shortage', expectedShortage(500_000, 90_000, 0.05)],
  ]
  const point = fc.integer({ min: 0, max: 2_000_000 })
  test.each(curves)('%s', (_, part) => {
    fc.assert(
      fc.property(fc.uniqueArray(point, { minLength: 3, maxLength: 3 }), (points) => {
        const [a, b, c] = points.sort((x, y) => x - y) as [number, number, number]
        const left = part.meanSlope(a, b)
        const right = part.meanSlope(b, c)
        expect(right).toBeLessThanOrEqual(left + 1e-12)
        expect(((b - a) * left + (c - b) * right) / (c - a)).toBeCloseTo(part.meanSlope(a, c), 8)
      }),
      { seed: 1 },
    )
  })
})

test('a custom curve may bring its own mean', () => {
  const curve: ValueCurve = { kind: 'custom', supplyRate: () => 0.5, meanRate: () => 0.25 }
  expect(supplyRate(curve, 0n, 0n).meanSlope(0, 1)).toBe(0.25)
})
