import type { Address, Hex } from 'viem'
import { decodeOptions } from '../../layerzero/options.js'
import { addressToBytes32, decodePacket, type Origin } from '../../layerzero/packet.js'
import type { ProtocolEvent } from '../layerzero/events.js'
import type { ComposeRecord, PacketFees, PacketRecord, Refusal, WorkerEvent } from './packetRecord.js'

export type PacketPredicate = (packet: PacketRecord) => boolean
export type ComposePredicate = (compose: ComposeRecord) => boolean

/** A copy of everything the ledger knows, to go back to. */
export interface LedgerCheckpoint {
  readonly packets: ReadonlyMap<Hex, PacketRecord>
  readonly composes: ReadonlyMap<string, ComposeRecord>
}

/** What the worker knows of packets and composed calls. Only events change it, so a restarted worker knows the same. */
export interface PacketLedger {
  /** Takes in events of one chain, in their order. Taking the same event twice changes nothing. */
  apply(eid: number, events: readonly ProtocolEvent[]): boolean
  packet(guid: Hex): PacketRecord
  packets(): PacketRecord[]
  compose(guid: Hex, index: number): ComposeRecord
  composes(): ComposeRecord[]
  updatePacket(guid: Hex, change: Partial<PacketRecord>): PacketRecord
  updateCompose(guid: Hex, index: number, change: Partial<ComposeRecord>): ComposeRecord
  /** Forgets packets of `eid` from `block` on, whose blocks were replaced. */
  forgetFrom(eid: number, block: bigint): void
  checkpoint(): LedgerCheckpoint
  restore(checkpoint: LedgerCheckpoint): void
}

export interface PacketLedgerOptions {
  /** The executor contracts whose alerts count: anyone can emit a false one. */
  readonly executors: ReadonlyMap<number, Address>
  readonly isHeld: (packet: PacketRecord) => boolean
  readonly isComposeHeld: (compose: ComposeRecord) => boolean
  readonly explain: (data: Hex) => Refusal
  readonly notify: (event: WorkerEvent) => void
}

/** Thrown when asked for a packet or composed call that the worker has not seen. */
export class UnknownPacketError extends Error {
  override readonly name = 'UnknownPacketError'
}

const RANK = { sent: 0, verified: 1, failed: 2, committed: 2, delivered: 3 } as const
const sameAddress = (a: Address, b: Address | undefined): boolean => a.toLowerCase() === b?.toLowerCase()
const composeKey = (guid: Hex, index: number): string => `${guid} ${index}`

export function createPacketLedger(options: PacketLedgerOptions): PacketLedger {
  const { executors, isHeld, isComposeHeld, explain, notify } = options
  let packets = new Map<Hex, PacketRecord>()
  let composes = new Map<string, ComposeRecord>()
  /** A packet's place on its channel, which is how the destination's events name it. */
  let guids = new Map<string, Hex>()
  /** Events of a destination that were read before the packet's own. */
  let early = new Map<string, { eid: number; event: ProtocolEvent }[]>()

  const place = (dstEid: number, origin: Origin, receiver: Address): string =>
    `${origin.srcEid} ${origin.sender.toLowerCase()} ${dstEid} ${addressToBytes32(receiver)} ${origin.nonce}`
  const placeOf = (packet: PacketRecord): string => place(packet.dstEid, packet, packet.receiver)

  function packet(guid: Hex): PacketRecord {
    const found = packets.get(guid)
    if (!found) throw new UnknownPacketError(`No packet ${guid} was seen; ${packets.size} others were`)
    return found
  }
  function compose(guid: Hex, index: number): ComposeRecord {
    const found = composes.get(composeKey(guid, index))
    if (!found) throw new UnknownPacketError(`Packet ${guid} has queued no composed call ${index}`)
    return found
  }
  function updatePacket(guid: Hex, change: Partial<PacketRecord>): PacketRecord {
    const updated = { ...packet(guid), ...change }
    packets.set(guid, updated)
    notify({ type: 'packet', packet: updated })
    return updated
  }
  function updateCompose(guid: Hex, index: number, change: Partial<ComposeRecord>): ComposeRecord {
    const updated = { ...compose(guid, index), ...change }
    composes.set(composeKey(guid, index), updated)
    notify({ type: 'compose', compose: updated })
    return updated
  }

  function addPacket(
    eid: number,
    event: ProtocolEvent & { eventName: 'PacketSent' },
    fees: PacketFees,
  ): boolean {
    const decoded = decodePacket(event.args.encodedPayload)
    if (packets.has(decoded.guid) || decoded.srcEid !== eid) return false
    const { log } = event
    const record: PacketRecord = {
      ...decoded,
      plan: decodeOptions(event.args.options),
      ...{ status: 'sent', held: false, fees, sentAt: Date.now() },
      ...{
        sourceBlock: log.blockNumber,
        sourceBlockHash: log.blockHash,
        sourceTransaction: log.transactionHash,
      },
    }
    packets.set(record.guid, record)
    guids.set(placeOf(record), record.guid)
    updatePacket(record.guid, { held: isHeld(record) })
    const waiting = early.get(placeOf(record)) ?? []
    early.delete(placeOf(record))
    for (const { eid: at, event: missed } of waiting) apply(at, [missed])
    return true
  }

  /** Applies `change` to the packet that a destination's event names, or keeps the event until it is known. */
  function onDestination(
    eid: number,
    origin: Origin,
    receiver: Address,
    event: ProtocolEvent,
    change: Partial<PacketRecord>,
  ) {
    const key = place(eid, origin, receiver)
    const guid = guids.get(key)
    if (!guid) {
      early.set(key, [...(early.get(key) ?? []), { eid, event }])
      return false
    }
    const { status, failure } = packet(guid)
    // Deliveries are final, and an event that was read late must not take a packet back.
    if (status === 'delivered' || RANK[change.status ?? 'sent'] < RANK[status]) return false
    if (change.status === status && change.failure?.data === failure?.data) return false
    updatePacket(guid, change)
    return true
  }

  function applyCompose(eid: number, event: ProtocolEvent): boolean {
    switch (event.eventName) {
      case 'ComposeSent': {
        const { guid, index, from, to, message } = event.args
        const sent = packets.get(guid)
        // Anyone may queue a call under any guid; an executor only serves those of the packet's own receiver.
        if (!sent || composes.has(composeKey(guid, index)) || !sameAddress(from, sent.receiver)) return false
        const paid = sent.plan.composes.find((option) => option.index === index)
        const record: ComposeRecord = {
          ...{ guid, index, srcEid: sent.srcEid, dstEid: eid, from, to, message },
          ...{ gas: paid?.gas ?? 0n, value: paid?.value ?? 0n, status: paid ? 'queued' : 'unpaid' },
          ...{ held: false, queuedAt: Date.now() },
        }
        composes.set(composeKey(guid, index), record)
        updateCompose(guid, index, { held: isComposeHeld(record) })
        return true
      }
      case 'ComposeDelivered': {
        const { guid, index } = event.args
        const known = composes.get(composeKey(guid, index))
        if (!known || known.status === 'delivered' || !sameAddress(event.args.from, known.from)) return false
        const deliveryTransaction = event.log.transactionHash
        updateCompose(guid, index, {
          status: 'delivered',
          failure: undefined,
          deliveredAt: Date.now(),
          deliveryTransaction,
        })
        return true
      }
      case 'LzComposeAlert': {
        const { guid, index, executor, reason } = event.args
        const known = composes.get(composeKey(guid, index))
        if (!known || known.status === 'delivered' || !sameAddress(executor, executors.get(eid))) return false
        updateCompose(guid, index, { status: 'failed', failure: explain(reason) })
        return true
      }
      default:
        return false
    }
  }

  function apply(eid: number, events: readonly ProtocolEvent[]): boolean {
    let changed = false
    let fees = { executor: 0n, dvns: 0n }
    for (const event of events) {
      const { eventName, args } = event
      if (eventName === 'ExecutorFeePaid') fees = { ...fees, executor: fees.executor + args.fee }
      else if (eventName === 'DVNFeePaid')
        fees = { ...fees, dvns: args.fees.reduce((sum, fee) => sum + fee, fees.dvns) }
      else if (eventName === 'PacketSent') {
        // The library pays the workers first, so the fees before a packet in the logs are that packet's.
        changed = addPacket(eid, event, fees) || changed
        fees = { executor: 0n, dvns: 0n }
      } else if (eventName === 'PacketVerified') {
        const change = { status: 'committed', blocked: undefined } as const
        changed = onDestination(eid, args.origin, args.receiver, event, change) || changed
      } else if (eventName === 'PacketDelivered') {
        const deliveryTransaction = event.log.transactionHash
        const change = {
          status: 'delivered',
          failure: undefined,
          deliveredAt: Date.now(),
          deliveryTransaction,
        } as const
        changed = onDestination(eid, args.origin, args.receiver, event, change) || changed
      } else if (eventName === 'LzReceiveAlert') {
        if (!sameAddress(args.executor, executors.get(eid))) continue
        const change = { status: 'failed', failure: explain(args.reason) } as const
        changed = onDestination(eid, args.origin, args.receiver, event, change) || changed
      } else changed = applyCompose(eid, event) || changed
    }
    return changed
  }

  return {
    apply,
    packet,
    packets: () => [...packets.values()],
    compose,
    composes: () => [...composes.values()],
    updatePacket,
    updateCompose,
    forgetFrom(eid, block) {
      for (const record of packets.values()) {
        if (record.srcEid !== eid || record.sourceBlock < block || record.status !== 'sent') continue
        packets.delete(record.guid)
        guids.delete(placeOf(record))
      }
    },
    // Records are replaced, never changed, so copies of the maps are enough.
    checkpoint: () => ({ packets: new Map(packets), composes: new Map(composes) }),
    restore(checkpoint) {
      packets = new Map(checkpoint.packets)
      composes = new Map(checkpoint.composes)
      guids = new Map([...packets.values()].map((record) => [placeOf(record), record.guid]))
      early = new Map()
    },
  }
}
