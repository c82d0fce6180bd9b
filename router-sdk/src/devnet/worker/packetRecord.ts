import type { Address, Hash, Hex } from 'viem'
import type { ExecutionPlan } from '../../layerzero/options.js'
import type { Packet } from '../../layerzero/packet.js'

/** Where a packet is. A failed one was refused by its receiver and waits for someone to try again. */
export type PacketStatus = 'sent' | 'verified' | 'committed' | 'delivered' | 'failed'

/** Where a composed call is. An unpaid one has no gas in the sender's options: nobody but the user will make it. */
export type ComposeStatus = 'queued' | 'unpaid' | 'delivered' | 'failed'

/** Why a contract of the destination said no. */
export interface Refusal {
  /** The error's name and arguments where known, else its data. */
  readonly reason: string
  readonly data: Hex
}

/** What a send paid to whom, in wei. */
export interface PacketFees {
  readonly executor: bigint
  readonly dvns: bigint
}

/** A packet as the worker knows it. Times are wall-clock milliseconds. */
export interface PacketRecord extends Packet {
  readonly plan: ExecutionPlan
  readonly status: PacketStatus
  /** Whether a `hold` keeps it from being delivered. */
  readonly held: boolean
  readonly failure?: Refusal
  /** Why it cannot be committed for now (the receiver does not know the sender, for one). */
  readonly blocked?: Refusal
  readonly fees: PacketFees
  /** When the worker first saw it. */
  readonly sentAt: number
  readonly deliveredAt?: number
  readonly sourceBlock: bigint
  readonly sourceBlockHash: Hash
  readonly sourceTransaction: Hash
  readonly deliveryTransaction?: Hash
}

/** A composed call: the second transaction of a packet that carries one. */
export interface ComposeRecord {
  readonly guid: Hex
  readonly index: number
  readonly srcEid: number
  readonly dstEid: number
  /** The OApp that queued it, and the contract that it calls. */
  readonly from: Address
  readonly to: Address
  readonly message: Hex
  readonly gas: bigint
  readonly value: bigint
  readonly status: ComposeStatus
  readonly held: boolean
  readonly failure?: Refusal
  readonly queuedAt: number
  readonly deliveredAt?: number
  readonly deliveryTransaction?: Hash
}

/** A change that listeners of the worker hear of. */
export type WorkerEvent =
  | { readonly type: 'packet'; readonly packet: PacketRecord }
  | { readonly type: 'compose'; readonly compose: ComposeRecord }
  | { readonly type: 'error'; readonly error: unknown }
