import { expect, test } from 'vitest'
import { planFromJson, planToJson } from './planJson.js'
import { planRebalance } from './planRebalance.js'
import { randomNetwork } from './testing/randomNetwork.js'
import { verifyPlan } from './verify/verifyPlan.js'

test('a plan survives JSON, certificate included', () => {
  const input = randomNetwork({ chains: 5, seed: 1, curves: 'kinked', fixedCost: 1e7 })
  const plan = planRebalance(input)
  const read = planFromJson(planToJson(plan))
  expect(read).toEqual(plan)
  expect(verifyPlan(input, read)).toEqual([])
})
