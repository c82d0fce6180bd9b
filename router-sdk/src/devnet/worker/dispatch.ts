import type { Hex } from 'viem'
import { TransactionRevertedError } from '../chain/sender.js'
import type { ProtocolEvent } from '../layerzero/events.js'
import { allSettled } from './allSettled.js'
import type { Courier } from './courier.js'
import type { PacketLedger } from './packetLedger.js'
import type { PacketRecord, Refusal } from './packetRecord.js'
import type { Scanner } from './scanner.js'

/** One destination chain: what is known of it and who acts there. */
export interface Destination {
  readonly eid: number
  readonly scanner: Scanner
  readonly courier: Courier
}

/** Takes packets from sent to delivered on their destinations. */
export interface Dispatch {
  /** Does whatever can be done now on one destination. Returns whether anything was. */
  serve(destination: Destination): Promise<boolean>
  /** Verifies and commits the given packets. */
  commit(destination: Destination, packets: readonly PacketRecord[]): Promise<void>
  isConfirmed(packet: PacketRecord): boolean
}

export interface DispatchOptions {
  readonly ledger: PacketLedger
  readonly destinations: ReadonlyMap<number, Destination>
  readonly confirmations: bigint
  readonly explain: (data: Hex) => Refusal
}

/** Keeps transactions well under the block gas limit. */
const BATCH = 50
const FIRST_RETRY_MS = 100
const LONGEST_RETRY_MS = 5_000

/** A transaction that reverted has changed nothing; its delivery is recorded as failed. */
function reverted(error: unknown): ProtocolEvent[] {
  if (error instanceof TransactionRevertedError) return []
  throw error
}

const inOrder = (a: PacketRecord, b: PacketRecord): number =>
  a.nonce < b.nonce ? -1 : a.nonce > b.nonce ? 1 : 0
const isUncommitted = ({ status }: PacketRecord): boolean => status === 'sent' || status === 'verified'
const pathOf = ({ srcEid, sender, dstEid, receiver }: PacketRecord): string =>
  `${srcEid} ${sender} ${dstEid} ${receiver}`

export function createDispatch({ ledger, destinations, confirmations, explain }: DispatchOptions): Dispatch {
  /** When to try again to commit what was refused: the receiver may be set up later. */
  const retries = new Map<Hex, { at: number; delay: number }>()

  function isConfirmed(packet: PacketRecord): boolean {
    const source = destinations.get(packet.srcEid)
    return source !== undefined && source.scanner.head.number - packet.sourceBlock + 1n >= confirmations
  }

  async function commit(
    { eid, scanner, courier }: Destination,
    packets: readonly PacketRecord[],
  ): Promise<void> {
    const attested = packets.filter((packet) => packet.status === 'sent')
    if (attested.length > 0) {
      const events = await courier.verify(attested, scanner.head.timestamp)
      const count = new Map<string, number>()
      for (const event of events) {
        if (event.eventName === 'PayloadVerified')
          count.set(event.args.header, (count.get(event.args.header) ?? 0) + 1)
      }
      for (const packet of attested) {
        if ((count.get(packet.header) ?? 0) >= 2) ledger.updatePacket(packet.guid, { status: 'verified' })
      }
    }
    const verified = packets
      .map(({ guid }) => ledger.packet(guid))
      .filter(({ status }) => status === 'verified')
    if (verified.length > 0) ledger.apply(eid, await courier.commit(verified))
    await Promise.all(
      verified.map(async ({ guid }) => {
        const packet = ledger.packet(guid)
        if (packet.status !== 'verified') return retries.delete(guid)
        const delay = Math.min((retries.get(guid)?.delay ?? FIRST_RETRY_MS / 2) * 2, LONGEST_RETRY_MS)
        retries.set(guid, { at: Date.now() + delay, delay })
        ledger.updatePacket(guid, { blocked: explain((await courier.commitRefusal(packet)) ?? '0x') })
      }),
    )
  }

  async function execute({ eid, courier }: Destination): Promise<boolean> {
    const incoming = ledger.packets().filter(({ dstEid }) => dstEid === eid)
    // The endpoint executes in any order, but only past nonces that are all committed.
    const firstGap = new Map<string, bigint>()
    for (const packet of incoming.filter(isUncommitted)) {
      const gap = firstGap.get(pathOf(packet))
      if (gap === undefined || packet.nonce < gap) firstGap.set(pathOf(packet), packet.nonce)
    }
    const ready = incoming
      .filter((packet) => packet.status === 'committed' && !packet.held)
      .filter((packet) => packet.nonce < (firstGap.get(pathOf(packet)) ?? packet.nonce + 1n))
      .sort(inOrder)
      .slice(0, BATCH)
    await allSettled(
      ready.map(async (packet) => {
        const events = await courier.execute(packet).catch(reverted)
        ledger.apply(eid, events)
        // Neither delivered nor refused: the transaction did something else, and must not be repeated for ever.
        if (ledger.packet(packet.guid).status === 'committed') {
          ledger.updatePacket(packet.guid, { status: 'failed', failure: explain('0x') })
        }
      }),
    )
    return ready.length > 0
  }

  async function compose({ eid, courier }: Destination): Promise<boolean> {
    const queued = ledger
      .composes()
      .filter(({ dstEid, status, held }) => dstEid === eid && status === 'queued' && !held)
      .slice(0, BATCH)
    await allSettled(
      queued.map(async (call) => {
        ledger.apply(eid, await courier.compose(call).catch(reverted))
        if (ledger.compose(call.guid, call.index).status === 'queued') {
          ledger.updateCompose(call.guid, call.index, { status: 'failed', failure: explain('0x') })
        }
      }),
    )
    return queued.length > 0
  }

  return {
    isConfirmed,
    commit,
    async serve(destination) {
      const now = Date.now()
      const uncommitted = ledger
        .packets()
        .filter((packet) => packet.dstEid === destination.eid && isUncommitted(packet) && isConfirmed(packet))
        .filter(({ guid }) => (retries.get(guid)?.at ?? 0) <= now)
        .sort(inOrder)
        .slice(0, BATCH)
      if (uncommitted.length > 0) await commit(destination, uncommitted)
      const executed = await execute(destination)
      const composed = await compose(destination)
      return (
        executed || composed || uncommitted.some(({ guid }) => ledger.packet(guid).status === 'committed')
      )
    },
  }
}
