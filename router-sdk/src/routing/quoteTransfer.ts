import { laneRouterAbi } from '../abi/index.js'
import { type LocalAmount, local, type SharedAmount, scaleOf, shared, toLocal } from '../network/amounts.js'
import { clientOf, type NetworkClients } from '../network/clients.js'
import type { Network } from '../network/network.js'
import { explainRefusal } from './explainRefusal.js'
import { laneEnds } from './laneEnds.js'
import { DustAmountError, ZeroAmountError } from './transferErrors.js'

export type QuoteTransferParameters = {
  readonly network: Network
  readonly clients: NetworkClients
  /** Chain name or LayerZero endpoint id. */
  readonly from: string | number
  readonly to: string | number
  /** What the sender pays, in the asset's decimals on `from`; what is below a shared unit is not taken. */
  readonly amount: LocalAmount
}

/** What a transfer over a direct lane costs and brings, as of one block. */
export type TransferQuote = {
  readonly from: string
  readonly to: string
  /** What is taken on `from`, in its decimals: the amount asked for without its dust. */
  readonly amount: LocalAmount
  /** The same in shared decimals. */
  readonly gross: SharedAmount
  /** Fee within `gross`. */
  readonly fee: SharedAmount
  /** What the recipient gets. */
  readonly received: SharedAmount
  /** The same in the decimals of the asset on `to`. */
  readonly receivedLocal: LocalAmount
  /** The largest `gross` that the lane sells now. */
  readonly available: SharedAmount
  /** LayerZero's fee, wei of `from`. */
  readonly messageFee: bigint
}

/**
 * What a transfer over the lane from one chain to another costs now. A lane quotes only what the destination has set
 * cash aside for, so what is quoted and sold is paid.
 *
 * @throws {@link UnknownChainError}, {@link SameChainError}, {@link ZeroAmountError}, {@link DustAmountError},
 * {@link BelowMinimumTransferError}, {@link InsufficientCreditError} (says how much is available),
 * {@link LaneFrozenError}, {@link AmountTooLargeError}, {@link MissingClientError}.
 *
 * @example
 * ```ts
 * import { local, type Network, type NetworkClients, quoteTransfer } from '@isobar/router-sdk'
 *
 * async function price(network: Network, clients: NetworkClients) {
 *   const amount = local(250_000000n) // 250 of an asset with 6 decimals on ethereum
 *   const quote = await quoteTransfer({ network, clients, from: 'ethereum', to: 'base', amount })
 *   return { youGet: quote.receivedLocal, messageFee: quote.messageFee }
 * }
 * ```
 */
export async function quoteTransfer(parameters: QuoteTransferParameters): Promise<TransferQuote> {
  const { network, clients, amount } = parameters
  const ends = laneEnds(network, parameters.from, parameters.to)
  const { from, to } = ends
  if (amount <= 0n) throw new ZeroAmountError(amount)
  const scale = scaleOf(from.asset.decimals)
  if (amount < scale) throw new DustAmountError(amount, scale)

  const client = clientOf(clients, from)
  try {
    const quote = await client.readContract({
      address: from.isobar.router,
      abi: laneRouterAbi,
      functionName: 'quoteTransfer',
      args: [to.eid, amount],
    })
    return {
      from: from.name,
      to: to.name,
      amount: local(quote.gross * scale),
      gross: shared(quote.gross),
      fee: shared(quote.fee),
      received: shared(quote.received),
      receivedLocal: toLocal(shared(quote.received), to.asset.decimals),
      available: shared(quote.available),
      messageFee: quote.messageFee,
    }
  } catch (error) {
    throw explainRefusal(error, ends)
  }
}
