import { expect, test } from 'vitest'
import { planRebalance } from '../planRebalance.js'
import { createOracle } from '../testing/highsOracle.js'
import { randomNetwork } from '../testing/randomNetwork.js'
import { verifyPlan } from '../verify/verifyPlan.js'

/** ISOBAR_ORACLE=10 compares ten times as many networks: `ISOBAR_ORACLE=10 npx vitest run router-sdk/src/planner/solver`. */
const more = Number(process.env.ISOBAR_ORACLE ?? 1)

test.each([
  [2, 120],
  [3, 120],
  [5, 120],
  [8, 80],
  [13, 50],
  [20, 20],
])(
  'linear costs: the gain is that of HiGHS on %i chains (%i networks)',
  async (chains, networks) => {
    const oracle = await createOracle()
    for (let seed = 1; seed <= networks * more; seed++) {
      const input = randomNetwork({ chains, seed, curves: 'segments' })
      const plan = planRebalance(input)
      const reference = oracle.gain(input)
      expect(Math.abs(plan.gain - reference), `seed ${seed}`).toBeLessThanOrEqual(
        1e-11 * Math.abs(reference) + 1,
      )
      expect(plan.optimal).toBe('proven')
      expect(verifyPlan(input, plan)).toEqual([])
    }
  },
  60_000 * more,
)
