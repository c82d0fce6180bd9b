/**
 * Thrown before any planning when an input cannot be meant. `field` is the path of the offending value
 * (`lanes[2].capacity`), `message` says what is wrong with it and what is expected.
 *
 * @example
 * ```ts
 * import { InvalidPlanInput, planRebalance } from '@isobar/router-sdk/planner'
 *
 * try {
 *   planRebalance({ horizonDays: 0, chains: [], lanes: [] })
 * } catch (error) {
 *   if (error instanceof InvalidPlanInput) console.log(error.field) // horizonDays
 * }
 * ```
 */
export class InvalidPlanInput extends Error {
  override readonly name = 'InvalidPlanInput'
  readonly field: string

  constructor(field: string, problem: string) {
    super(`${field}: ${problem}`)
    this.field = field
  }
}
