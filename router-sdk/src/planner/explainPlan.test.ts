import { expect, test } from 'vitest'
import { explainPlan } from './explainPlan.js'
import type { PlanInput } from './input.js'
import { planRebalance } from './planRebalance.js'

const one = 1_000_000n
const input: PlanInput = {
  horizonDays: 365,
  chains: [
    {
      key: 'arbitrum',
      borrowed: 900n * one,
      idle: 100n * one,
      curve: { kind: 'segments', segments: [{ width: 5_000n * one, rate: 0.1 }] },
    },
    {
      key: 'base',
      borrowed: 100n * one,
      idle: 900n * one,
      curve: { kind: 'segments', segments: [{ width: 5_000n * one, rate: 0.02 }] },
    },
  ],
  lanes: [
    { from: 'base', to: 'arbitrum', proportionalCost: 0.001, fixedCost: 2n * one, capacity: 400n * one },
    { from: 'arbitrum', to: 'base', proportionalCost: 0.001, fixedCost: 2n * one, capacity: 400n * one },
  ],
}

test('a plan is told in plain lines', () => {
  expect(explainPlan(planRebalance(input))).toEqual([
    'base→arbitrum: move 400.00 for 2.40; the lane admits no more (the next unit would gain 79.000 per 1,000).',
    'arbitrum: utilization 90.0 % → 64.3 %, idle worth 100.000 per 1,000.',
    'base: utilization 10.0 % → 16.7 %, idle worth 20.000 per 1,000.',
    'arbitrum→base: not used, a unit would lose 81.000 per 1,000 by moving.',
    'Gain over the horizon, net of costs: 29.60; proven optimal.',
  ])
})

test('doing nothing is explained', () => {
  const lanes = input.lanes.map((lane) => ({ ...lane, fixedCost: 50n * one }))
  expect(explainPlan(planRebalance({ ...input, lanes }))).toEqual([
    'Nothing moves: what a move would gain is less than it costs.',
    'arbitrum: utilization stays at 90.0 %, idle worth 100.000 per 1,000.',
    'base: utilization stays at 10.0 %, idle worth 20.000 per 1,000.',
    'arbitrum→base: not used, a unit would lose 81.000 per 1,000 by moving.',
    'base→arbitrum: not used, a unit would gain 79.000 per 1,000, which does not repay the fixed cost or the minimum.',
  ])
})
