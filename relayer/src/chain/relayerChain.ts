import type { NetworkChain } from '@isobar/router-sdk'
import type { PublicClient } from 'viem'
import type { TransactionSender } from './sender.js'

/** Gas limits of what a relayer sends, in units of the chain. */
export type GasLimits = { readonly rebalance: bigint; readonly sync: bigint; readonly refill: bigint }

/**
 * On local chains with two DVNs a move took up to 424,000 and a statement up to 319,000; a grant is a statement with some
 * storage more. The room above is for chains whose storage or messaging costs more: what is not used is not paid.
 */
export const DEFAULT_GAS: GasLimits = { rebalance: 1_200_000n, sync: 700_000n, refill: 800_000n }

/** A chain of the network with what it takes to act on it. */
export type RelayerChain = {
  readonly chain: NetworkChain
  readonly client: PublicClient
  readonly sender: TransactionSender
  /** Blocks, its own included, after which a transaction counts. */
  readonly confirmations: bigint
  readonly gas: GasLimits
}
