import { ChainMismatchError } from '../errors/ChainMismatchError.js'
import { askChain } from './askChain.js'
import { clientOf, type NetworkClients } from './clients.js'
import { readIdentity } from './identity.js'
import type { Network, NetworkChain } from './network.js'
import { type PinnedBlock, type PinOptions, pinBlocks } from './pinBlocks.js'
import { createReadBatch } from './readBatch.js'
import { readChain } from './readChain.js'
import type { NetworkState } from './state.js'

export interface ReadNetworkOptions extends PinOptions {}

/** Reads a network again and again; what cannot change is checked once. */
export interface NetworkReader {
  read(options?: ReadNetworkOptions): Promise<NetworkState>
}

/**
 * Makes a reader that checks on its first read that every client is of the right chain and that the network file's
 * contracts are there and know each other.
 *
 * @example
 * const reader = createNetworkReader(network, clients)
 * for (;;) plan(await reader.read({ maxLag: 60 }))
 */
export function createNetworkReader(network: Network, clients: NetworkClients): NetworkReader {
  let identified = false

  async function checkChainId(chain: NetworkChain): Promise<void> {
    const chainId = await askChain(chain.name, clientOf(clients, chain).getChainId())
    if (chainId !== chain.chainId) throw new ChainMismatchError(chain.name, 'chainId', chain.chainId, chainId)
  }

  async function ask(chain: NetworkChain, block: PinnedBlock) {
    const batch = createReadBatch(chain)
    const identity = identified ? undefined : readIdentity(network, chain, batch)
    const state = readChain(network, chain, batch, block)
    await batch.run(clientOf(clients, chain), block.number)
    return { identity, state }
  }

  return {
    async read(options = {}) {
      const [blocks] = await Promise.all([
        pinBlocks(network, clients, options),
        ...(identified ? [] : network.chains.map(checkChainId)),
      ])
      const answers = await Promise.all(network.chains.map((chain) => ask(chain, blocks.get(chain.name)!)))
      for (const { identity } of answers) identity?.checkContracts()
      for (const { identity } of answers) identity?.checkPeers()
      const chains = answers.map(({ state }) => state())
      identified = true
      return { chains }
    },
  }
}

/**
 * Reads the whole state of a network: every chain at one block of its own, all chains at the same time, one multicall
 * a chain. Amounts in shared decimals.
 *
 * @throws {@link RpcUnavailableError} when a node does not answer, {@link ChainBehindError} when a chain's newest block
 * is too old, {@link ChainMismatchError}, {@link WrongContractError} and {@link PeerMismatchError} when the chains are
 * not what the network file says, {@link MissingClientError}.
 *
 * @example
 * const { chains } = await readNetwork(network, clients)
 * for (const { name, utilization, cash } of chains) console.log(name, utilization, cash)
 */
export const readNetwork = (
  network: Network,
  clients: NetworkClients,
  options?: ReadNetworkOptions,
): Promise<NetworkState> => createNetworkReader(network, clients).read(options)
