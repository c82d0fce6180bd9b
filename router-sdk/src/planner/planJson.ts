import type { Plan } from './plan.js'

const amountFields = new Set(['amount', 'cost', 'idleBefore', 'idleAfter'])

/**
 * A plan as JSON text; amounts become decimal strings of shared-decimal units.
 *
 * @example
 * ```ts
 * import { planFromJson, planRebalance, planToJson } from '@isobar/router-sdk/planner'
 *
 * const plan = planRebalance({ horizonDays: 1, chains: [], lanes: [] })
 * const same = planFromJson(planToJson(plan))
 * ```
 */
export function planToJson(plan: Plan, indent?: number): string {
  return JSON.stringify(
    plan,
    (_, value: unknown) => (typeof value === 'bigint' ? value.toString() : value),
    indent,
  )
}

/**
 * The plan that `planToJson` wrote. The text must come from there: its shape is not checked.
 *
 * @example
 * ```ts
 * import { planFromJson } from '@isobar/router-sdk/planner'
 *
 * const plan = (text: string) => planFromJson(text)
 * ```
 */
export function planFromJson(text: string): Plan {
  return JSON.parse(text, (key, value: unknown) =>
    amountFields.has(key) && typeof value === 'string' ? BigInt(value) : value,
  ) as Plan
}
