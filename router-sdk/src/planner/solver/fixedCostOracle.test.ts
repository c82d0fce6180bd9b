import { expect, test } from 'vitest'
import { planRebalance } from '../planRebalance.js'
import { createOracle } from '../testing/highsOracle.js'
import { randomNetwork } from '../testing/randomNetwork.js'
import { verifyPlan } from '../verify/verifyPlan.js'

/** ISOBAR_ORACLE=10 compares ten times as many networks: `ISOBAR_ORACLE=10 npx vitest run router-sdk/src/planner/solver`. */
const more = Number(process.env.ISOBAR_ORACLE ?? 1)

test.each([
  [2, 20e6, 30],
  [3, 200e6, 20],
  [4, 2000e6, 15],
  [5, 2000e6, 15],
  [6, 500e6, 10],
  [6, 5000e6, 10],
  [8, 20e6, 6],
  [10, 20e6, 4],
])(
  'fixed costs and minimums: proven, and the gain of HiGHS, on %i chains up to %i a move (%i networks)',
  async (chains, fixedCost, networks) => {
    const oracle = await createOracle()
    for (let seed = 1; seed <= networks * more; seed++) {
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
  60_000 * more,
)
