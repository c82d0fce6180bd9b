import { type Address, maxUint256, parseEther, type TransactionReceipt } from 'viem'
import { creditMarketAbi, erc20Abi, laneRouterAbi, vaultAbi } from '../../abi/index.js'
import type { AssetChain } from '../../devnet/assets/deployAssets.js'
import type { Devnet } from '../../devnet/createDevnet.js'
import { scaleOf } from '../amounts.js'
import type { NetworkChain } from '../network.js'

/** Actions of users and keepers on a devnet, for tests. Amounts in shared decimals. */
export interface LiveNetwork {
  site(name: string): NetworkChain
  /** Deposits, with tokens that it brings along. */
  deposit(name: string, amount: bigint): Promise<void>
  /** Borrows against as much collateral as it takes. */
  borrow(name: string, amount: bigint): Promise<void>
  sync(from: string, to: string): Promise<TransactionReceipt>
  refill(from: string, to: string): Promise<TransactionReceipt>
  transfer(from: string, to: string, amount: bigint, recipient?: Address): Promise<TransactionReceipt>
  /** Moves what is admitted, at most `amount`. Returns what it moved. */
  rebalance(from: string, to: string, amount?: bigint): Promise<bigint>
  /** Statements on every lane, delivered. */
  syncAll(): Promise<void>
}

/** More than any message costs; the rest comes back. */
const MESSAGE_VALUE = parseEther('0.05')

export function createLiveNetwork(devnet: Devnet): LiveNetwork {
  const { network, accounts, worker } = devnet
  const supplier = accounts.user(0)
  const borrower = accounts.user(1)
  const payer = accounts.user(2)
  const keeper = accounts.relayer
  const site = (name: string): NetworkChain => network.chains.find((chain) => chain.name === name)!
  const at = (name: string): { chain: AssetChain; site: NetworkChain } => ({
    chain: devnet.chain(name),
    site: site(name),
  })
  const approve = (chain: AssetChain, token: Address, spender: Address, account: typeof supplier) =>
    chain.sender.write({
      ...{ account, address: token, abi: erc20Abi, functionName: 'approve' },
      args: [spender, maxUint256],
    })
  const keep = (from: string, to: string, functionName: 'sync' | 'refillCredit') => {
    const { chain, site } = at(from)
    const args = [devnet.chain(to).eid] as const
    const call = {
      account: keeper,
      address: site.isobar.router,
      abi: laneRouterAbi,
      value: MESSAGE_VALUE,
    } as const
    return chain.sender.write({ ...call, functionName, args })
  }
  const names = network.chains.map(({ name }) => name)

  const live: LiveNetwork = {
    site,
    async deposit(name, amount) {
      const { chain, site } = at(name)
      await devnet.fundAsset(chain, supplier.address, amount)
      await approve(chain, chain.asset, site.isobar.vault, supplier)
      await chain.sender.write({
        ...{ account: supplier, address: site.isobar.vault, abi: vaultAbi, functionName: 'deposit' },
        args: [amount * scaleOf(chain.decimals), supplier.address],
      })
    },
    async borrow(name, amount) {
      const { chain, site } = at(name)
      // A unit of collateral is worth thousands of the asset: one for each thousand is plenty.
      const collateral = (amount * 10n ** 12n) / 1_000n
      await devnet.fundCollateral(chain, borrower.address, collateral)
      await approve(chain, chain.collateral, site.isobar.market, borrower)
      const market = { account: borrower, address: site.isobar.market, abi: creditMarketAbi } as const
      await chain.sender.write({
        ...{ ...market, functionName: 'supplyCollateral' },
        args: [chain.collateral, collateral, borrower.address],
      })
      await chain.sender.write({
        ...{ ...market, functionName: 'borrow' },
        args: [chain.collateral, amount * scaleOf(chain.decimals), borrower.address],
      })
    },
    sync: (from, to) => keep(from, to, 'sync'),
    refill: (from, to) => keep(from, to, 'refillCredit'),
    async transfer(from, to, amount, recipient = accounts.user(3).address) {
      const { chain, site } = at(from)
      await devnet.fundAsset(chain, payer.address, amount)
      await approve(chain, chain.asset, site.isobar.router, payer)
      const params = {
        ...{ dstEid: devnet.chain(to).eid, recipient, minReceived: 0n },
        ...{ amount: amount * scaleOf(chain.decimals), deadline: 2 ** 40 - 1 },
      }
      const call = { account: payer, address: site.isobar.router, abi: laneRouterAbi } as const
      return chain.sender.write({ ...call, functionName: 'transfer', args: [params], value: MESSAGE_VALUE })
    },
    async rebalance(from, to, amount) {
      const { chain, site } = at(from)
      const { eid } = devnet.chain(to)
      const router = { address: site.isobar.router, abi: laneRouterAbi } as const
      const [[admitted], lane] = await Promise.all([
        chain.publicClient.readContract({ ...router, functionName: 'maxRebalance', args: [eid] }),
        chain.publicClient.readContract({ ...router, functionName: 'lane', args: [eid] }),
      ])
      const moved = amount !== undefined && amount < admitted ? amount : admitted
      if (moved === 0n) return 0n
      const call = { account: keeper, ...router, value: MESSAGE_VALUE } as const
      await chain.sender.write({ ...call, functionName: 'rebalance', args: [eid, moved, lane.railOut] })
      return moved
    },
    async syncAll() {
      for (const from of names) {
        for (const to of names) if (to !== from) await live.sync(from, to)
      }
      await worker.settled()
    },
  }
  return live
}

const UNIT = 10n ** 6n

/** Three chains with deposits, loans, a gap in utilization, and credit on every lane. */
export async function fillNetwork(live: LiveNetwork): Promise<void> {
  const loans = { ethereum: 850_000n, base: 500_000n, arbitrum: 100_000n }
  const names = Object.keys(loans) as (keyof typeof loans)[]
  for (const name of names) {
    await live.deposit(name, 1_000_000n * UNIT)
    await live.borrow(name, loans[name] * UNIT)
  }
  await live.syncAll()
  for (const from of names) for (const to of names) if (to !== from) await live.refill(from, to)
}
