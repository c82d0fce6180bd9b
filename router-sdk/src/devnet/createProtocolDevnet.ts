import { parseEther } from 'viem'
import { createDevnetAccounts, type DevnetAccounts, sendingAccounts } from './accounts.js'
import { createProcessGuard } from './anvil/processGuard.js'
import { type Anvil, startAnvil } from './anvil/startAnvil.js'
import type { ProtocolChain } from './assets/deployAssets.js'
import { type ChainOptions, chainSettings } from './chain/chains.js'
import { createChain } from './chain/createChain.js'
import { loadProtocolArtifacts } from './layerzero/artifacts.js'
import { deployProtocol } from './layerzero/deployProtocol.js'

export interface ProtocolDevnetOptions {
  /** How many chains, or what each is like. Default 3. */
  readonly chains?: number | readonly ChainOptions[]
  /** How many funded user accounts. Default 20. */
  readonly users?: number
  /** Source blocks that packets wait for. More than one needs blocks that come by themselves. Default 1. */
  readonly confirmations?: number
}

/** Local chains with LayerZero V2, and nothing else yet. */
export interface ProtocolDevnet {
  readonly chains: readonly ProtocolChain[]
  readonly accounts: DevnetAccounts
  readonly confirmations: bigint
  /** Stops every chain. */
  close(): Promise<void>
}

const DEFAULT_CHAINS = 3
const DEFAULT_USERS = 20
const BALANCE = parseEther('1000000')

/** Starts anvils and deploys LayerZero V2 on all of them at once. Leaves nothing behind when it fails. */
export async function createProtocolDevnet(options: ProtocolDevnetOptions = {}): Promise<ProtocolDevnet> {
  const settings = chainSettings(options.chains ?? DEFAULT_CHAINS)
  const accounts = createDevnetAccounts(options.users ?? DEFAULT_USERS)
  const confirmations = BigInt(options.confirmations ?? 1)
  const artifacts = loadProtocolArtifacts()
  const guard = createProcessGuard()
  const anvils: Anvil[] = []
  const close = async (): Promise<void> => {
    await Promise.all(anvils.splice(0).map((anvil) => anvil.stop()))
    guard.release()
  }
  try {
    const started = await Promise.allSettled(
      settings.map(async (chain) => {
        const { chainId, blockTime, gasPrice } = chain
        const anvil = await startAnvil({ chainId, blockTime, baseFee: gasPrice }, guard)
        anvils.push(anvil)
        return createChain(chain, anvil, accounts.protocolOwner.address)
      }),
    )
    const local = started.map((result) => {
      if (result.status === 'rejected') throw result.reason
      return result.value
    })
    const chains = await Promise.all(
      local.map(async (chain) => {
        const funded = sendingAccounts(accounts).map(({ address }) => {
          return chain.testClient.setBalance({ address, value: BALANCE })
        })
        await Promise.all(funded)
        const remotes = settings.filter(({ eid }) => eid !== chain.eid)
        const layerzero = await deployProtocol({ chain, remotes, accounts, artifacts, confirmations })
        return { ...chain, layerzero }
      }),
    )
    return { chains, accounts, confirmations, close }
  } catch (error) {
    await close()
    throw error
  }
}
