/** What every error of Isobar says beside its short message. */
export interface IsobarErrorParameters {
  /** Underlying facts, as another system told them. */
  readonly details?: string
  /** What the caller can do about it. */
  readonly advice?: string
  readonly cause?: unknown
  /** Lines of context: what was asked for, of what, with which values. */
  readonly context?: readonly string[]
}

/**
 * Base of all errors that the SDK throws on purpose. There is a class for every cause, so callers tell them apart with
 * `instanceof`; whether trying again can help is a property of the class.
 *
 * @example
 * try {
 *   await readNetwork(network, clients)
 * } catch (error) {
 *   if (error instanceof IsobarError && error.retryable) console.warn(error.shortMessage)
 *   else throw error
 * }
 */
export class IsobarError extends Error {
  override readonly name: string = 'IsobarError'
  /** One sentence. `message` also holds the context, the details and the advice. */
  readonly shortMessage: string
  readonly details: string | undefined
  readonly advice: string | undefined
  /** Whether the same call may succeed later without anything being changed. */
  readonly retryable: boolean = false

  constructor(shortMessage: string, parameters: IsobarErrorParameters = {}) {
    const { details, advice, cause, context = [] } = parameters
    const parts = [
      shortMessage,
      ...(context.length > 0 ? [context.map((line) => `  ${line}`).join('\n')] : []),
      ...(details ? [`Details: ${details}`] : []),
      ...(advice ? [`What to do: ${advice}`] : []),
    ]
    super(parts.join('\n'), cause === undefined ? undefined : { cause })
    this.shortMessage = shortMessage
    this.details = details
    this.advice = advice
  }
}
