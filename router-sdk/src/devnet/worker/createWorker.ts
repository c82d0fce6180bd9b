import type { Abi, Hex } from 'viem'
import type { DevnetAccounts } from '../accounts.js'
import type { ProtocolChain } from '../assets/deployAssets.js'
import { allSettled } from './allSettled.js'
import { createCourier } from './courier.js'
import { createDispatch, type Destination } from './dispatch.js'
import { createHolds } from './holds.js'
import {
  type ComposePredicate,
  createPacketLedger,
  type LedgerCheckpoint,
  type PacketPredicate,
} from './packetLedger.js'
import type { ComposeRecord, PacketRecord, Refusal, WorkerEvent } from './packetRecord.js'
import { createExplainer } from './refusal.js'
import { createScanner, type ScannerCheckpoint } from './scanner.js'

export interface WorkerOptions {
  readonly chains: readonly ProtocolChain[]
  readonly accounts: DevnetAccounts
  /** Blocks of the source that a packet waits for. */
  readonly confirmations?: bigint
  /** Milliseconds between two looks at the chains. */
  readonly pollMs?: number
  /** ABIs whose errors explain refusals. */
  readonly errorAbis?: readonly Abi[]
}

/** What became of everything that was sent. */
export interface Settlement {
  readonly delivered: number
  readonly failed: readonly PacketRecord[]
  readonly held: readonly PacketRecord[]
  readonly composes: {
    readonly delivered: number
    readonly failed: readonly ComposeRecord[]
    readonly unpaid: readonly ComposeRecord[]
    readonly held: readonly ComposeRecord[]
  }
}

/** What the protocol answers to a second delivery. */
export interface Repetition {
  readonly delivered: boolean
  /** Why the packet cannot be committed again. */
  readonly commit?: Refusal
  /** Why it cannot be received again. */
  readonly receive?: Refusal
}

export interface WorkerCheckpoint {
  readonly ledger: LedgerCheckpoint
  readonly scanners: ReadonlyMap<number, ScannerCheckpoint>
}

/**
 * Plays LayerZero's two DVNs and its executor on the production path. It never retries a refused delivery by itself.
 */
export interface Worker {
  /** Stops acting, but keeps reading. */
  pause(): Promise<void>
  resume(): void
  /** Keeps matching packets from being delivered (they are verified, so that later ones may pass). Returns what ends it. */
  hold(predicate: PacketPredicate): () => void
  /** Keeps matching composed calls from being made; the packets themselves are delivered. */
  holdComposes(predicate: ComposePredicate): () => void
  release(what: Hex | 'all'): void
  /** Delivers one packet now, held or not, out of order, even when paused; also tries a failed one again. */
  deliver(guid: Hex, options?: { readonly gas?: bigint }): Promise<PacketRecord>
  deliverWithGas(guid: Hex, gas: bigint): Promise<PacketRecord>
  /** Makes one composed call now: held, failed or unpaid. */
  compose(
    guid: Hex,
    options?: { readonly index?: number; readonly gas?: bigint; readonly value?: bigint },
  ): Promise<ComposeRecord>
  /** Tries to deliver a packet again. */
  repeat(guid: Hex): Promise<Repetition>
  packets(): PacketRecord[]
  packet(guid: Hex): PacketRecord
  composes(): ComposeRecord[]
  /** Waits until nothing is left to do; what is held, failed or unpaid stays as it is. */
  settled(options?: { readonly timeoutMs?: number }): Promise<Settlement>
  /** Waits until a packet, and each composed call of it, is delivered. Rejects when one of them is refused. */
  delivered(guid: Hex, options?: { readonly timeoutMs?: number }): Promise<PacketRecord>
  /** Hears of every change. Returns what unsubscribes. */
  subscribe(listener: (event: WorkerEvent) => void): () => void
  /** Runs `action` while the worker does nothing else. */
  exclusive<result>(action: () => Promise<result>): Promise<result>
  /** For `exclusive`: what to hand to `restore` after the chains were reverted. */
  checkpoint(): WorkerCheckpoint
  restore(checkpoint: WorkerCheckpoint): void
  stop(): Promise<void>
}

/** Thrown when waiting took too long; says what is outstanding. */
export class SettleTimeoutError extends Error {
  override readonly name = 'SettleTimeoutError'
}

/** Thrown when a packet that was waited for was refused at its destination. */
export class DeliveryRefusedError extends Error {
  override readonly name = 'DeliveryRefusedError'
}

const DEFAULT_POLL_MS = 12
/** An idle worker looks less often, so that it leaves the processors to others. */
const IDLE_POLL_MS = 40
const IDLE_AFTER_MS = 1_000
const DEFAULT_TIMEOUT_MS = 30_000
const STARVED_GAS = 1_000_000n

export function createWorker(options: WorkerOptions): Worker {
  const { chains, accounts, confirmations = 1n, pollMs = DEFAULT_POLL_MS, errorAbis = [] } = options
  const explain = createExplainer(errorAbis)
  const holds = createHolds()
  const listeners = new Set<(event: WorkerEvent) => void>()
  const notify = (event: WorkerEvent): void => {
    for (const listener of listeners) listener(event)
  }
  const executors = new Map(chains.map((chain) => [chain.eid, chain.layerzero.executor]))
  const { isHeld, isComposeHeld } = holds
  const ledger = createPacketLedger({ executors, isHeld, isComposeHeld, explain, notify })
  const destinations = new Map<number, Destination>(
    chains.map((chain) => {
      const courier = createCourier({ chain, accounts, confirmations })
      return [chain.eid, { eid: chain.eid, scanner: createScanner(chain), courier }]
    }),
  )
  const dispatch = createDispatch({ ledger, destinations, confirmations, explain })

  let paused = false
  let stopped = false
  let lastError: unknown
  let turn: Promise<unknown> = Promise.resolve()
  let wake: () => void = () => undefined

  function exclusive<result>(action: () => Promise<result>): Promise<result> {
    const next = turn.then(action, action)
    turn = next.catch(() => undefined)
    return next
  }

  /** Reads all chains, then acts on all chains. Returns whether anything happened. */
  async function step(): Promise<boolean> {
    const all = [...destinations.values()]
    // Decided first: what was read while paused may be out of date by the time that resume is called.
    const acting = !paused
    // Each answer is applied by itself: a chain that does not answer must not cost the others' events.
    const changed = await allSettled(
      all.map(async ({ eid, scanner }) => {
        const { events, replacedFrom } = await scanner.scan()
        if (replacedFrom !== undefined) ledger.forgetFrom(eid, replacedFrom)
        return ledger.apply(eid, events)
      }),
    )
    const served = acting ? await allSettled(all.map(dispatch.serve)) : []
    return [...changed, ...served].some(Boolean)
  }

  const sleep = (ms: number): Promise<void> =>
    new Promise((resolve) => {
      const timer = setTimeout(resolve, ms)
      wake = () => {
        clearTimeout(timer)
        resolve()
      }
    })

  async function loop(): Promise<void> {
    let active = Date.now()
    while (!stopped) {
      try {
        if (await exclusive(step)) active = Date.now()
        lastError = undefined
      } catch (error) {
        if (stopped) return
        lastError = error
        notify({ type: 'error', error })
        await sleep(IDLE_POLL_MS)
      }
      if (!stopped) await sleep(Date.now() - active > IDLE_AFTER_MS ? Math.max(pollMs, IDLE_POLL_MS) : pollMs)
    }
  }

  function refreshHolds(): void {
    for (const packet of ledger.packets()) {
      const held = isHeld(packet)
      if (packet.status !== 'delivered' && held !== packet.held) ledger.updatePacket(packet.guid, { held })
    }
    for (const call of ledger.composes()) {
      const held = isComposeHeld(call)
      if (call.status !== 'delivered' && held !== call.held)
        ledger.updateCompose(call.guid, call.index, { held })
    }
    wake()
  }

  const destinationOf = (packet: PacketRecord): Destination => {
    const destination = destinations.get(packet.dstEid)
    if (!destination)
      throw new Error(`Packet ${packet.guid} goes to ${packet.dstEid}, which is not a chain of this devnet`)
    return destination
  }

  function outstanding(): string[] {
    const packets = ledger.packets().filter(({ status, held }) => {
      return status === 'sent' || status === 'verified' || (status === 'committed' && !held)
    })
    const composes = ledger.composes().filter(({ status, held }) => status === 'queued' && !held)
    return [
      ...packets.map(({ guid, status, srcEid, dstEid, blocked }) => {
        const unconfirmed =
          status === 'sent' && !dispatch.isConfirmed(ledger.packet(guid)) ? ', too few blocks' : ''
        return `packet ${guid} ${srcEid} → ${dstEid}: ${status}${unconfirmed}${blocked ? ` (${blocked.reason})` : ''}`
      }),
      ...composes.map(({ guid, index }) => `composed call ${index} of ${guid}: queued`),
    ]
  }

  function settlement(): Settlement {
    const packets = ledger.packets()
    const composes = ledger.composes()
    return {
      delivered: packets.filter(({ status }) => status === 'delivered').length,
      failed: packets.filter(({ status }) => status === 'failed'),
      held: packets.filter(({ status, held }) => held && status === 'committed'),
      composes: {
        delivered: composes.filter(({ status }) => status === 'delivered').length,
        failed: composes.filter(({ status }) => status === 'failed'),
        unpaid: composes.filter(({ status }) => status === 'unpaid'),
        held: composes.filter(({ status, held }) => held && status === 'queued'),
      },
    }
  }

  /** Steps until `check` has an answer, or the time is up. */
  async function until<result>(
    what: string,
    timeoutMs: number,
    check: (quiet: boolean) => result | undefined,
  ): Promise<result> {
    const deadline = Date.now() + timeoutMs
    for (;;) {
      if (stopped) throw new SettleTimeoutError(`${what}: the worker was stopped`)
      const changed = await exclusive(step)
      const answer = check(!changed)
      if (answer !== undefined) return answer
      if (Date.now() > deadline) {
        const why = [
          ...(paused ? ['the worker is paused'] : []),
          ...(lastError ? [String(lastError)] : []),
          ...outstanding(),
        ]
        throw new SettleTimeoutError(`${what} after ${timeoutMs} ms: ${why.slice(0, 10).join('; ')}`)
      }
      if (!changed) await new Promise((resolve) => setTimeout(resolve, pollMs))
    }
  }

  async function deliver(guid: Hex, gas?: bigint): Promise<PacketRecord> {
    await until(`Packet ${guid} was not seen`, DEFAULT_TIMEOUT_MS, () => {
      return ledger.packets().find((packet) => packet.guid === guid)
    })
    return exclusive(async () => {
      const packet = ledger.packet(guid)
      const destination = destinationOf(packet)
      const { srcEid, sender, receiver, dstEid } = packet
      const before = ledger.packets().filter((other) => {
        const samePath = other.srcEid === srcEid && other.sender === sender && other.receiver === receiver
        return samePath && other.dstEid === dstEid && other.nonce <= packet.nonce
      })
      const uncommitted = before.filter(({ status }) => status === 'sent' || status === 'verified')
      if (uncommitted.length > 0) await dispatch.commit(destination, uncommitted)
      if (ledger.packet(guid).status !== 'delivered') {
        ledger.apply(packet.dstEid, await destination.courier.execute(packet, gas))
      }
      return ledger.packet(guid)
    })
  }

  async function repeat(guid: Hex): Promise<Repetition> {
    return exclusive(async () => {
      const packet = ledger.packet(guid)
      const { courier, scanner } = destinationOf(packet)
      await courier.verify([packet], scanner.head.timestamp)
      const refusal = await courier.commitRefusal(packet)
      if (refusal === undefined) ledger.apply(packet.dstEid, await courier.commit([packet]))
      const gas = packet.plan.receive.gas > STARVED_GAS ? packet.plan.receive.gas : STARVED_GAS
      const events = await courier.execute(packet, gas)
      const alert = events.find((event) => event.eventName === 'LzReceiveAlert')
      return {
        delivered: events.some((event) => event.eventName === 'PacketDelivered'),
        ...(refusal === undefined ? {} : { commit: explain(refusal) }),
        ...(alert?.eventName === 'LzReceiveAlert' ? { receive: explain(alert.args.reason) } : {}),
      }
    })
  }

  const running = loop()
  return {
    exclusive,
    repeat,
    async pause() {
      paused = true
      await exclusive(async () => undefined)
    },
    resume() {
      paused = false
      wake()
    },
    hold(predicate) {
      const end = holds.add(predicate)
      refreshHolds()
      return () => {
        end()
        refreshHolds()
      }
    },
    holdComposes(predicate) {
      const end = holds.addComposes(predicate)
      refreshHolds()
      return () => {
        end()
        refreshHolds()
      }
    },
    release(what) {
      holds.release(what)
      refreshHolds()
    },
    deliver: (guid, { gas } = {}) => deliver(guid, gas),
    deliverWithGas: (guid, gas) => deliver(guid, gas),
    compose: (guid, { index = 0, gas, value } = {}) =>
      exclusive(async () => {
        const call = ledger.compose(guid, index)
        const { courier } = destinationOf(ledger.packet(guid))
        if (call.status !== 'delivered')
          ledger.apply(call.dstEid, await courier.compose(call, { gas, value }))
        return ledger.compose(guid, index)
      }),
    packets: ledger.packets,
    packet: ledger.packet,
    composes: ledger.composes,
    settled: ({ timeoutMs = DEFAULT_TIMEOUT_MS } = {}) =>
      until('Not settled', timeoutMs, (quiet) =>
        quiet && outstanding().length === 0 ? settlement() : undefined,
      ),
    delivered: (guid, { timeoutMs = DEFAULT_TIMEOUT_MS } = {}) =>
      until(`Packet ${guid} was not delivered`, timeoutMs, () => {
        const packet = ledger.packets().find((candidate) => candidate.guid === guid)
        const calls = ledger.composes().filter((call) => call.guid === guid)
        const refused = [packet, ...calls].find((record) => record?.status === 'failed')
        if (refused) throw new DeliveryRefusedError(`Packet ${guid} was refused: ${refused.failure?.reason}`)
        const done = packet?.status === 'delivered' && calls.every(({ status }) => status !== 'queued')
        return done ? packet : undefined
      }),
    subscribe(listener) {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
    checkpoint: () => ({
      ledger: ledger.checkpoint(),
      scanners: new Map([...destinations].map(([eid, { scanner }]) => [eid, scanner.checkpoint()])),
    }),
    restore(checkpoint) {
      ledger.restore(checkpoint.ledger)
      holds.forgetReleases()
      for (const [eid, { scanner }] of destinations)
        scanner.restore(checkpoint.scanners.get(eid) ?? { next: 0n })
    },
    async stop() {
      stopped = true
      wake()
      await running
    },
  }
}
