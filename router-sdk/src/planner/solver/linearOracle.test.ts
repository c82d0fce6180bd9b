import { expect, test } from 'vitest'
import { planRebalance } from '../planRebalance.js'
import { createOracle } from '../testing/highsOracle.js'
import { randomNetwork } from '../testing/randomNetwork.js'
import { verifyPlan } from '../verify/verifyPlan.js'

test.each([2, 3, 5, 8, 13, 20])('linear costs: the gain is that of HiGHS on %i chains', async (chains) => {
  const oracle = await createOracle()
  for (let seed = 1; seed <= 20; seed++) {
    const input = randomNetwork({ chains, seed, curves: 'segments' })
    const plan = planRebalance(input)
    const reference = oracle.gain(input)
    expect(Math.abs(plan.gain - reference), `seed ${seed}`).toBeLessThanOrEqual(
      1e-11 * Math.abs(reference) + 1,
    )
    expect(plan.optimal).toBe('proven')
    expect(verifyPlan(input, plan)).toEqual([])
  }
})
