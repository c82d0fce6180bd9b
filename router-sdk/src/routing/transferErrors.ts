import { formatUnits } from 'viem'
import { IsobarError } from '../errors/index.js'
import { SHARED_DECIMALS, type SharedAmount } from '../network/amounts.js'

/** Shared units as people read them. */
const asset = (amount: bigint): string => formatUnits(amount, SHARED_DECIMALS)

/** Thrown for a transfer that starts and ends on one chain. */
export class SameChainError extends IsobarError {
  override readonly name = 'SameChainError'
  constructor(readonly chain: string) {
    super(`A transfer leads to another chain, but both ends are '${chain}'.`, {
      advice: 'on one chain, transfer the token itself.',
    })
  }
}

/** Thrown when nothing, or less than nothing, is to be transferred. */
export class ZeroAmountError extends IsobarError {
  override readonly name = 'ZeroAmountError'
  constructor(readonly amount: bigint) {
    super(`The amount to transfer is ${amount}.`, {
      advice: "give an amount above 0, in the asset's own decimals.",
    })
  }
}

/** Thrown when nothing is left of an amount in shared decimals. */
export class DustAmountError extends IsobarError {
  override readonly name = 'DustAmountError'
  constructor(
    /** Local units. */
    readonly amount: bigint,
    /** Local units in the smallest amount that travels. */
    readonly sharedUnit: bigint,
  ) {
    super(`The amount ${amount} is less than a millionth of the asset, so none of it can travel.`, {
      details: `amounts travel in ${SHARED_DECIMALS} decimals; one unit of those is ${sharedUnit} units here`,
      advice: `transfer at least ${sharedUnit}. Is the amount in the asset's own decimals?`,
    })
  }
}

/** Thrown when an amount is beyond what a message can carry. */
export class AmountTooLargeError extends IsobarError {
  override readonly name = 'AmountTooLargeError'
  constructor(readonly amount: bigint) {
    super(`The amount ${amount} is more than a transfer can carry.`, {
      advice: "is the amount in the asset's own decimals? Otherwise send it in parts.",
    })
  }
}

/** Thrown when the lane cannot sell the amount now: less credit is set aside at the destination. */
export class InsufficientCreditError extends IsobarError {
  override readonly name = 'InsufficientCreditError'
  override readonly retryable = true
  constructor(
    readonly from: string,
    readonly to: string,
    readonly requested: SharedAmount,
    /** The most that the lane sells now. */
    readonly available: SharedAmount,
  ) {
    super(`The lane ${from} → ${to} has no credit for ${asset(requested)}.`, {
      details: `cash that '${to}' has set aside for this lane: ${asset(available)}`,
      advice:
        available > 0n
          ? `transfer at most ${asset(available)}, or wait: credit is refilled as it is spent.`
          : 'wait until credit is refilled, or take another lane.',
    })
  }
}

/** Thrown for transfers below the router's minimum. */
export class BelowMinimumTransferError extends IsobarError {
  override readonly name = 'BelowMinimumTransferError'
  constructor(
    readonly amount: SharedAmount,
    readonly minimum: SharedAmount,
  ) {
    super(`A transfer of ${asset(amount)} is below the minimum.`, {
      advice: `transfer at least ${asset(minimum)}.`,
    })
  }
}

/** Thrown when the destination has frozen the lane. */
export class LaneFrozenError extends IsobarError {
  override readonly name = 'LaneFrozenError'
  override readonly retryable = true
  constructor(
    readonly from: string,
    readonly to: string,
  ) {
    super(`The lane ${from} → ${to} is frozen.`, {
      advice: 'take another lane; a freeze ends by itself after 7 days.',
    })
  }
}

/** Thrown when the recipient would get less than asked for. */
export class ReceivedBelowMinimumError extends IsobarError {
  override readonly name = 'ReceivedBelowMinimumError'
  constructor(
    readonly received: SharedAmount,
    readonly minimum: SharedAmount,
  ) {
    super(`The recipient would get ${asset(received)}, less than the minimum of ${asset(minimum)}.`, {
      advice: 'quote again, or allow more slippage.',
    })
  }
}

/** Thrown when a transfer was not mined by its deadline. */
export class DeadlinePassedError extends IsobarError {
  override readonly name = 'DeadlinePassedError'
  constructor(
    /** Unix seconds. */
    readonly deadline: bigint,
    /** Unix seconds, of the block that refused it. */
    readonly timestamp: bigint,
  ) {
    super(`The transfer's deadline passed ${timestamp - deadline} s ago.`, {
      advice: 'quote again and send it with a later deadline.',
    })
  }
}

/** Thrown when the sender holds less of the asset than the transfer takes. */
export class InsufficientBalanceError extends IsobarError {
  override readonly name = 'InsufficientBalanceError'
  constructor(
    readonly account: string,
    /** Local units. */
    readonly balance: bigint,
    /** Local units. */
    readonly needed: bigint,
  ) {
    super(`${account} has ${balance} units of the asset, and the transfer takes ${needed}.`, {
      advice: 'transfer less, or fund the account.',
    })
  }
}

/** Thrown when the wallet cannot sign for the transfer's origin. */
export class WrongWalletError extends IsobarError {
  override readonly name = 'WrongWalletError'
}

/** Thrown for parameters of a transfer that cannot be meant. */
export class InvalidTransferError extends IsobarError {
  override readonly name = 'InvalidTransferError'
}

/** Thrown when the router refused for a reason that has no class of its own. */
export class TransferRefusedError extends IsobarError {
  override readonly name = 'TransferRefusedError'
}

/** Thrown when no transfer has the hash or guid that was asked for. */
export class TransferNotFoundError extends IsobarError {
  override readonly name = 'TransferNotFoundError'
  override readonly retryable = true
}

/** Thrown when a transfer did not get where it was awaited to in time. */
export class TransferTimeoutError extends IsobarError {
  override readonly name = 'TransferTimeoutError'
  override readonly retryable = true
}
