import type { Hex } from 'viem'
import type { ComposePredicate, PacketPredicate } from './packetLedger.js'
import type { ComposeRecord, PacketRecord } from './packetRecord.js'

/** Which deliveries are being kept back. */
export interface Holds {
  isHeld(packet: PacketRecord): boolean
  isComposeHeld(compose: ComposeRecord): boolean
  /** Returns what ends the hold. */
  add(predicate: PacketPredicate): () => void
  addComposes(predicate: ComposePredicate): () => void
  /** Exempts one packet and its composed calls from every hold, or ends all holds. */
  release(what: Hex | 'all'): void
  /** Forgets single releases: after a revert the same packet may be sent again. */
  forgetReleases(): void
}

export function createHolds(): Holds {
  const packets = new Set<PacketPredicate>()
  const composes = new Set<ComposePredicate>()
  const released = new Set<Hex>()
  return {
    isHeld: (packet) => !released.has(packet.guid) && [...packets].some((predicate) => predicate(packet)),
    isComposeHeld: (compose) =>
      !released.has(compose.guid) && [...composes].some((predicate) => predicate(compose)),
    add(predicate) {
      packets.add(predicate)
      return () => void packets.delete(predicate)
    },
    addComposes(predicate) {
      composes.add(predicate)
      return () => void composes.delete(predicate)
    },
    release(what) {
      if (what !== 'all') released.add(what)
      else {
        packets.clear()
        composes.clear()
      }
    },
    forgetReleases: () => released.clear(),
  }
}
