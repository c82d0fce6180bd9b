import { checkInput } from './checkInput.js'
import { describePlan } from './describePlan.js'
import type { PlanInput } from './input.js'
import { buildModel } from './model.js'
import type { Plan } from './plan.js'
import { optimize } from './solver/optimize.js'

export interface PlanOptions {
  /**
   * How many partial choices of lanes the search for fixed costs may look at. Default 32,000,000 / chains³,
   * at least 30 and at most 20,000: a fraction of a second at any size.
   */
  readonly nodeBudget?: number
}

/**
 * The transfers between chains that are worth most over the horizon, net of their cost.
 *
 * Maximises Σ [T·∫ s dl − π·E(D − L′)⁺] − Σ (c·x + K·[x > 0]) over idle L′ after the plan, where what a chain sends
 * now it has now, above its floor, and lanes keep to capacity and minimum. Pure: no clock, no randomness, no
 * I/O; chains and lanes may come in any order.
 *
 * @param input - amounts in shared-decimal units (6), rates per year, horizon in days.
 * @returns the plan with its prices, an upper bound on any plan's gain, and why each lane is used or not.
 * @throws {@link InvalidPlanInput} naming the field that cannot be meant.
 *
 * @example
 * ```ts
 * import { planRebalance } from '@isobar/router-sdk/planner'
 *
 * const curve = { kind: 'kinked', base: 0, slope1: 0.04, slope2: 0.75, optimum: 0.8, reserveFactor: 0.1 } as const
 * const plan = planRebalance({
 *   horizonDays: 7,
 *   chains: [
 *     { key: 'arbitrum', borrowed: 920_000_000000n, idle: 80_000_000000n, curve },
 *     { key: 'base', borrowed: 120_000_000000n, idle: 880_000_000000n, curve },
 *   ],
 *   lanes: [
 *     { from: 'base', to: 'arbitrum', proportionalCost: 0.0001, fixedCost: 2_000000n, capacity: 500_000_000000n },
 *   ],
 * })
 * for (const { from, to, amount } of plan.transfers) console.log(from, to, amount)
 * ```
 */
export function planRebalance(input: PlanInput, options: PlanOptions = {}): Plan {
  checkInput(input)
  const model = buildModel(input)
  const budget = options.nodeBudget ?? defaultBudget(model.chains.length)
  return describePlan(model, optimize(model, budget))
}

/** A node costs about as much as the network has lanes, and a large search would mostly not end anyway. */
function defaultBudget(chains: number): number {
  return Math.min(20_000, Math.max(30, Math.ceil(32_000_000 / Math.max(1, chains) ** 3)))
}
