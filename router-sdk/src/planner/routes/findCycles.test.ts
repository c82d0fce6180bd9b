import { expect, test } from 'vitest'
import { seededRandom } from '../testing/randomNetwork.js'
import { findCycles } from './findCycles.js'
import { outputOf, type RouteLane } from './routeLane.js'

function randomLanes(random: () => number, reward: boolean): RouteLane[] {
  const lanes: RouteLane[] = []
  for (const from of 'abcd') {
    for (const to of 'abcd') {
      if (from === to || random() < 0.3) continue
      const low = Math.floor(random() * 400) - (reward ? 200 : 0)
      const fee = [
        { upTo: BigInt(Math.floor(random() * 1e9)) + 1n, ppm: low },
        { upTo: 10n ** 10n, ppm: low + 1 + Math.floor(random() * 500) },
      ]
      lanes.push({ from, to, capacity: BigInt(Math.floor(random() * 1e10)), fixedCost: 1000n, fee })
    }
  }
  return lanes
}

test('lanes that only charge have no profitable cycle, on random states', () => {
  const random = seededRandom(5)
  for (let run = 0; run < 200; run++) expect(findCycles(randomLanes(random, false))).toEqual([])
})

test('a cycle is profitable exactly when an amount sent around says so', () => {
  const random = seededRandom(6)
  let found = 0
  for (let run = 0; run < 100; run++) {
    const lanes = randomLanes(random, true)
    const cycles = findCycles(lanes)
    found += cycles.length
    for (const { lanes: around, amount, profit } of cycles) {
      const back = around.reduce((left, lane) => outputOf(lane, left), amount)
      expect(back - amount - BigInt(around.length) * 1000n).toBe(profit)
    }
    // Pairs, tried at many amounts: none is missed, none does better by more than rounding.
    for (const out of lanes) {
      for (const home of lanes) {
        if (out.from >= out.to || home.from !== out.to || home.to !== out.from) continue
        const known = cycles.find((cycle) => cycle.lanes[0] === out && cycle.lanes[1] === home)
        for (let k = 1n; k <= 200n; k++) {
          const amount = (out.capacity * k) / 200n
          const between = outputOf(out, amount)
          if (between > home.capacity) break
          const profit = outputOf(home, between) - amount - 2000n
          expect(profit <= (known?.profit ?? 0n) + 2n).toBe(true)
        }
      }
    }
  }
  expect(found).toBeGreaterThan(50)
})
