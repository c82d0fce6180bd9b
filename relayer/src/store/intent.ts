import type { SharedAmount } from '@isobar/router-sdk'
import type { Address, Hash, Hex } from 'viem'

/** What a relayer can do on a lane. `from` is the chain whose router is called. */
export type Action =
  | {
      readonly kind: 'rebalance'
      readonly from: string
      readonly to: string
      readonly amount: SharedAmount
      /** The lane's `railOut` that the plan saw: the router admits one move a number. */
      readonly moveNumber: bigint
    }
  | { readonly kind: 'sync'; readonly from: string; readonly to: string }
  | {
      readonly kind: 'refill'
      readonly from: string
      readonly to: string
      /** What the router would grant as the plan saw it; it decides anew. */
      readonly amount: SharedAmount
    }

/** What an agent wants done, and why. */
export type Proposal = {
  readonly agent: string
  readonly action: Action
  readonly reason: string
}

/** A signed transaction. An intent may have several of one nonce: of these at most one is mined. */
export type Attempt = {
  readonly hash: Hash
  readonly nonce: number
  /** Wei. */
  readonly maxFeePerGas: bigint
  /** Wall-clock milliseconds. */
  readonly signedAt: number
}

/**
 * - `submitted`: signed, written down and handed to the node.
 * - `confirmed`: mined and successful, with the confirmations asked for.
 * - `delivered`: arrived at the other chain: value booked there, or the statement accepted or overtaken by a newer one.
 * - `failed`: reverted, or another transaction took its nonce.
 */
export type IntentStatus = 'submitted' | 'confirmed' | 'delivered' | 'failed'

/** A proposal on its way. It is written before its transaction is sent, so that no restart can forget one. */
export type Intent = Proposal & {
  readonly id: string
  readonly status: IntentStatus
  readonly sender: Address
  /** Chain time on `from`, Unix seconds, when it was decided. */
  readonly createdAt: bigint
  readonly attempts: readonly Attempt[]
  /** Wei that went with it for LayerZero; what it did not need came back. */
  readonly messageFee: bigint
  /** Block of the destination from which its arrival is looked for. */
  readonly arrivalFrom: bigint
  readonly receipt?: {
    readonly hash: Hash
    readonly blockNumber: bigint
    readonly blockHash: Hash
    readonly gasUsed: bigint
  }
  /** LayerZero's id of its message. */
  readonly guid?: Hex
  /** Number of its message on the path between the routers; for statements. */
  readonly messageNonce?: bigint
  readonly delivery?: { readonly hash?: Hash; readonly blockNumber: bigint }
  readonly failure?: string
}

/** Whether there is still something to follow. */
export const isOpen = ({ status }: Intent): boolean => status === 'submitted' || status === 'confirmed'
