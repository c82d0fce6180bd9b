import { clientOf, type Network, type NetworkClients } from '@isobar/router-sdk'
import type { LocalAccount } from 'viem'
import { DEFAULT_GAS, type GasLimits, type RelayerChain } from './chain/relayerChain.js'
import { createSender } from './chain/sender.js'
import { type Clock, systemClock } from './clock.js'

export type ChainOptions = {
  /** Blocks, its own included, after which a transaction counts. Default 1. */
  readonly confirmations?: number
  /** Wei; nothing is sent while gas costs more. Default: no limit. */
  readonly maxFeePerGas?: bigint
  readonly gas?: Partial<GasLimits>
  /** For this chain alone. */
  readonly account?: LocalAccount
}

export type RelayerChainsParameters = {
  readonly network: Network
  readonly clients: NetworkClients
  /** Signs on every chain that has no account of its own. Nothing else may send with it. */
  readonly account: LocalAccount
  /** By chain name. */
  readonly options?: Readonly<Record<string, ChainOptions>>
  readonly clock?: Clock
}

/**
 * Everything a relayer needs to act on each chain of a network.
 *
 * @throws {@link MissingClientError}
 */
export function createRelayerChains(parameters: RelayerChainsParameters): Map<string, RelayerChain> {
  const { network, clients, options = {}, clock = systemClock } = parameters
  return new Map(
    network.chains.map((chain) => {
      const own = options[chain.name] ?? {}
      const client = clientOf(clients, chain)
      const sender = createSender({
        name: chain.name,
        chainId: chain.chainId,
        client,
        account: own.account ?? parameters.account,
        maxFeePerGas: own.maxFeePerGas,
        clock,
      })
      const confirmations = BigInt(own.confirmations ?? 1)
      return [chain.name, { chain, client, sender, confirmations, gas: { ...DEFAULT_GAS, ...own.gas } }]
    }),
  )
}
