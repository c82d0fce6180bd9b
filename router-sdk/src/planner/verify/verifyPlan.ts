import { checkInput } from '../checkInput.js'
import type { PlanInput } from '../input.js'
import type { Plan } from '../plan.js'
import type { PlanViolation } from './planViolation.js'
import { verifyCertificate } from './verifyCertificate.js'
import { verifyTransfers } from './verifyTransfers.js'
import { verifyWorth } from './verifyWorth.js'

/**
 * Everything that is wrong with a plan for an input; empty when nothing is.
 *
 * It shares no code with the solver: transfers are replayed against a ledger in integers, outcomes, costs and
 * gain are computed anew, and the certificate is checked by weak duality: at its prices no executable plan
 * can gain more than its bound. Where fixed costs or minimums are in play the tighter `upperBound` comes from a search
 * that is not repeated; it is then only checked to lie between the gain and the certificate's bound.
 *
 * @param input - what the plan was made for.
 * @param plan - the plan; it may come from anywhere.
 * @returns violations, each with a code, where, and what was found against what was expected.
 * @throws {@link InvalidPlanInput} when the input itself cannot be meant.
 *
 * @example
 * ```ts
 * import { type PlanInput, planRebalance, verifyPlan } from '@isobar/router-sdk/planner'
 *
 * const input: PlanInput = { horizonDays: 1, chains: [], lanes: [] }
 * const violations = verifyPlan(input, planRebalance(input))
 * if (violations.length > 0) throw new Error(violations[0]?.message)
 * ```
 */
export function verifyPlan(input: PlanInput, plan: Plan): PlanViolation[] {
  checkInput(input)
  const violations: PlanViolation[] = []
  const report = (code: PlanViolation['code'], where: string, message: string) => {
    violations.push({ code, where, message })
  }
  verifyTransfers(input, plan, report)
  verifyCertificate(input, plan, verifyWorth(input, plan, report), report)
  return violations
}
