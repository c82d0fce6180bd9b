import { IsobarError } from '../errors/IsobarError.js'

/** A scenario does not have the right shape, or its values cannot be meant. */
export class InvalidScenarioError extends IsobarError {
  override readonly name = 'InvalidScenarioError'
  constructor(
    /** One line a problem, each with the path to the value: `chains.0.curve.optimum: …`. */
    readonly issues: readonly string[],
    cause?: unknown,
  ) {
    super(`The scenario has ${issues.length === 1 ? 'a problem' : `${issues.length} problems`}.`, {
      context: issues,
      cause,
      advice: 'correct the values named above; docs/scenario.md describes every field.',
    })
  }
}
