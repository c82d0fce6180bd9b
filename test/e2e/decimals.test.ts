import {
  auditNetwork,
  type ChainState,
  erc20Abi,
  local,
  quoteTransfer,
  readNetwork,
  scaleOf,
  sendTransfer,
  vaultAbi,
  waitForTransfer,
} from '@isobar/router-sdk'
import { createDevnet, type Devnet } from '@isobar/router-sdk/devnet'
import { type Address, createWalletClient, http } from 'viem'
import { afterAll, beforeAll, expect, test } from 'vitest'
import {
  createLiveNetwork,
  fillNetwork,
  type LiveNetwork,
} from '../../router-sdk/src/network/testing/liveNetwork.js'

const UNIT = 1_000_000n
const DAY = 86_400

let devnet: Devnet
let live: LiveNetwork

beforeAll(async () => {
  devnet = await createDevnet({ chains: 3 })
  live = createLiveNetwork(devnet)
  await fillNetwork(live)
  await devnet.worker.settled()
})
afterAll(() => devnet?.close())

const tokenBalance = (name: string, owner: Address): Promise<bigint> => {
  const chain = devnet.chain(name)
  return chain.publicClient.readContract({
    ...{ address: chain.asset, abi: erc20Abi, functionName: 'balanceOf' },
    args: [owner],
  })
}

const totalSupply = (name: string): Promise<bigint> => {
  const chain = devnet.chain(name)
  return chain.publicClient.readContract({ address: chain.asset, abi: erc20Abi, functionName: 'totalSupply' })
}

/** Sends through the SDK, in local units of `from`, and gives back what the recipient has afterwards. */
async function send(from: string, to: string, amount: bigint, recipient: Address): Promise<bigint> {
  const chain = devnet.chain(from)
  const account = devnet.accounts.user(5)
  const walletClient = createWalletClient({ account, chain: chain.chain, transport: http(chain.rpcUrl) })
  const { network, clients } = devnet
  const quote = await quoteTransfer({ network, clients, from, to, amount: local(amount) })
  const { guid } = await sendTransfer({ network, clients, walletClient, quote, recipient })
  const { status } = await waitForTransfer({ network, clients, from, guid, pollMs: 30, timeoutMs: 30_000 })
  expect(status).toBe('paid')
  return tokenBalance(to, recipient)
}

/** Nothing wrong, nothing under way, nothing that nobody accounts for. */
async function expectSettled(): Promise<readonly ChainState[]> {
  await devnet.worker.settled()
  const audit = await auditNetwork(devnet.network, devnet.clients)
  expect(audit.violations).toEqual([])
  expect(audit.notices).toEqual([])
  expect(audit.status).toBe('settled')
  // The asset itself: what the adapter holds on the first chain is what there is on the others, to the last unit.
  const locked = await tokenBalance('ethereum', devnet.chain('ethereum').oft)
  const supplies = await Promise.all(
    ['base', 'arbitrum'].map(
      async (name) => (await totalSupply(name)) / scaleOf(devnet.chain(name).decimals),
    ),
  )
  expect(supplies.reduce((sum, supply) => sum + supply, 0n)).toBe(locked)
  return (await readNetwork(devnet.network, devnet.clients)).chains
}

test('value moves between 6 and 18 decimals both ways and every unit is accounted for', async () => {
  const decimals = ['ethereum', 'base', 'arbitrum'].map((name) => devnet.chain(name).decimals)
  expect(decimals).toEqual([6, 18, 6])
  await expectSettled()

  // User transfers: odd amounts, and dust below a shared unit that must stay with the sender.
  const payer = devnet.accounts.user(5).address
  await devnet.fundAsset(devnet.chain('ethereum'), payer, 5_000n * UNIT)
  await devnet.fundAsset(devnet.chain('base'), payer, 5_000n * UNIT)
  const recipient = '0x00000000000000000000000000000000000a11ce'
  expect(await send('ethereum', 'base', 1_234_567_891n, recipient)).toBe(1_234_567_891n * 10n ** 12n)
  const before = await tokenBalance('base', payer)
  const withDust = 987_654_321n * 10n ** 12n + 999_999_999_999n
  expect(await send('base', 'ethereum', withDust, recipient)).toBe(987_654_321n)
  expect(before - (await tokenBalance('base', payer))).toBe(987_654_321n * 10n ** 12n)
  expect(await send('base', 'arbitrum', 10n ** 18n, recipient)).toBe(1_000_000n)
  await expectSettled()

  // Rails: 6 to 18 decimals and 18 to 6, after the averages have seen the gap.
  await devnet.clock.advance(3 * DAY)
  await live.syncAll()
  const start = await expectSettled()
  const toBase = await live.rebalance('arbitrum', 'base')
  const toEthereum = await live.rebalance('base', 'ethereum', 100_000_000_001n)
  expect(toBase).toBeGreaterThan(100_000n * UNIT)
  expect(toEthereum).toBe(100_000_000_001n)
  const after = await expectSettled()
  const change = (name: string): bigint =>
    after.find((chain) => chain.name === name)!.cash - start.find((chain) => chain.name === name)!.cash
  expect(change('arbitrum')).toBe(-toBase)
  expect(change('base')).toBe(toBase - toEthereum)
  expect(change('ethereum')).toBe(toEthereum)

  // Interest between the vaults accrues for a month, is reported, accepted, and still adds up.
  await devnet.clock.advance(30 * DAY)
  await live.syncAll()
  const month = await expectSettled()
  const lane = month.find(({ name }) => name === 'base')!.lanes.find(({ to }) => to === 'ethereum')!
  expect(lane.counters.earned).toBeGreaterThan(0n)
})

test('suppliers take out what they are owed, to the unit, on both kinds of chain', async () => {
  for (const name of ['ethereum', 'base'] as const) {
    const chain = devnet.chain(name)
    const { vault } = devnet.network.chains.find((site) => site.name === name)!.isobar
    const supplier = devnet.accounts.user(0)
    const shares = { address: vault, abi: vaultAbi } as const
    const available = await chain.publicClient.readContract({
      ...{ ...shares, functionName: 'maxWithdraw' },
      args: [supplier.address],
    })
    expect(available).toBeGreaterThan(0n)
    const before = await tokenBalance(name, supplier.address)
    const part = available - (available % scaleOf(chain.decimals))
    await chain.sender.write({
      ...{ ...shares, account: supplier, functionName: 'withdraw' },
      args: [part, supplier.address, supplier.address],
    })
    expect((await tokenBalance(name, supplier.address)) - before).toBe(part)
  }
  const chains = await expectSettled()
  for (const chain of chains) expect(chain.cash).toBeGreaterThanOrEqual(chain.reserved)
})
