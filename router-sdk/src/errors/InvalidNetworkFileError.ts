import { IsobarError } from './IsobarError.js'

/** A network description or a deployed network does not have the right shape. */
export class InvalidNetworkFileError extends IsobarError {
  override readonly name = 'InvalidNetworkFileError'
  constructor(
    /** Which of the two kinds of file. */
    readonly kind: 'description' | 'deployment',
    /** One line a problem, each with the path to the value: `chains.0.eid: …`. */
    readonly issues: readonly string[],
    cause?: unknown,
  ) {
    const count = issues.length === 1 ? 'a problem' : `${issues.length} problems`
    super(`The network ${kind} has ${count}.`, {
      context: issues,
      cause,
      advice:
        kind === 'description'
          ? 'correct the values named above; the fields are documented at networkDescriptionSchema.'
          : 'use the file as deployNetwork wrote it (serializeNetwork), unchanged.',
    })
  }
}
