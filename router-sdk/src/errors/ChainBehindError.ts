import { IsobarError } from './IsobarError.js'

/** A chain's newest block is too old: what it says is not the network's present state. */
export class ChainBehindError extends IsobarError {
  override readonly name = 'ChainBehindError'
  override readonly retryable = true
  constructor(
    readonly chain: string,
    /** Unix seconds. */
    readonly timestamp: bigint,
    /** What it was compared with, Unix seconds. */
    readonly reference: bigint,
    /** Seconds. */
    readonly limit: bigint,
    /** Whose time the reference is: another chain's name, or `clock`. */
    readonly ahead: string,
  ) {
    const lag = reference - timestamp
    const whom = ahead === 'clock' ? 'the clock' : `chain "${ahead}"`
    super(`Chain "${chain}" is ${lag} s behind ${whom}; at most ${limit} s are allowed.`, {
      context: [`newest block at ${timestamp}, ${whom} at ${reference} (Unix seconds)`],
      advice: `check whether the node of "${chain}" is still syncing, or give it another endpoint; raise maxLag if the chain makes blocks this rarely.`,
    })
  }
}
