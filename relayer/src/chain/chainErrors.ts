import { IsobarError } from '@isobar/router-sdk'
import { formatGwei } from 'viem'

/** Thrown when a router refused an action before it was sent: nothing was spent. */
export class ActionRefusedError extends IsobarError {
  override readonly name = 'ActionRefusedError'
  override readonly retryable = true
}

/** Thrown when gas costs more than the configuration allows. */
export class GasPriceTooHighError extends IsobarError {
  override readonly name = 'GasPriceTooHighError'
  override readonly retryable = true
  constructor(
    readonly chain: string,
    /** Wei. */
    readonly needed: bigint,
    /** Wei. */
    readonly limit: bigint,
  ) {
    super(
      `Gas on '${chain}' costs up to ${formatGwei(needed)} gwei, more than the limit of ${formatGwei(limit)}.`,
      {
        advice: `wait, or raise chains.${chain}.maxFeePerGasGwei.`,
      },
    )
  }
}

/** Thrown when the relayer's account cannot pay for a transaction. */
export class InsufficientFundsError extends IsobarError {
  override readonly name = 'InsufficientFundsError'
  override readonly retryable = true
  constructor(
    readonly chain: string,
    readonly account: string,
    cause: unknown,
  ) {
    super(`The relayer's account ${account} cannot pay for a transaction on '${chain}'.`, {
      advice: `send some of the native token of '${chain}' to it.`,
      cause,
    })
  }
}

/** Thrown when a node did not take a transaction. */
export class BroadcastError extends IsobarError {
  override readonly name = 'BroadcastError'
  override readonly retryable = true
}
