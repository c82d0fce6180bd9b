import { type Address, encodeFunctionData, erc20Abi, type Hex, isAddress, zeroAddress } from 'viem'
import { laneRouterAbi } from '../abi/index.js'
import { type LocalAmount, type SharedAmount, shared } from '../network/amounts.js'
import { clientOf, type NetworkClients } from '../network/clients.js'
import type { Network } from '../network/network.js'
import { laneEnds } from './laneEnds.js'
import { quoteTransfer, type TransferQuote } from './quoteTransfer.js'
import { InvalidTransferError } from './transferErrors.js'

/** What to transfer: a quote, or what to quote. */
export type TransferRequest =
  | { readonly quote: TransferQuote }
  | {
      readonly quote?: undefined
      /** Chain name or LayerZero endpoint id. */
      readonly from: string | number
      readonly to: string | number
      /** What the sender pays, in the asset's decimals on `from`. */
      readonly amount: LocalAmount
    }

export type TransferTerms = {
  /** Who is paid at the destination. An address there: a contract's address may be someone else's on another chain. */
  readonly recipient: Address
  /** Least that the recipient must get, shared decimals. Default: what is quoted, less `slippage`. */
  readonly minReceived?: SharedAmount
  /** How much less than quoted the recipient accepts, as a fraction (0.001 = 0.1 %). Default 0.001. */
  readonly slippage?: number
  /** Seconds of chain time for which the transfer may be sold. Default 1,200. */
  readonly deadlineSeconds?: number
}

export type BuildTransferParameters = TransferRequest &
  TransferTerms & {
    readonly network: Network
    readonly clients: NetworkClients
    /** Who will send it. When given, an approval that is there already is not asked for again. */
    readonly sender?: Address
  }

/** A transaction for the sender to sign, on the chain the transfer starts from. */
export type UnsignedTransaction = {
  readonly to: Address
  readonly data: Hex
  /** Wei. */
  readonly value: bigint
}

export type BuiltTransfer = {
  readonly quote: TransferQuote
  readonly minReceived: SharedAmount
  /** Unix seconds, chain time. */
  readonly deadline: bigint
  /** EIP-155 id of the chain that the transactions are for. */
  readonly chainId: number
  /** To be mined in this order: approvals, if needed, then the transfer. */
  readonly transactions: readonly UnsignedTransaction[]
}

const DEFAULT_SLIPPAGE = 0.001
const DEFAULT_DEADLINE_SECONDS = 1_200
/** LayerZero's fee follows gas prices, and may move between quote and block; what is over comes back to the sender. */
const MESSAGE_FEE_MARGIN_PERCENT = 10n
const PARTS_PER_MILLION = 1_000_000n

/**
 * The transactions of a transfer, unsigned, for wallets and backends that sign by themselves. The approval is for the
 * exact amount.
 *
 * @throws what {@link quoteTransfer} throws, and {@link InvalidTransferError} for terms that cannot be meant.
 *
 * @example
 * ```ts
 * import { type Address } from 'viem'
 * import { buildTransfer, local, type Network, type NetworkClients } from '@isobar/router-sdk'
 *
 * async function prepare(network: Network, clients: NetworkClients, sender: Address) {
 *   const amount = local(250_000000n)
 *   const transfer = { from: 'ethereum', to: 'base', amount, recipient: sender, sender }
 *   const { transactions } = await buildTransfer({ network, clients, ...transfer })
 *   return transactions // [{ to, data, value }, ...]
 * }
 * ```
 */
export async function buildTransfer(parameters: BuildTransferParameters): Promise<BuiltTransfer> {
  const { network, clients, recipient, sender } = parameters
  if (!isAddress(recipient) || recipient === zeroAddress)
    throw new InvalidTransferError(`The recipient '${recipient}' is not an address that can be paid.`, {
      advice: 'name the address to pay at the destination; mixed case must be its checksum.',
    })
  const quote = parameters.quote ?? (await quoteTransfer({ ...parameters, network, clients }))
  const { from, to } = laneEnds(network, quote.from, quote.to)
  const minReceived = leastReceived(quote, parameters)
  const client = clientOf(clients, from)
  // The chain's own time: wallets' clocks are off, and local chains may run ahead.
  const { timestamp } = await client.getBlock()
  const deadline = timestamp + BigInt(secondsToDeadline(parameters.deadlineSeconds))

  const { router } = from.isobar
  const { token } = from.asset
  const allowance =
    sender === undefined
      ? 0n
      : await client.readContract({
          address: token,
          abi: erc20Abi,
          functionName: 'allowance',
          args: [sender, router],
        })
  const approve = (amount: bigint): UnsignedTransaction => ({
    to: token,
    data: encodeFunctionData({ abi: erc20Abi, functionName: 'approve', args: [router, amount] }),
    value: 0n,
  })
  const approvals =
    allowance >= quote.amount
      ? []
      : // Some tokens (USDT) refuse to change an allowance that is not zero.
        [...(allowance > 0n ? [approve(0n)] : []), approve(quote.amount)]
  const transfer: UnsignedTransaction = {
    to: router,
    data: encodeFunctionData({
      abi: laneRouterAbi,
      functionName: 'transfer',
      args: [{ dstEid: to.eid, recipient, amount: quote.amount, minReceived, deadline: Number(deadline) }],
    }),
    value: quote.messageFee + (quote.messageFee * MESSAGE_FEE_MARGIN_PERCENT) / 100n,
  }
  return { quote, minReceived, deadline, chainId: from.chainId, transactions: [...approvals, transfer] }
}

function leastReceived(quote: TransferQuote, { minReceived, slippage }: TransferTerms): SharedAmount {
  if (minReceived !== undefined) {
    if (minReceived >= 0n && minReceived <= quote.received) return minReceived
    throw new InvalidTransferError(`minReceived is ${minReceived}, and the quote gives ${quote.received}.`, {
      details: 'both in shared decimals (6)',
      advice: 'ask for no more than is quoted; leave minReceived out to allow a small slippage.',
    })
  }
  const fraction = slippage ?? DEFAULT_SLIPPAGE
  if (!(fraction >= 0 && fraction <= 1))
    throw new InvalidTransferError(`slippage is ${fraction}.`, {
      advice: 'give a fraction from 0 to 1: 0.001 is 0.1 %.',
    })
  const kept = PARTS_PER_MILLION - BigInt(Math.round(fraction * Number(PARTS_PER_MILLION)))
  return shared((quote.received * kept) / PARTS_PER_MILLION)
}

function secondsToDeadline(seconds = DEFAULT_DEADLINE_SECONDS): number {
  if (Number.isFinite(seconds) && seconds > 0) return Math.ceil(seconds)
  throw new InvalidTransferError(`deadlineSeconds is ${seconds}.`, {
    advice: 'give the number of seconds for which the transfer may be sold, above 0.',
  })
}
