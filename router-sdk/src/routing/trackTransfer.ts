import { getAbiItem, type Hash, type Hex, type Log, parseEventLogs } from 'viem'
import { endpointV2Abi, laneRouterAbi, vaultAbi } from '../abi/index.js'
import { addressToBytes32 } from '../layerzero/packet.js'
import type { SharedAmount } from '../network/amounts.js'
import { clientOf, type NetworkClients } from '../network/clients.js'
import type { Network } from '../network/network.js'
import { type BlockRange, findLogs } from './findLogs.js'
import { firstBlockSince } from './firstBlockSince.js'
import {
  type LocatedTransfer,
  locateTransfer,
  sameAddress,
  type TransferReference,
} from './locateTransfer.js'

export type TrackTransferParameters = TransferReference & {
  readonly network: Network
  readonly clients: NetworkClients
}

/** A transaction that moved a transfer on. */
export type TransferStep = {
  readonly hash: Hash
  readonly blockNumber: bigint
  /** Unix seconds, of the block. */
  readonly at: bigint
}

/**
 * Where a transfer is:
 * - `sent`: sold at its origin; its message is not verified at the destination yet.
 * - `verified`: LayerZero has verified the message; anyone may deliver it now.
 * - `paid`: the recipient has the asset.
 * - `parked`: the token refused the recipient; the cash waits for them in the vault (`collect`).
 * - `unfunded`: it came without credit to spend; it is paid once the lane has credit again (`fundOrder`).
 */
export type TransferStatus = {
  readonly guid: Hex
  readonly from: string
  readonly to: string
  readonly recipient: Hex
  readonly gross: SharedAmount
  /** What the recipient gets. */
  readonly received: SharedAmount
  readonly sent: TransferStep
} & (
  | { readonly status: 'sent' | 'verified'; readonly settled?: undefined }
  | {
      readonly status: 'paid' | 'parked' | 'unfunded'
      /** The transaction at the destination that did so. */
      readonly settled: TransferStep
    }
)

const orderPaid = getAbiItem({ abi: laneRouterAbi, name: 'OrderPaid' })
const orderUnfunded = getAbiItem({ abi: laneRouterAbi, name: 'OrderUnfunded' })

/** Clocks of two chains may differ by this much, seconds: a delivery may seem older than what it delivers. */
const CLOCK_SKEW = 3_600n
/** Reading this many blocks is cheaper than looking for the right one. */
const FEW_BLOCKS = 50_000n

/**
 * Where a transfer is now. Reads state first and logs only for what has been delivered, so it can be asked often.
 *
 * @throws {@link TransferNotFoundError}, {@link UnknownChainError}, {@link MissingClientError}.
 *
 * @example
 * ```ts
 * import type { Hex } from 'viem'
 * import { type Network, type NetworkClients, trackTransfer } from '@isobar/router-sdk'
 *
 * async function isPaid(network: Network, clients: NetworkClients, guid: Hex) {
 *   const { status } = await trackTransfer({ network, clients, guid })
 *   return status === 'paid'
 * }
 * ```
 */
export async function trackTransfer(parameters: TrackTransferParameters): Promise<TransferStatus> {
  const { network, clients } = parameters
  return readDelivery(clients, await locateTransfer(network, clients, parameters))
}

/** Where a located transfer is now. */
export async function readDelivery(
  clients: NetworkClients,
  transfer: LocatedTransfer,
): Promise<TransferStatus> {
  const { guid, from, to, recipient, gross, received } = transfer
  const sent = { hash: transfer.hash, blockNumber: transfer.blockNumber, at: transfer.sentAt }
  const known = { guid, from: from.name, to: to.name, recipient, gross, received, sent }
  const state = await readMessage(clients, transfer)
  if (state !== 'delivered') return { ...known, status: state }
  const settlement = await findSettlement(clients, transfer)
  // Delivered by the endpoint's state, but the node has not indexed the logs yet.
  if (!settlement) return { ...known, status: 'verified' }
  return { ...known, ...settlement }
}

/** A committed message has a hash in the endpoint; its delivery clears the hash and counts its nonce as passed. */
async function readMessage(
  clients: NetworkClients,
  { from, to, nonce }: LocatedTransfer,
): Promise<'sent' | 'verified' | 'delivered'> {
  const path = [to.isobar.router, from.eid, addressToBytes32(from.isobar.router)] as const
  const endpoint = { address: to.layerzero.endpoint, abi: endpointV2Abi } as const
  const [payloadHash, passed] = await clientOf(clients, to).multicall({
    multicallAddress: to.multicall3,
    allowFailure: false,
    contracts: [
      { ...endpoint, functionName: 'inboundPayloadHash', args: [...path, nonce] },
      { ...endpoint, functionName: 'lazyInboundNonce', args: path },
    ],
  })
  // The endpoint marks messages that were voided and have to be verified again with all ones.
  if (BigInt(payloadHash) === 2n ** 256n - 1n) return 'sent'
  if (BigInt(payloadHash) !== 0n) return 'verified'
  return nonce <= passed ? 'delivered' : 'sent'
}

async function findSettlement(clients: NetworkClients, transfer: LocatedTransfer) {
  const { guid, to } = transfer
  const client = clientOf(clients, to)
  const newest = await client.getBlockNumber({ cacheTime: 0 })
  const { deployedAt } = to
  const first =
    newest - deployedAt <= FEW_BLOCKS
      ? deployedAt
      : await firstBlockSince(client, transfer.sentAt - CLOCK_SKEW, deployedAt)
  const range = { fromBlock: first, toBlock: newest }
  const address = to.isobar.router
  const [paid] = await findLogs(range, (part: BlockRange) =>
    client.getLogs({ address, event: orderPaid, args: { guid }, strict: true, ...part }),
  )
  const [unfunded] = paid
    ? []
    : await findLogs(range, (part: BlockRange) =>
        client.getLogs({ address, event: orderUnfunded, args: { guid }, strict: true, ...part }),
      )
  const log = paid ?? unfunded
  if (!log) return undefined

  const [receipt, block] = await Promise.all([
    client.getTransactionReceipt({ hash: log.transactionHash }),
    client.getBlock({ blockNumber: log.blockNumber }),
  ])
  const settled = { hash: log.transactionHash, blockNumber: log.blockNumber, at: block.timestamp }
  if (!paid) return { status: 'unfunded', settled } as const
  return { status: wasParked(receipt.logs, transfer, paid.logIndex) ? 'parked' : 'paid', settled } as const
}

/**
 * The vault tells when it had to park a payment. Several messages may be delivered in one transaction: what belongs to
 * this one lies between its order and the next message's.
 */
function wasParked(logs: readonly Log[], { guid, to, recipient }: LocatedTransfer, from: number): boolean {
  const orders = parseEventLogs({ abi: laneRouterAbi, eventName: 'OrderPaid', logs: [...logs] })
  const next = orders.find(({ logIndex, args }) => logIndex > from && args.guid !== guid)
  return parseEventLogs({ abi: vaultAbi, eventName: 'Parked', logs: [...logs] }).some(
    ({ address, logIndex, args }) =>
      sameAddress(address, to.isobar.vault) &&
      sameAddress(args.beneficiary, recipient) &&
      logIndex > from &&
      (next === undefined || logIndex < next.logIndex),
  )
}
