import {
  creditMarketAbi,
  erc20Abi,
  laneRouterAbi,
  type Network,
  type NetworkChain,
  vaultAbi,
} from '@isobar/router-sdk'
import type { Devnet } from '@isobar/router-sdk/devnet'
import { type Address, maxUint256, parseEther } from 'viem'
import { units } from './amounts.js'

/** Suppliers' assets and the utilization that borrowers bring about, by chain. */
export const VAULTS = [
  { name: 'ethereum', supply: units(800_000), utilization: 0.92 },
  { name: 'base', supply: units(1_200_000), utilization: 0.55 },
  { name: 'arbitrum', supply: units(1_200_000), utilization: 0.12 },
] as const

/**
 * Terms of every lane, in the asset. A claim on one vault may also be at most half of the creditor's equity and a vault may
 * owe at most its own equity: ethereum can take the 700,000 that it lacks, partly over base, which lies between.
 */
export const LANE_TERMS = { cap: 700_000, maxCredit: 50_000, creditTarget: 20_000 } as const

/** What each sender of user transfers owns on each chain. */
export const SENDER_FUNDS = units(60_000)
export const SENDERS = 4

const SUPPLIER = 0
const BORROWER = 1
const FIRST_SENDER = 2
/** Seconds of chain time before the main job starts, so that the averages have seen the gap. */
const HISTORY = 3 * 86_400

export const senderAccounts = (devnet: Devnet) =>
  Array.from({ length: SENDERS }, (_, index) => devnet.accounts.user(FIRST_SENDER + index))

/**
 * Brings the network to its start: suppliers deposit, every vault sets credit aside for the others, borrowers draw the
 * vaults down to their utilization, days pass, every vault tells the others.
 */
export async function setScene(devnet: Devnet, network: Network): Promise<void> {
  const each = <result>(run: (chain: NetworkChain) => Promise<result>): Promise<result[]> =>
    Promise.all(network.chains.map(run))

  await fundEveryone(devnet, network)
  await each((chain) => supply(devnet, chain))
  await each((chain) => onEveryLane(devnet, network, chain, 'refillCredit'))
  await devnet.worker.settled()
  await each((chain) => borrow(devnet, chain))
  await devnet.clock.advance(HISTORY)
  await each((chain) => onEveryLane(devnet, network, chain, 'sync'))
  await devnet.worker.settled()
}

/** The supply of the other chains is sent there for real, over the OFT. */
async function fundEveryone(devnet: Devnet, network: Network): Promise<void> {
  const fundings = network.chains.flatMap((chain) => {
    const local = devnet.chain(chain.eid)
    const supplier = { to: devnet.accounts.user(SUPPLIER).address, amount: vaultOf(chain).supply }
    const senders = senderAccounts(devnet).map(({ address }) => ({ to: address, amount: SENDER_FUNDS }))
    return [supplier, ...senders].map(({ to, amount }) => devnet.fundAsset(local, to, amount))
  })
  await Promise.all(fundings)
}

async function supply(devnet: Devnet, chain: NetworkChain): Promise<void> {
  const { sender } = devnet.chain(chain.eid)
  const account = devnet.accounts.user(SUPPLIER)
  await approve(devnet, chain, SUPPLIER, chain.asset.token, chain.isobar.vault)
  const assets = vaultOf(chain).supply * scaleOf(chain)
  const write = { account, address: chain.isobar.vault, abi: vaultAbi } as const
  await sender.write({ ...write, functionName: 'deposit', args: [assets, account.address] })
}

async function borrow(devnet: Devnet, chain: NetworkChain): Promise<void> {
  const { sender, publicClient } = devnet.chain(chain.eid)
  const account = devnet.accounts.user(BORROWER)
  const [collateral] = chain.collaterals
  if (!collateral) throw new Error(`${chain.name} has no collateral to borrow against`)
  // Collateral for any debt of the scene; its price is far above what is needed.
  const amount = parseEther('10000')
  await devnet.fundCollateral(devnet.chain(chain.eid), account.address, amount)
  await approve(devnet, chain, BORROWER, collateral.token, chain.isobar.market)
  const write = { account, address: chain.isobar.market, abi: creditMarketAbi } as const
  const supplied = [collateral.token, amount, account.address] as const
  await sender.write({ ...write, functionName: 'supplyCollateral', args: supplied })

  const free = await publicClient.readContract({
    address: chain.isobar.vault,
    abi: vaultAbi,
    functionName: 'freeCash',
  })
  const assets = (free * BigInt(Math.round(vaultOf(chain).utilization * 10_000))) / 10_000n
  await sender.write({ ...write, functionName: 'borrow', args: [collateral.token, assets, account.address] })
}

async function onEveryLane(
  devnet: Devnet,
  network: Network,
  chain: NetworkChain,
  functionName: 'refillCredit' | 'sync',
): Promise<void> {
  const { sender, publicClient } = devnet.chain(chain.eid)
  const router = { address: chain.isobar.router, abi: laneRouterAbi } as const
  const others = network.chains.filter(({ eid }) => eid !== chain.eid)
  await Promise.all(
    others.map(async ({ eid }) => {
      const fee = await publicClient.readContract({ ...router, functionName: 'quoteSync', args: [eid] })
      // The endpoint gives back what it does not need.
      const value = (fee * 11n) / 10n
      const account = devnet.accounts.relayer
      await sender.write({ ...router, account, functionName, args: [eid], value })
    }),
  )
}

async function approve(
  devnet: Devnet,
  chain: NetworkChain,
  user: number,
  token: Address,
  spender: Address,
): Promise<void> {
  const account = devnet.accounts.user(user)
  const write = { account, address: token, abi: erc20Abi } as const
  await devnet
    .chain(chain.eid)
    .sender.write({ ...write, functionName: 'approve', args: [spender, maxUint256] })
}

function vaultOf(chain: NetworkChain): (typeof VAULTS)[number] {
  const vault = VAULTS.find(({ name }) => name === chain.name)
  if (!vault) throw new Error(`the scene has no vault on ${chain.name}`)
  return vault
}

const scaleOf = (chain: NetworkChain): bigint => 10n ** BigInt(chain.asset.decimals - 6)
