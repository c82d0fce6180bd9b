import { parseAbi, parseUnits } from 'viem'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { erc20Abi } from '../abi/index.js'
import { UnknownChainError } from '../errors/UnknownChainError.js'
import type { AssetChain } from './assets/deployAssets.js'
import { type AssetDevnet, createAssetDevnet } from './createAssetDevnet.js'

const USDC = 10n ** 6n
let devnet: AssetDevnet

const balance = (chain: AssetChain, address: `0x${string}`) =>
  chain.publicClient.readContract({
    address: chain.asset,
    abi: erc20Abi,
    functionName: 'balanceOf',
    args: [address],
  })
const supply = (chain: AssetChain) =>
  chain.publicClient.readContract({ address: chain.asset, abi: erc20Abi, functionName: 'totalSupply' })

/** Every token outside the first chain is backed by one in the adapter, to the last unit. */
async function expectConservation(): Promise<void> {
  const [home, ...others] = devnet.chains as [AssetChain, ...AssetChain[]]
  const locked = await balance(home, home.oft)
  const supplies = await Promise.all(
    others.map(async (chain) => (await supply(chain)) / 10n ** BigInt(chain.decimals - 6)),
  )
  expect(supplies.reduce((sum, value) => sum + value, 0n)).toBe(locked)
}

describe('a devnet of three chains', () => {
  beforeAll(async () => {
    const started = performance.now()
    devnet = await createAssetDevnet({ chains: 3 })
    console.log(`bring-up ${Math.round(performance.now() - started)} ms`)
  })
  afterAll(() => devnet.close())

  test('runs the real protocol under real ids on chains that know each other', async () => {
    const abi = parseAbi([
      'function eid() view returns (uint32)',
      'function peers(uint32) view returns (bytes32)',
    ])
    expect(devnet.chains.map(({ name, eid }) => [name, eid])).toEqual([
      ['ethereum', 30101],
      ['base', 30184],
      ['arbitrum', 30110],
    ])
    for (const chain of devnet.chains) {
      const { endpoint } = chain.layerzero
      expect(await chain.publicClient.readContract({ address: endpoint, abi, functionName: 'eid' })).toBe(
        chain.eid,
      )
      expect(await chain.publicClient.getChainId()).toBe(chain.chainId)
    }
    expect(devnet.chain('base')).toBe(devnet.chain(30184))
    expect(() => devnet.chain('solana')).toThrow(UnknownChainError)
  })

  test('reads many values in one call through Multicall3', async () => {
    const chain = devnet.chain(0)
    const contracts = [
      { address: chain.asset, abi: erc20Abi, functionName: 'decimals' },
      { address: chain.collateral, abi: erc20Abi, functionName: 'decimals' },
    ] as const
    expect(await chain.publicClient.multicall({ contracts, allowFailure: false })).toEqual([6, 18])
  })

  test('moves value 6 → 18 → 6 decimals without losing a unit', async () => {
    const [home, base, arbitrum] = devnet.chains as [AssetChain, AssetChain, AssetChain]
    const user = devnet.accounts.user(0)
    await devnet.fundAsset(home, user.address, 1_000n * USDC)
    const out = await devnet.sendAsset({
      ...{ from: home, toEid: base.eid, account: user, to: user.address, amount: 250_000_001n },
    })
    await devnet.worker.delivered(out.guid)
    expect(await balance(base, user.address)).toBe(parseUnits('250.000001', 18))
    await expectConservation()

    // What is below a shared unit stays with the sender.
    const on = await devnet.sendAsset({
      ...{
        from: base,
        toEid: arbitrum.eid,
        account: user,
        to: user.address,
        amount: parseUnits('3.0000019', 18),
      },
    })
    await devnet.worker.delivered(on.guid)
    expect(await balance(arbitrum, user.address)).toBe(3_000_001n)
    expect(await balance(base, user.address)).toBe(parseUnits('247', 18))
    await expectConservation()

    const back = await devnet.sendAsset({
      ...{ from: arbitrum, toEid: home.eid, account: user, to: user.address, amount: 3_000_001n },
    })
    const delivered = await devnet.worker.delivered(back.guid)
    expect(await balance(home, user.address)).toBe(1_000n * USDC - 250_000_001n + 3_000_001n)
    expect(delivered.fees.executor).toBeGreaterThan(0n)
    expect(delivered.fees.executor + delivered.fees.dvns).toBeLessThanOrEqual(back.fee)
    await expectConservation()
  })

  test('funds many accounts on all chains at once', async () => {
    const users = devnet.accounts.users.slice(5, 15)
    const started = performance.now()
    const funded = devnet.chains.flatMap((chain) =>
      users.map((user) => devnet.fundAsset(chain, user.address, 7n * USDC)),
    )
    await Promise.all(funded)
    console.log(`funded ${funded.length} accounts in ${Math.round(performance.now() - started)} ms`)
    for (const chain of devnet.chains) {
      expect(await balance(chain, users[9]!.address)).toBe(parseUnits('7', chain.decimals))
    }
    await expectConservation()
  })

  test('goes back to a snapshot, worker and clock included, more than once', async () => {
    const base = devnet.chain('base')
    const { address } = devnet.accounts.user(19)
    await devnet.worker.settled()
    const snapshot = await devnet.snapshot()
    const known = devnet.worker.packets().length
    for (let round = 0; round < 2; round += 1) {
      await devnet.fundAsset(base, address, 5n * USDC)
      await devnet.clock.advance(3_600)
      expect(await balance(base, address)).toBe(parseUnits('5', 18))
      expect(devnet.worker.packets()).toHaveLength(known + 1)
      await devnet.revert(snapshot)
      expect(await balance(base, address)).toBe(0n)
      expect(devnet.worker.packets()).toHaveLength(known)
      expect(devnet.clock.now() - snapshot.time).toBeLessThan(3n)
    }
    await devnet.worker.settled()
  })
})
