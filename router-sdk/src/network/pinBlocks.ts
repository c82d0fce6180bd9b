import { ChainBehindError } from '../errors/ChainBehindError.js'
import { askChain } from './askChain.js'
import { clientOf, type NetworkClients } from './clients.js'
import type { Network } from './network.js'

/** The block as of which a chain is read. */
export interface PinnedBlock {
  readonly number: bigint
  readonly hash: `0x${string}`
  /** Unix seconds. */
  readonly timestamp: bigint
}

export interface FreshnessOptions {
  /**
   * Seconds that a chain's block may be older than the newest block of the other chains and than the clock. On local
   * networks, whose idle chains make no blocks and whose clock may be accelerated, the default is no limit; elsewhere
   * it is 300.
   */
  readonly maxLag?: number
  /** Unix seconds; the default is the system's clock. On local networks, whose time is their own, it counts only if given. */
  readonly now?: bigint
}

export interface PinOptions extends FreshnessOptions {
  /** Blocks to stay below the newest one, for all chains or by chain name. Default 0. */
  readonly depth?: bigint | Readonly<Record<string, bigint>>
}

const DEFAULT_MAX_LAG = 300

function checkFreshness(
  network: Network,
  blocks: ReadonlyMap<string, PinnedBlock>,
  options: FreshnessOptions,
): void {
  const { maxLag = network.local ? undefined : DEFAULT_MAX_LAG } = options
  if (maxLag === undefined) return
  const now = options.now ?? (network.local ? undefined : BigInt(Math.floor(Date.now() / 1000)))
  const references = [...blocks].map(([name, { timestamp }]) => ({ name, timestamp }))
  if (now !== undefined) references.push({ name: 'clock', timestamp: now })
  const newest = references.reduce((best, next) => (next.timestamp > best.timestamp ? next : best))
  for (const [name, { timestamp }] of blocks) {
    if (newest.timestamp - timestamp > BigInt(maxLag)) {
      throw new ChainBehindError(name, timestamp, newest.timestamp, BigInt(maxLag), newest.name)
    }
  }
}

/**
 * Chooses a block of every chain, at about the same time, to read it at.
 *
 * @throws {@link RpcUnavailableError}, {@link ChainBehindError}, {@link MissingClientError}
 */
export async function pinBlocks(
  network: Network,
  clients: NetworkClients,
  options: PinOptions = {},
): Promise<Map<string, PinnedBlock>> {
  const { depth = 0n } = options
  const entries = await Promise.all(
    network.chains.map(async (chain) => {
      const client = clientOf(clients, chain)
      const below = typeof depth === 'bigint' ? depth : (depth[chain.name] ?? 0n)
      const newest = await askChain(chain.name, client.getBlock({ blockTag: 'latest' }))
      const wanted = newest.number > below ? newest.number - below : 0n
      const block =
        below === 0n ? newest : await askChain(chain.name, client.getBlock({ blockNumber: wanted }))
      const { number, hash, timestamp } = block
      return [chain.name, { number, hash, timestamp }] as const
    }),
  )
  const blocks = new Map<string, PinnedBlock>(entries)
  checkFreshness(network, blocks, options)
  return blocks
}
