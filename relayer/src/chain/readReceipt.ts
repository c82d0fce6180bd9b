import { decodePacket, endpointV2Abi, laneRouterAbi, type NetworkChain } from '@isobar/router-sdk'
import { type Hex, isAddressEqual, parseEventLogs, type TransactionReceipt } from 'viem'

/** What an action's receipt says about its message. */
export type SentMessage = {
  readonly guid: Hex
  /** Number of the message on the path between the routers; missing when the message is a token's, not the router's. */
  readonly messageNonce?: bigint
}

/** Finds the message that a router sent, by its events. `undefined` when the transaction did not do what it was for. */
export function readReceipt(chain: NetworkChain, receipt: TransactionReceipt): SentMessage | undefined {
  const events = parseEventLogs({
    abi: laneRouterAbi,
    eventName: ['Rebalanced', 'StatementSent'],
    logs: receipt.logs,
  })
  const event = events.find(({ address }) => isAddressEqual(address, chain.isobar.router))
  if (!event) return undefined
  const { guid } = event.args
  if (event.eventName === 'Rebalanced') return { guid }
  const packets = parseEventLogs({ abi: endpointV2Abi, eventName: 'PacketSent', logs: receipt.logs })
  const packet = packets
    .filter(({ address }) => isAddressEqual(address, chain.layerzero.endpoint))
    .map(({ args }) => decodePacket(args.encodedPayload))
    .find((candidate) => candidate.guid === guid)
  return packet ? { guid, messageNonce: packet.nonce } : undefined
}
