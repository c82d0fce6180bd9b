import { expect, test } from 'vitest'
import type { PlanInput } from './input.js'
import { planRebalance } from './planRebalance.js'
import { randomNetwork } from './testing/randomNetwork.js'
import { verifyPlan } from './verify/verifyPlan.js'

const trillion = 10n ** 18n
const steps = (...rates: number[]) =>
  ({ kind: 'segments', segments: rates.map((rate) => ({ width: trillion, rate })) }) as const

const input = (more: { capacity?: bigint; floor?: bigint; ceiling?: bigint }): PlanInput => ({
  horizonDays: 30,
  chains: [
    {
      key: 'a',
      borrowed: 1n,
      idle: trillion + 123n,
      floor: more.floor ?? 0n,
      curve: steps(0.02, 0.01),
    },
    {
      key: 'b',
      borrowed: 1n,
      idle: 7n,
      ...(more.ceiling === undefined ? {} : { ceiling: more.ceiling }),
      curve: steps(0.2, 0.15),
    },
  ],
  lanes: [
    {
      from: 'a',
      to: 'b',
      proportionalCost: 0.0001,
      fixedCost: 0n,
      capacity: more.capacity ?? 10n * trillion,
    },
  ],
})

test.each([
  ['the last unit of cash', {}, trillion + 123n],
  ['all above the floor', { floor: 1_000_001n }, trillion + 123n - 1_000_001n],
  ['the whole capacity', { capacity: trillion - 456n }, trillion - 456n],
  ['up to the ceiling exactly', { ceiling: trillion - 321n }, trillion - 321n - 7n],
])('a trillion in a coarser unit moves %s', (_, more, amount) => {
  const network = input(more)
  const plan = planRebalance(network)
  expect(plan.transfers[0]?.amount).toBe(amount)
  expect(plan.optimal).toBe('proven')
  expect(verifyPlan(network, plan)).toEqual([])
})

test('random networks of a trillion and odd units are planned and verified', () => {
  for (let seed = 1; seed <= 20; seed++) {
    const small = randomNetwork({ chains: 6, seed, curves: 'kinked', fixedCost: seed % 2 ? 0 : 1e8 })
    const scale = (amount: bigint) => amount * 65_537n + BigInt(seed) * 7n
    const large: PlanInput = {
      ...small,
      chains: small.chains.map(({ ceiling, ...chain }) => ({
        ...chain,
        borrowed: scale(chain.borrowed),
        idle: scale(chain.idle),
        ...(ceiling === undefined ? {} : { ceiling: scale(ceiling) }),
      })),
      lanes: small.lanes.map((lane) => ({ ...lane, capacity: scale(lane.capacity) })),
    }
    const plan = planRebalance(large)
    expect(plan.transfers.length).toBeGreaterThan(0)
    expect(verifyPlan(large, plan), `seed ${seed}`).toEqual([])
  }
})
