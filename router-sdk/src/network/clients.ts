import type { PublicClient } from 'viem'
import { MissingClientError } from '../errors/MissingClientError.js'
import type { NetworkChain } from './network.js'

/**
 * What reads the chains: a viem public client under each chain's name.
 *
 * @example
 * const clients: NetworkClients = {
 *   ethereum: createPublicClient({ transport: http('https://…') }),
 *   base: createPublicClient({ transport: http('https://…') }),
 * }
 */
export type NetworkClients = Readonly<Record<string, PublicClient>>

/**
 * The client for a chain.
 *
 * @throws {@link MissingClientError}
 */
export function clientOf(clients: NetworkClients, chain: Pick<NetworkChain, 'name'>): PublicClient {
  const client = clients[chain.name]
  if (!client) throw new MissingClientError(chain.name, Object.keys(clients))
  return client
}
