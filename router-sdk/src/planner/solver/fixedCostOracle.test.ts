import { expect, test } from 'vitest'
import { planRebalance } from '../planRebalance.js'
import { createOracle } from '../testing/highsOracle.js'
import { randomNetwork } from '../testing/randomNetwork.js'
import { verifyPlan } from '../verify/verifyPlan.js'

test.each([
  [2, 20e6],
  [3, 200e6],
  [4, 2000e6],
  [5, 2000e6],
  [6, 500e6],
  [6, 5000e6],
])(
  'fixed costs and minimums: proven, and the gain of HiGHS, on %i chains up to %i a move',
  async (chains, fixedCost) => {
    const oracle = await createOracle()
    for (let seed = 1; seed <= 10; seed++) {
      const minimum = seed % 2 === 0 ? 3e11 : 0
      const input = randomNetwork({ chains, seed: 1000 + seed, curves: 'segments', fixedCost, minimum })
      const plan = planRebalance(input)
      const reference = oracle.gain(input)
      expect(Math.abs(plan.gain - reference), `seed ${seed}`).toBeLessThanOrEqual(
        1e-9 * Math.abs(reference) + 1,
      )
      expect(plan.optimal).toBe('proven')
      expect(verifyPlan(input, plan)).toEqual([])
    }
  },
)
