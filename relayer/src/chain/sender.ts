import {
  type Address,
  BaseError,
  type Hex,
  keccak256,
  type LocalAccount,
  InsufficientFundsError as NodeInsufficientFundsError,
  NonceTooLowError,
  type PublicClient,
  type TransactionReceipt,
  TransactionReceiptNotFoundError,
} from 'viem'
import type { Clock } from '../clock.js'
import type { Attempt } from '../store/intent.js'
import { BroadcastError, InsufficientFundsError } from './chainErrors.js'
import { gasFees, highestPrice } from './fees.js'

/** A transaction with everything given but nonce and price. */
export type OutgoingTransaction = {
  readonly to: Address
  readonly data: Hex
  /** Wei. */
  readonly value: bigint
  readonly gas: bigint
}

/** Where the transactions of one nonce are. */
export type AttemptOutcome =
  | { readonly status: 'pending' }
  | { readonly status: 'mined'; readonly receipt: TransactionReceipt }
  /** Another transaction has the nonce: none of these can be mined any more. */
  | { readonly status: 'replaced' }

/** Sends the transactions of one account on one chain; the only place that counts its nonces. */
export type TransactionSender = {
  readonly address: Address
  /**
   * Signs a transaction and hands it to the node. `record` is awaited in between: what it writes down survives, whatever
   * happens to the node or to this process.
   *
   * @throws {@link GasPriceTooHighError}, {@link InsufficientFundsError}, {@link BroadcastError} when the node took
   * nothing, so that the intent is void.
   */
  readonly send: (
    transaction: OutgoingTransaction,
    record: (attempt: Attempt) => Promise<void>,
  ) => Promise<Attempt>
  /** Asks for the receipts of all attempts at once: whichever was mined counts. */
  readonly outcome: (attempts: readonly Attempt[]) => Promise<AttemptOutcome>
  /** Keeps a nonce from being given out again: for intents of an earlier run. */
  readonly adopt: (nonce: number) => void
  /** Forgets a nonce that is settled. */
  readonly release: (nonce: number) => void
}

export type SenderOptions = {
  /** The chain's name, for errors. */
  readonly name: string
  readonly chainId: number
  readonly client: PublicClient
  readonly account: LocalAccount
  /** Wei; nothing is sent while gas costs more. */
  readonly maxFeePerGas?: bigint
  readonly clock: Clock
}

/** Nodes that have the transaction already say so in words of their own: geth, then others. */
const KNOWN_ALREADY = /already known|already imported|known transaction|already exists/i

export function createSender(options: SenderOptions): TransactionSender {
  const { name, chainId, client, account, clock } = options
  /** Nonces given out and not settled. Without any, the node's count is right even if someone else uses the key. */
  const open = new Set<number>()
  let turn: Promise<unknown> = Promise.resolve()

  async function nextNonce(): Promise<number> {
    const pending = await client.getTransactionCount({ address: account.address, blockTag: 'pending' })
    return Math.max(pending, ...[...open].map((nonce) => nonce + 1))
  }

  async function sendNext(
    { to, data, value, gas }: OutgoingTransaction,
    record: (attempt: Attempt) => Promise<void>,
  ): Promise<Attempt> {
    const [nonce, fees] = await Promise.all([nextNonce(), gasFees(name, client, options.maxFeePerGas)])
    const signed = await account.signTransaction({ ...fees, chainId, nonce, to, data, value, gas })
    const maxFeePerGas = highestPrice(fees)
    const attempt: Attempt = { hash: keccak256(signed), nonce, maxFeePerGas, signedAt: clock.now() }
    open.add(nonce)
    try {
      await record(attempt)
      await broadcast(signed)
    } catch (error) {
      open.delete(nonce)
      throw error
    }
    return attempt
  }

  async function broadcast(serializedTransaction: Hex): Promise<void> {
    try {
      await client.sendRawTransaction({ serializedTransaction })
    } catch (error) {
      if (!(error instanceof BaseError)) throw error
      if (KNOWN_ALREADY.test(error.details)) return
      if (
        error.walk((cause) => cause instanceof NodeInsufficientFundsError) ||
        /insufficient funds/i.test(error.details)
      )
        throw new InsufficientFundsError(name, account.address, error)
      // Whether it arrived is not known when the node did not answer: it counts as sent, and following it will tell.
      if (!wasAnswered(error)) return
      const outrun =
        error.walk((cause) => cause instanceof NonceTooLowError) || /nonce too low/i.test(error.details)
      throw new BroadcastError(`The node of '${name}' did not take a transaction.`, {
        details: error.details || error.shortMessage,
        advice: outrun
          ? 'something else uses this key on this chain: give every relayer a key of its own.'
          : 'it is planned anew on the next tick.',
        cause: error,
      })
    }
  }

  return {
    address: account.address,
    send(transaction, record) {
      // One at a time: two that sign at once would take the same nonce.
      const next = turn.then(() => sendNext(transaction, record))
      turn = next.catch(() => undefined)
      return next
    },
    async outcome(attempts) {
      const [first] = attempts
      if (!first) return { status: 'replaced' }
      // Asked before the receipts: if the nonce was used by then, one of the receipts must be there.
      const used = await client.getTransactionCount({ address: account.address, blockTag: 'latest' })
      const receipts = await Promise.all(attempts.map(({ hash }) => receiptOf(client, hash)))
      const receipt = receipts.find((candidate) => candidate !== undefined)
      if (receipt) return { status: 'mined', receipt }
      return { status: used > first.nonce ? 'replaced' : 'pending' }
    },
    adopt: (nonce) => void open.add(nonce),
    release: (nonce) => void open.delete(nonce),
  }
}

async function receiptOf(client: PublicClient, hash: Hex): Promise<TransactionReceipt | undefined> {
  try {
    return await client.getTransactionReceipt({ hash })
  } catch (error) {
    if (error instanceof TransactionReceiptNotFoundError) return undefined
    throw error
  }
}

/** A JSON-RPC error is an answer; a broken connection or a time-out is none. */
function wasAnswered(error: BaseError): boolean {
  return error.walk((cause) => typeof cause === 'object' && cause !== null && 'code' in cause) !== null
}
