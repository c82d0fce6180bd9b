import { type Address, getAbiItem, hexToBigInt, isAddressEqual, type Log, size, slice } from 'viem'
import { creditMarketAbi, endpointV2Abi, laneRouterAbi, vaultAbi } from '../../abi/index.js'
import { addressToBytes32, decodePacket, type Packet } from '../../layerzero/packet.js'
import { scaleOf } from '../amounts.js'
import { decodeFloat24, encodeFloat24 } from '../float.js'
import { decodeMessage } from '../messageCodec.js'
import type { Network, NetworkChain } from '../network.js'
import {
  type ChainJournal,
  type ChannelJournal,
  type LaneJournal,
  newChain,
  newChannel,
  newLane,
} from './journal.js'

const event = <const abi extends readonly unknown[], const name extends string>(abi: abi, name: name) =>
  getAbiItem({ abi, name } as never) as unknown as Extract<
    abi[number],
    { readonly type: 'event'; readonly name: name }
  >

/** The events that the audit follows. Two contracts' events of one name would need different signatures. */
export const auditEvents = [
  event(endpointV2Abi, 'PacketSent'),
  event(endpointV2Abi, 'PacketDelivered'),
  event(laneRouterAbi, 'TransferSold'),
  event(laneRouterAbi, 'OrderPaid'),
  event(laneRouterAbi, 'StatementSent'),
  event(laneRouterAbi, 'InterestAccepted'),
  event(laneRouterAbi, 'CreditGranted'),
  event(laneRouterAbi, 'CreditReturned'),
  event(laneRouterAbi, 'Rebalanced'),
  event(laneRouterAbi, 'RailReceived'),
  event(laneRouterAbi, 'LaneTermsSet'),
  event(vaultAbi, 'Deposit'),
  event(vaultAbi, 'Withdraw'),
  event(vaultAbi, 'Parked'),
  event(vaultAbi, 'Collected'),
  event(creditMarketAbi, 'Borrowed'),
  event(creditMarketAbi, 'Repaid'),
  event(creditMarketAbi, 'CollateralListed'),
] as const

export type AuditLog = Log<bigint, number, false, undefined, true, typeof auditEvents>

/** The contracts whose logs the audit follows. */
export const auditedContracts = ({ isobar, layerzero }: NetworkChain): Address[] => [
  layerzero.endpoint,
  isobar.router,
  isobar.vault,
  isobar.market,
]

/** What the logs of all chains told so far. */
export interface NetworkJournal {
  chain(name: string): ChainJournal
  lane(chain: NetworkChain, eid: number): LaneJournal
  /** One direction of a lane. */
  channel(from: NetworkChain, to: NetworkChain): ChannelJournal
  apply(chain: NetworkChain, logs: readonly AuditLog[]): void
}

/** In an OFT's message: recipient 32, amount in shared decimals 8, then, with a compose, its sender 32 and payload. */
const OFT_AMOUNT = [32, 40] as const
const OFT_COMPOSE_FROM = [40, 72] as const

export function createNetworkJournal(network: Network): NetworkJournal {
  const chains = new Map(network.chains.map(({ name, deployedAt }) => [name, newChain(deployedAt)]))
  const channels = new Map<string, ChannelJournal>()
  const byEid = new Map(network.chains.map((chain) => [chain.eid, chain]))

  function channel(from: NetworkChain, to: NetworkChain): ChannelJournal {
    const key = `${from.name} ${to.name}`
    const found = channels.get(key) ?? newChannel()
    channels.set(key, found)
    return found
  }

  function lane(chain: NetworkChain, eid: number): LaneJournal {
    const { lanes } = chains.get(chain.name)!
    const found = lanes.get(eid) ?? newLane()
    lanes.set(eid, found)
    return found
  }

  function noteMessage(from: NetworkChain, to: NetworkChain, packet: Packet): void {
    const journal = channel(from, to)
    const { nonce, guid, payloadHash } = packet
    const { statement, orders } = decodeMessage(packet.message)
    journal.nonce = nonce
    for (const { gross } of orders) journal.ordered += gross
    const open = orders.map(({ gross, recipient }, index) => ({ index, gross, recipient }))
    journal.messages.set(nonce, { nonce, guid, payloadHash, statement, orders: open })
  }

  function noteRail(from: NetworkChain, to: NetworkChain, packet: Packet): void {
    const { nonce, guid, payloadHash, message } = packet
    if (size(message) < OFT_COMPOSE_FROM[1]) return
    if (slice(message, ...OFT_COMPOSE_FROM) !== addressToBytes32(from.isobar.rail)) return
    const amount = hexToBigInt(slice(message, ...OFT_AMOUNT))
    const journal = channel(from, to)
    journal.railed += amount
    journal.rails.set(guid, { nonce, guid, payloadHash, amount })
  }

  function notePacket(from: NetworkChain, packet: Packet): void {
    const to = byEid.get(packet.dstEid)
    if (!to || packet.srcEid !== from.eid) return
    const joins = (a: Address, b: Address): boolean =>
      packet.sender === addressToBytes32(a) && isAddressEqual(packet.receiver, b)
    if (joins(from.isobar.router, to.isobar.router)) noteMessage(from, to, packet)
    else if (joins(from.asset.oft, to.asset.oft)) noteRail(from, to, packet)
  }

  function applyOne(chain: NetworkChain, log: AuditLog): void {
    const journal = chains.get(chain.name)!
    const scale = scaleOf(chain.asset.decimals)
    const touch = (eid: number): LaneJournal => {
      const found = lane(chain, eid)
      found.touchedAt = log.blockNumber
      return found
    }
    switch (log.eventName) {
      case 'PacketSent':
        notePacket(chain, decodePacket(log.args.encodedPayload))
        return
      case 'PacketDelivered':
        // A delivered message touches its lane, whatever it says.
        if (isAddressEqual(log.args.receiver, chain.isobar.router)) touch(log.args.origin.srcEid)
        return
      case 'StatementSent':
        touch(log.args.dstEid)
        return
      case 'TransferSold':
        touch(log.args.dstEid)
        journal.cash += log.args.gross * scale
        return
      case 'Rebalanced':
        touch(log.args.dstEid)
        journal.cash -= log.args.amount * scale
        return
      case 'RailReceived':
        touch(log.args.srcEid)
        journal.cash += log.args.amount * scale
        return
      case 'OrderPaid': {
        const { srcEid, guid, index, gross, fee } = log.args
        touch(srcEid)
        // Whether it was paid or parked: either way it is no longer cash.
        journal.cash -= (gross - fee) * scale
        const from = byEid.get(srcEid)
        if (from) channel(from, chain).paid.add(`${guid}:${index}`)
        return
      }
      case 'InterestAccepted':
        touch(log.args.srcEid).earned += log.args.amount
        return
      case 'CreditGranted':
        touch(log.args.dstEid).granted += log.args.amount
        return
      case 'CreditReturned':
        touch(log.args.dstEid).returned += log.args.amount
        return
      case 'LaneTermsSet': {
        const cap = decodeFloat24(encodeFloat24(log.args.terms.cap))
        const found = lane(chain, log.args.eid)
        if (cap > found.highestCap) found.highestCap = cap
        return
      }
      case 'Deposit':
      case 'Repaid':
        journal.cash += log.args.assets
        return
      case 'Withdraw':
      case 'Borrowed':
        journal.cash -= log.args.assets
        return
      case 'Parked':
        journal.parked += log.args.amount
        return
      case 'Collected':
        journal.parked -= log.args.amount
        return
      case 'CollateralListed':
        journal.collaterals.add(log.args.collateral)
    }
  }

  return {
    channel,
    lane,
    chain: (name) => chains.get(name)!,
    apply(chain, logs) {
      for (const log of logs) applyOne(chain, log)
    },
  }
}
