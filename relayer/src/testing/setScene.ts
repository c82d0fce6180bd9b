import {
  creditMarketAbi,
  erc20Abi,
  laneRouterAbi,
  type NetworkChain,
  scaleOf,
  vaultAbi,
} from '@isobar/router-sdk'
import type { Devnet } from '@isobar/router-sdk/devnet'
import { type Address, maxUint256, parseEther } from 'viem'

/** What a chain starts with: suppliers' assets in shared decimals, and the share of free cash that is borrowed. */
export type VaultScene = { readonly supply: bigint; readonly utilization: number }

const DAY = 86_400

/**
 * Brings a devnet to a gap of utilization that has stood for days: vaults are supplied, borrowers draw them down, every
 * vault tells the others.
 *
 * @param vaults - in the order of the devnet's chains.
 */
export async function setScene(devnet: Devnet, vaults: readonly VaultScene[]): Promise<void> {
  const { network } = devnet
  await Promise.all(network.chains.map((chain, index) => supply(devnet, chain, vaults[index]!.supply)))
  await tellAll(devnet, 'refillCredit')
  await Promise.all(network.chains.map((chain, index) => borrow(devnet, chain, vaults[index]!.utilization)))
  await devnet.clock.advance(3 * DAY)
  await tellAll(devnet, 'sync')
}

async function supply(devnet: Devnet, chain: NetworkChain, amount: bigint): Promise<void> {
  const account = devnet.accounts.user(0)
  const { sender } = devnet.chain(chain.eid)
  await devnet.fundAsset(devnet.chain(chain.eid), account.address, amount)
  await approve(devnet, chain, 0, chain.asset.token, chain.isobar.vault)
  const vault = { account, address: chain.isobar.vault, abi: vaultAbi } as const
  const args = [amount * scaleOf(chain.asset.decimals), account.address] as const
  await sender.write({ ...vault, functionName: 'deposit', args })
}

async function borrow(devnet: Devnet, chain: NetworkChain, utilization: number): Promise<void> {
  const account = devnet.accounts.user(1)
  const { sender, publicClient } = devnet.chain(chain.eid)
  const token = chain.collaterals[0]!.token
  const amount = parseEther('10000')
  await devnet.fundCollateral(devnet.chain(chain.eid), account.address, amount)
  await approve(devnet, chain, 1, token, chain.isobar.market)
  const market = { account, address: chain.isobar.market, abi: creditMarketAbi } as const
  await sender.write({ ...market, functionName: 'supplyCollateral', args: [token, amount, account.address] })
  const vault = { address: chain.isobar.vault, abi: vaultAbi } as const
  const free = await publicClient.readContract({ ...vault, functionName: 'freeCash' })
  const assets = (free * BigInt(Math.round(utilization * 10_000))) / 10_000n
  await sender.write({ ...market, functionName: 'borrow', args: [token, assets, account.address] })
}

/** Sends a message on every lane, and waits until all have arrived. */
async function tellAll(devnet: Devnet, functionName: 'refillCredit' | 'sync'): Promise<void> {
  const { chains } = devnet.network
  const lanes = chains.flatMap((from) => chains.filter((to) => to !== from).map((to) => ({ from, to })))
  await Promise.all(
    lanes.map(async ({ from, to }) => {
      const { sender, publicClient } = devnet.chain(from.eid)
      const router = { address: from.isobar.router, abi: laneRouterAbi } as const
      const fee = await publicClient.readContract({ ...router, functionName: 'quoteSync', args: [to.eid] })
      const account = devnet.accounts.deployer
      await sender.write({ ...router, account, functionName, args: [to.eid], value: (fee * 11n) / 10n })
    }),
  )
  await devnet.worker.settled()
}

async function approve(devnet: Devnet, chain: NetworkChain, user: number, token: Address, spender: Address) {
  const write = { account: devnet.accounts.user(user), address: token, abi: erc20Abi } as const
  await devnet
    .chain(chain.eid)
    .sender.write({ ...write, functionName: 'approve', args: [spender, maxUint256] })
}
