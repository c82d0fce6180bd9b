import type { Address, Hex } from 'viem'
import type { LaneMessage } from '../messageCodec.js'

/** An order that is not known to be paid. */
export interface OpenOrder {
  readonly index: number
  readonly gross: bigint
  readonly recipient: Address
}

/** A router's message that is not known to be delivered, or whose orders are not all known to be paid. */
export interface OpenMessage {
  readonly nonce: bigint
  readonly guid: Hex
  readonly payloadHash: Hex
  readonly statement: LaneMessage['statement']
  orders: readonly OpenOrder[]
}

/** Value on a rail that is not known to have reached the vault. */
export interface OpenRail {
  readonly nonce: bigint
  readonly guid: Hex
  readonly payloadHash: Hex
  readonly amount: bigint
}

/** What the logs told of one direction of a lane: what `from` sent and what became of it at `to`. */
export interface ChannelJournal {
  /** Newest nonce of the router's messages. */
  nonce: bigint
  /** Sum of all orders that were ever sent, shared decimals; likewise what rails sent. */
  ordered: bigint
  railed: bigint
  readonly messages: Map<bigint, OpenMessage>
  readonly rails: Map<Hex, OpenRail>
  /** Orders that `to` said it paid and that are not closed yet: `guid:index`. */
  readonly paid: Set<string>
  /** The newest delivered message. */
  newest?: { readonly nonce: bigint; readonly statement: LaneMessage['statement'] }
}

/** What a chain's events told of one of its lanes. */
export interface LaneJournal {
  granted: bigint
  returned: bigint
  earned: bigint
  highestCap: bigint
  /** Block in which the lane was last touched. */
  touchedAt: bigint
}

/** What the logs of one chain told, up to the cursor. */
export interface ChainJournal {
  cursor: { readonly number: bigint; readonly hash?: Hex }
  /** Cash of the vault by its events, local decimals. */
  cash: bigint
  /** Parked payouts by the vault's events, shared decimals. */
  parked: bigint
  /** Debtors' collaterals that were ever listed. */
  readonly collaterals: Set<Address>
  readonly lanes: Map<number, LaneJournal>
}

export const newChannel = (): ChannelJournal => ({
  nonce: 0n,
  ordered: 0n,
  railed: 0n,
  messages: new Map(),
  rails: new Map(),
  paid: new Set(),
})

export const newLane = (): LaneJournal => ({
  granted: 0n,
  returned: 0n,
  earned: 0n,
  highestCap: 0n,
  touchedAt: 0n,
})

export const newChain = (deployedAt: bigint): ChainJournal => ({
  cursor: { number: deployedAt - 1n },
  cash: 0n,
  parked: 0n,
  collaterals: new Set(),
  lanes: new Map(),
})
