import { expect, test } from 'vitest'
import { chainValue } from '../chainValue.js'
import { planRebalance } from '../planRebalance.js'
import { randomNetwork } from '../testing/randomNetwork.js'
import { verifyPlan } from '../verify/verifyPlan.js'

test.each([
  [2, false],
  [3, true],
  [8, false],
  [20, true],
])(
  'kinked curves on %i chains (demand: %s): prices are the slopes of the curves to 1e-9',
  (chains, demand) => {
    for (let seed = 1; seed <= 15; seed++) {
      const input = randomNetwork({ chains, seed, curves: 'kinked', demand })
      const plan = planRebalance(input)
      expect(plan.optimal).toBe('proven')
      expect(plan.upperBound - plan.gain).toBeLessThanOrEqual(1e-6 * plan.gain + 1)
      expect(verifyPlan(input, plan)).toEqual([])
      for (const [i, outcome] of plan.chains.entries()) {
        const chain = input.chains[i]!
        const idle = Number(outcome.idleAfter)
        // At a bound of the chain the price may differ from the slope on one side.
        const sent = plan.transfers.some((transfer) => transfer.from === chain.key)
        const moved = sent || plan.transfers.some((transfer) => transfer.to === chain.key)
        if (!moved || idle < 1 || (chain.ceiling !== undefined && outcome.idleAfter >= chain.ceiling))
          continue
        const spent = outcome.idleAfter <= (chain.floor ?? 0n) + (chain.arrivals ?? 0n)
        const slope = chainValue(chain, input.horizonDays).meanSlope(idle - 0.5, idle + 0.5)
        if (spent) expect(outcome.price - slope).toBeLessThanOrEqual(1e-9)
        else expect(Math.abs(outcome.price - slope)).toBeLessThanOrEqual(1e-9)
      }
    }
  },
)

test('fixed costs with kinked curves: proven, and no single change of lanes is better', () => {
  for (let seed = 1; seed <= 10; seed++) {
    const input = randomNetwork({ chains: 4, seed, curves: 'kinked', fixedCost: 2e9 })
    const plan = planRebalance(input)
    expect(plan.optimal).toBe('proven')
    expect(verifyPlan(input, plan)).toEqual([])
    for (const removed of input.lanes) {
      const fewer = planRebalance({ ...input, lanes: input.lanes.filter((lane) => lane !== removed) })
      expect(fewer.gain).toBeLessThanOrEqual(plan.gain * (1 + 1e-9) + 1)
    }
  }
})
