import { laneRouterAbi, oftAbi, oftRailAbi, vaultAbi } from '../abi/index.js'
import { deployNetwork } from '../deployment/deployNetwork.js'
import type { NetworkClients } from '../network/clients.js'
import type { Network } from '../network/network.js'
import { type AssetDevnet, type AssetDevnetOptions, createAssetDevnet } from './createAssetDevnet.js'
import { type DevnetNetworkOverrides, describeDevnet } from './describeDevnet.js'

export type { DevnetSnapshot } from './createAssetDevnet.js'

export interface DevnetOptions extends AssetDevnetOptions {
  /** What Isobar's contracts have that differs from the defaults of `describeDevnet`. */
  readonly isobar?: DevnetNetworkOverrides
}

/** Local chains with LayerZero V2, one asset over all of them, a worker that delivers messages, and Isobar. */
export interface Devnet extends AssetDevnet {
  /** The deployed network, as `deployments/<name>.json` would hold it. */
  readonly network: Network
  /** A client for each chain's name, as the SDK's functions take them. */
  readonly clients: NetworkClients
}

/** The worker names these contracts' errors when a delivery is refused. */
const ERROR_ABIS = [laneRouterAbi, oftRailAbi, vaultAbi, oftAbi]

/**
 * Starts local chains with everything on them: LayerZero's own contracts, the asset, Isobar. Whatever happens, no
 * process outlives this one.
 *
 * @example
 * const devnet = await createDevnet({ chains: 3 })
 * await devnet.fundAsset(devnet.chain('base'), devnet.accounts.user(0).address, 1_000_000n)
 * const { chains } = await readNetwork(devnet.network, devnet.clients)
 * await devnet.close()
 */
export async function createDevnet(options: DevnetOptions = {}): Promise<Devnet> {
  const { isobar, errorAbis = [], ...others } = options
  const devnet = await createAssetDevnet({ ...others, errorAbis: [...ERROR_ABIS, ...errorAbis] })
  try {
    const clients = Object.fromEntries(devnet.chains.map(({ name, publicClient }) => [name, publicClient]))
    const account = devnet.accounts.deployer
    const network = await deployNetwork(describeDevnet(devnet, isobar), { clients, account })
    return { ...devnet, network, clients }
  } catch (error) {
    await devnet.close()
    throw error
  }
}
