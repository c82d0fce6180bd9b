import {
  createNetworkReader,
  type Network,
  type NetworkClients,
  type NetworkReader,
  type NetworkState,
  RpcUnavailableError,
} from '@isobar/router-sdk'
import type { Clock } from './clock.js'

export type ReachableReader = {
  /** Reads all chains that answer. Rejects when fewer than two do, or when a chain is not what it should be. */
  readonly read: () => Promise<NetworkState>
}

/** A chain that did not answer is asked again after this long, so that its time-outs do not slow every tick. */
const RETRY_MS = 15_000

/**
 * Reads the network without the chains whose nodes are down: one outage must not stop the work between the others.
 *
 * @param onUnreachable - hears of each chain that did not answer.
 */
export function createReachableReader(
  network: Network,
  clients: NetworkClients,
  clock: Clock,
  onUnreachable: (error: RpcUnavailableError) => void,
): ReachableReader {
  const downSince = new Map<string, number>()
  const readers = new Map<string, NetworkReader>()

  function readerFor(chains: Network['chains']): NetworkReader {
    const key = chains.map(({ name }) => name).join()
    const reader = readers.get(key) ?? createNetworkReader({ ...network, chains }, clients)
    readers.set(key, reader)
    return reader
  }

  return {
    async read() {
      for (;;) {
        const now = clock.now()
        const chains = network.chains.filter(({ name }) => {
          const since = downSince.get(name)
          return since === undefined || now - since >= RETRY_MS
        })
        try {
          // How old is too old is decided chain by chain, after reading.
          const state = await readerFor(chains).read({ maxLag: Number.MAX_SAFE_INTEGER })
          for (const { name } of chains) downSince.delete(name)
          return state
        } catch (error) {
          if (!(error instanceof RpcUnavailableError)) throw error
          downSince.set(error.chain, clock.now())
          onUnreachable(error)
          if (chains.length <= 2) throw error
        }
      }
    },
  }
}
