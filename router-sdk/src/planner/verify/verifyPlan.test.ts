import { describe, expect, test } from 'vitest'
import type { PlanInput } from '../input.js'
import type { ChainOutcome, Plan, PlannedTransfer } from '../plan.js'
import { planRebalance } from '../planRebalance.js'
import { randomNetwork } from '../testing/randomNetwork.js'
import type { PlanViolation } from './planViolation.js'
import { verifyPlan } from './verifyPlan.js'

const one = 1_000_000n
const input: PlanInput = {
  horizonDays: 365,
  chains: [
    {
      key: 'a',
      borrowed: 100n * one,
      idle: 120n * one,
      floor: 60n * one,
      curve: { kind: 'segments', segments: [{ width: 10_000n * one, rate: 0.02 }] },
    },
    {
      key: 'b',
      borrowed: 100n * one,
      idle: 0n,
      ceiling: 90n * one,
      curve: { kind: 'segments', segments: [{ width: 50n * one, rate: 0.1 }] },
    },
  ],
  lanes: [
    { from: 'a', to: 'b', proportionalCost: 0.01, fixedCost: 0n, capacity: 100n * one },
    { from: 'b', to: 'a', proportionalCost: 0.01, fixedCost: 0n, capacity: 100n * one },
  ],
}
const plan = planRebalance(input)
const [transfer] = plan.transfers
const withTransfer = (more: Partial<PlannedTransfer>): Plan => ({
  ...plan,
  transfers: [{ ...transfer!, ...more }],
})
const withChain = (index: number, more: Partial<ChainOutcome>): Plan => ({
  ...plan,
  chains: plan.chains.map((chain, i) => (i === index ? { ...chain, ...more } : chain)),
})
const withPrice = (more: object): Plan => ({
  ...plan,
  certificate: {
    ...plan.certificate,
    prices: plan.certificate.prices.map((entry, i) => (i === 1 ? { ...entry, ...more } : entry)),
  },
})
const codes = (mutant: Plan, network = input) => verifyPlan(network, mutant).map(({ code }) => code)

test('the plan itself is in order', () => {
  expect(transfer!.amount).toBe(50n * one)
  expect(verifyPlan(input, plan)).toEqual([])
})

describe('a changed plan is found out', () => {
  test.each<[PlanViolation['code'], string, Plan]>([
    ['overdraft', 'more than there is', withTransfer({ amount: 121n * one })],
    ['capacity', 'more than the lane admits', withTransfer({ amount: 101n * one })],
    ['floor', 'below the floor', withTransfer({ amount: 61n * one })],
    ['ceiling', 'above the ceiling', withTransfer({ amount: 91n * one })],
    ['empty-transfer', 'nothing', withTransfer({ amount: 0n })],
    ['empty-transfer', 'less than nothing', withTransfer({ amount: -5n })],
    ['gain', 'one cent less moved', withTransfer({ amount: transfer!.amount - 10_000n })],
    ['optimality', 'a fifth less moved', withTransfer({ amount: 40n * one })],
    ['cost', 'one unit cheaper', withTransfer({ cost: transfer!.cost - 1n })],
    ['marginal-gain', 'marginal gain', withTransfer({ marginalGain: 0.001 })],
    ['unknown-lane', 'another chain', withTransfer({ to: 'x' })],
    ['missing-lane', 'another rail', withTransfer({ rail: 'x' })],
    ['repeated-lane', 'twice', { ...plan, transfers: [transfer!, transfer!] }],
    ['missing-lane', 'a lane forgotten', { ...plan, unusedLanes: [] }],
    ['no-trade-reason', 'a reason for nothing', { ...plan, noTradeReason: 'balanced' }],
    ['outcome', 'idle after', withChain(0, { idleAfter: plan.chains[0]!.idleAfter + 1n })],
    ['outcome', 'idle before', withChain(1, { idleBefore: 1n })],
    ['outcome', 'utilization before', withChain(1, { utilizationBefore: 0.5 })],
    ['outcome', 'utilization after', withChain(1, { utilizationAfter: 0.5 })],
    ['outcome', 'a chain forgotten', { ...plan, chains: plan.chains.slice(1) }],
    ['marginal-gain', 'a price', withChain(1, { price: plan.chains[1]!.price + 1e-12 })],
    ['gain', 'a larger gain', { ...plan, gain: plan.gain * 1.001 }],
    ['negative-gain', 'a loss', { ...plan, gain: -1000 }],
    ['upper-bound', 'a bound below the gain', { ...plan, upperBound: plan.gain - 100 }],
    ['upper-bound', 'a bound above the certificate', { ...plan, upperBound: plan.upperBound * 2 }],
    ['optimality', 'a proof with a gap', { ...plan, upperBound: plan.upperBound * 2 }],
    ['certificate', 'a bound that prices do not prove', withPrice({ price: 0.09 })],
    ['certificate', 'a negative rent', withPrice({ cashRent: -0.01 })],
    ['certificate', 'a price that is none', withPrice({ price: Number.NaN })],
    ['certificate', 'a price for another chain', withPrice({ key: 'x' })],
  ])('%s: %s', (code, _, mutant) => {
    expect(codes(mutant)).toContain(code)
  })

  test('minimum: below what the lane takes', () => {
    const network = { ...input, lanes: input.lanes.map((lane) => ({ ...lane, minimum: 51n * one })) }
    expect(codes(plan, network)).toContain('minimum')
  })

  test('too-slow: arriving after the horizon', () => {
    const network = {
      ...input,
      lanes: input.lanes.map((lane) => ({ ...lane, latencySeconds: 366 * 86_400 })),
    }
    expect(codes(plan, network)).toContain('too-slow')
  })
})

test('on random networks no transfer can be changed by a thousandth unnoticed', () => {
  for (let seed = 1; seed <= 20; seed++) {
    const network = randomNetwork({
      chains: 6,
      seed,
      curves: seed % 2 ? 'kinked' : 'segments',
      fixedCost: 1e7,
    })
    const good = planRebalance(network)
    expect(verifyPlan(network, good)).toEqual([])
    for (const [index, { amount }] of good.transfers.entries()) {
      for (const factor of [999n, 1001n]) {
        const transfers = good.transfers.map((entry, i) =>
          i === index ? { ...entry, amount: (amount * factor) / 1000n } : entry,
        )
        expect(verifyPlan(network, { ...good, transfers })).not.toEqual([])
      }
    }
  }
})
