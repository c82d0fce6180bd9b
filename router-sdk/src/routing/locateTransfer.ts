import {
  type Address,
  getAbiItem,
  type Hash,
  type Hex,
  parseEventLogs,
  type TransactionReceipt,
  TransactionReceiptNotFoundError,
} from 'viem'
import { endpointV2Abi, laneRouterAbi } from '../abi/index.js'
import { decodePacket } from '../layerzero/packet.js'
import { type SharedAmount, shared } from '../network/amounts.js'
import { chainOf } from '../network/chainOf.js'
import { clientOf, type NetworkClients } from '../network/clients.js'
import type { Network, NetworkChain } from '../network/network.js'
import { findLogs } from './findLogs.js'
import { TransferNotFoundError } from './transferErrors.js'

/** Names a transfer: by LayerZero's guid, or by the transaction that sent it. */
export type TransferReference = (
  | { readonly guid: Hex; readonly hash?: undefined }
  | { readonly hash: Hash; readonly guid?: undefined }
) & {
  /** Chain that it was sent from, name or endpoint id. Default: all chains are asked. */
  readonly from?: string | number
}

/** A transfer as its origin knows it. Only a reorganisation of that chain changes it. */
export type LocatedTransfer = {
  readonly guid: Hex
  readonly from: NetworkChain
  readonly to: NetworkChain
  readonly sender: Address
  readonly recipient: Address
  readonly gross: SharedAmount
  readonly received: SharedAmount
  /** Its message's number on the path between the routers. */
  readonly nonce: bigint
  readonly hash: Hash
  readonly blockNumber: bigint
  /** Unix seconds. */
  readonly sentAt: bigint
}

const transferSold = getAbiItem({ abi: laneRouterAbi, name: 'TransferSold' })

/** Finds a transfer at its origin. */
export async function locateTransfer(
  network: Network,
  clients: NetworkClients,
  reference: TransferReference,
): Promise<LocatedTransfer> {
  const chains = reference.from === undefined ? network.chains : [chainOf(network, reference.from)]
  const found = await Promise.allSettled(
    chains.map(async (chain) => {
      const receipt = await receiptOn(chain, clients, reference)
      return receipt && readSale(network, clients, chain, receipt, reference.guid)
    }),
  )
  const transfer = found
    .map((result) => (result.status === 'fulfilled' ? result.value : undefined))
    .find(Boolean)
  if (transfer) return transfer
  // Where one chain did not answer, not found elsewhere says nothing.
  const failed = found.find((result) => result.status === 'rejected')
  if (failed) throw failed.reason
  throw new TransferNotFoundError(
    `No transfer has the ${reference.guid ? 'guid' : 'hash'} ${reference.guid ?? reference.hash}.`,
    {
      details: `asked on ${chains.map(({ name }) => name).join(', ')}`,
      advice: 'was the transaction mined? Is the network file of this deployment?',
    },
  )
}

async function receiptOn(
  chain: NetworkChain,
  clients: NetworkClients,
  { guid, hash }: TransferReference,
): Promise<TransactionReceipt | undefined> {
  const client = clientOf(clients, chain)
  const receiptOf = (transaction: Hash) =>
    client.getTransactionReceipt({ hash: transaction }).catch((error: unknown) => {
      if (error instanceof TransactionReceiptNotFoundError) return undefined
      throw error
    })
  if (hash !== undefined) return receiptOf(hash)
  const range = { fromBlock: chain.deployedAt, toBlock: await client.getBlockNumber({ cacheTime: 0 }) }
  const address = chain.isobar.router
  const read = (part: typeof range) =>
    client.getLogs({ address, event: transferSold, args: { guid }, ...part, strict: true })
  const [log] = await findLogs(range, read, { newestFirst: true })
  return log && receiptOf(log.transactionHash)
}

async function readSale(
  network: Network,
  clients: NetworkClients,
  from: NetworkChain,
  receipt: TransactionReceipt,
  guid: Hex | undefined,
): Promise<LocatedTransfer | undefined> {
  const { logs } = receipt
  const sale = parseEventLogs({ abi: laneRouterAbi, eventName: 'TransferSold', logs }).find(
    ({ address, args }) =>
      sameAddress(address, from.isobar.router) && (guid === undefined || args.guid === guid),
  )
  if (!sale) return undefined
  const packet = parseEventLogs({ abi: endpointV2Abi, eventName: 'PacketSent', logs })
    .filter(({ address }) => sameAddress(address, from.layerzero.endpoint))
    .map(({ args }) => decodePacket(args.encodedPayload))
    .find((candidate) => candidate.guid === sale.args.guid)
  if (!packet) return undefined
  const { timestamp } = await clientOf(clients, from).getBlock({ blockNumber: receipt.blockNumber })
  return {
    guid: sale.args.guid,
    from,
    to: chainOf(network, sale.args.dstEid),
    sender: sale.args.sender,
    recipient: sale.args.recipient,
    gross: shared(sale.args.gross),
    received: shared(sale.args.gross - sale.args.fee),
    nonce: packet.nonce,
    hash: receipt.transactionHash,
    blockNumber: receipt.blockNumber,
    sentAt: timestamp,
  }
}

export const sameAddress = (a: Address, b: Address): boolean => a.toLowerCase() === b.toLowerCase()
