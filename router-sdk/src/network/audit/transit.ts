import { type Hex, hexToBigInt } from 'viem'
import { endpointV2Abi, laneRouterAbi } from '../../abi/index.js'
import { addressToBytes32 } from '../../layerzero/packet.js'
import type { NetworkChain } from '../network.js'
import type { ReadBatch } from '../readBatch.js'
import type { ChannelJournal, OpenMessage, OpenOrder, OpenRail } from './journal.js'

/** What the destination's endpoint says of a packet. */
export type PacketState = 'sent' | 'verified' | 'nilified' | 'forged' | 'executed'

/** An order that was delivered and neither paid nor left to wait. */
export interface LostOrder extends OpenOrder {
  readonly guid: Hex
}

/** What is on its way from one chain to another, and what should have arrived but did not. */
export interface Transit {
  readonly from: NetworkChain
  readonly to: NetworkChain
  readonly journal: ChannelJournal
  readonly messages: readonly { readonly message: OpenMessage; readonly state: PacketState }[]
  readonly undelivered: readonly OpenOrder[]
  readonly unfunded: readonly LostOrder[]
  readonly lost: readonly LostOrder[]
  readonly rails: readonly {
    readonly rail: OpenRail
    readonly state: PacketState
    readonly composed: boolean
  }[]
}

/** The endpoint's marks: no payload verified or composed, a payload made void, a composed call made. */
const EMPTY = `0x${'00'.repeat(32)}`
const NIL = `0x${'ff'.repeat(32)}`
const RECEIVED = 1n

function packetState(hash: Hex, payloadHash: Hex, nonce: bigint, received: bigint): PacketState {
  // A packet is executed only when all before it are verified, and then the nonce moves to it: a payload that is gone
  // at or below the nonce was executed.
  if (hash === EMPTY) return nonce <= received ? 'executed' : 'sent'
  if (hash === NIL) return 'nilified'
  return hash === payloadHash ? 'verified' : 'forged'
}

/**
 * Adds to the destination's batch the reads that tell where everything that is open in a channel's journal stands: the
 * endpoint's own state, and the hashes of orders that wait for credit.
 */
export function readTransit(
  from: NetworkChain,
  to: NetworkChain,
  journal: ChannelJournal,
  batch: ReadBatch,
): () => Transit {
  const endpoint = {
    field: 'layerzero.endpoint',
    address: to.layerzero.endpoint,
    abi: endpointV2Abi,
  } as const
  const router = { field: 'isobar.router', address: to.isobar.router, abi: laneRouterAbi } as const
  const readHash = (receiver: Hex, sender: Hex, nonce: bigint) => {
    const args = [receiver, from.eid, addressToBytes32(sender), nonce] as const
    return batch.read({ ...endpoint, functionName: 'inboundPayloadHash', args })
  }
  const readNonce = (receiver: Hex, sender: Hex) => {
    const args = [receiver, from.eid, addressToBytes32(sender)] as const
    return batch.read({ ...endpoint, functionName: 'lazyInboundNonce', args })
  }
  const received = {
    router: readNonce(to.isobar.router, from.isobar.router),
    oft: readNonce(to.asset.oft, from.asset.oft),
  }
  const messages = [...journal.messages.values()].map((message) => ({
    message,
    hash: readHash(to.isobar.router, from.isobar.router, message.nonce),
    waiting: message.orders.map(({ index }) =>
      batch.read({ ...router, functionName: 'unfundedOrder', args: [message.guid, BigInt(index)] }),
    ),
  }))
  const rails = [...journal.rails.values()].map((rail) => ({
    rail,
    hash: readHash(to.asset.oft, from.asset.oft, rail.nonce),
    compose: batch.read({
      ...endpoint,
      functionName: 'composeQueue',
      args: [to.asset.oft, to.isobar.rail, rail.guid, 0],
    }),
  }))

  return () => {
    const undelivered: OpenOrder[] = []
    const unfunded: LostOrder[] = []
    const lost: LostOrder[] = []
    const states = messages.map(({ message, hash, waiting }) => {
      const { nonce, guid, payloadHash, orders } = message
      const state = packetState(hash(), payloadHash, nonce, received.router())
      for (const [place, order] of orders.entries()) {
        if (state !== 'executed') undelivered.push(order)
        else if (waiting[place]!() !== EMPTY) unfunded.push({ ...order, guid })
        else if (!journal.paid.has(`${guid}:${order.index}`)) lost.push({ ...order, guid })
      }
      return { message, state }
    })
    return {
      ...{ from, to, journal, undelivered, unfunded, lost },
      messages: states,
      rails: rails.map(({ rail, hash, compose }) => {
        const state = packetState(hash(), rail.payloadHash, rail.nonce, received.oft())
        return { rail, state, composed: state === 'executed' && hexToBigInt(compose()) === RECEIVED }
      }),
    }
  }
}

/** Takes what has arrived for good out of the journal, so that it grows only with what is open. */
export function closeArrived({ journal, messages, rails, unfunded, lost }: Transit): void {
  const keep = new Set([...unfunded, ...lost].map(({ guid, index }) => `${guid}:${index}`))
  for (const { message, state } of messages) {
    if (state !== 'executed') continue
    const { nonce, guid, statement } = message
    if (nonce > (journal.newest?.nonce ?? 0n)) journal.newest = { nonce, statement }
    for (const { index } of message.orders) {
      if (!keep.has(`${guid}:${index}`)) journal.paid.delete(`${guid}:${index}`)
    }
    message.orders = message.orders.filter(({ index }) => keep.has(`${guid}:${index}`))
    if (message.orders.length === 0) journal.messages.delete(nonce)
  }
  for (const { rail, composed } of rails) if (composed) journal.rails.delete(rail.guid)
}
