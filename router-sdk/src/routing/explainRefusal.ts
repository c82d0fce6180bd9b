import { BaseError } from 'viem'
import type { IsobarError } from '../errors/index.js'
import { shared } from '../network/amounts.js'
import { decodeRevert, describeRevert, type Revert } from './decodeRevert.js'
import type { LaneEnds } from './laneEnds.js'
import {
  AmountTooLargeError,
  BelowMinimumTransferError,
  DeadlinePassedError,
  DustAmountError,
  InsufficientBalanceError,
  InsufficientCreditError,
  InvalidTransferError,
  LaneFrozenError,
  ReceivedBelowMinimumError,
  TransferRefusedError,
} from './transferErrors.js'

/** The router's refusal of a quote or transfer as a typed error; what is not a refusal comes back as it was. */
export function explainRefusal(error: unknown, ends: LaneEnds): unknown {
  const revert = decodeRevert(error)
  if (revert !== undefined) return refusal(revert, ends, error)
  const reverted =
    error instanceof BaseError && error.walk((e) => e instanceof Error && /revert/i.test(e.name))
  if (!reverted) return error
  return new TransferRefusedError(`The router on '${ends.from.name}' refused without a reason.`, {
    details: error.shortMessage,
    advice: 'check that the network file names the contracts of this chain.',
    cause: error,
  })
}

function refusal(revert: Revert, { from, to }: LaneEnds, cause: unknown): IsobarError {
  const [first, second] = revert.args.filter((arg) => typeof arg === 'bigint').map(BigInt)
  switch (revert.name) {
    case 'InsufficientCredit':
      return new InsufficientCreditError(from.name, to.name, shared(first ?? 0n), shared(second ?? 0n))
    case 'BelowMinimumTransfer':
      return new BelowMinimumTransferError(shared(first ?? 0n), shared(second ?? 0n))
    case 'AmountBelowSharedUnit':
      return new DustAmountError(first ?? 0n, second ?? 0n)
    case 'AmountTooLarge':
      return new AmountTooLargeError(first ?? 0n)
    case 'LaneFrozen':
      return new LaneFrozenError(from.name, to.name)
    case 'ReceivedBelowMinimum':
      return new ReceivedBelowMinimumError(shared(first ?? 0n), shared(second ?? 0n))
    case 'DeadlinePassed':
      return new DeadlinePassedError(first ?? 0n, second ?? 0n)
    case 'ERC20InsufficientBalance':
      return new InsufficientBalanceError(String(revert.args[0]), first ?? 0n, second ?? 0n)
    case 'ZeroAddress':
      return new InvalidTransferError('The recipient is the zero address.', {
        advice: 'name the address to pay at the destination.',
        cause,
      })
    case 'UnknownLane':
    case 'NoPeer':
      return new TransferRefusedError(`The router on '${from.name}' has no lane to '${to.name}'.`, {
        details: describeRevert(revert),
        advice: 'check that the network file is of this deployment.',
        cause,
      })
    case 'LZ_InsufficientFee':
      return new TransferRefusedError("LayerZero's fee rose above what was paid.", {
        details: `needed ${first} wei, got ${second} wei`,
        advice: 'quote again.',
        cause,
      })
    default:
      return new TransferRefusedError(`The transfer ${from.name} → ${to.name} was refused.`, {
        details: describeRevert(revert),
        cause,
      })
  }
}
