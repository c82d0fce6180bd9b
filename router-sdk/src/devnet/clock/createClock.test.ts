import { afterEach, expect, test } from 'vitest'
import type { LocalChain } from '../chain/createChain.js'
import { type AssetDevnet, createAssetDevnet } from '../createAssetDevnet.js'

let devnet: AssetDevnet | undefined
afterEach(() => devnet?.close())

const times = (network: AssetDevnet) =>
  Promise.all(network.chains.map(async ({ publicClient }) => (await publicClient.getBlock()).timestamp))
const spread = (values: readonly bigint[]): bigint => {
  const sorted = [...values].sort((a, b) => Number(a - b))
  return sorted.at(-1)! - sorted[0]!
}

test('moves all chains together, and they go on from there', async () => {
  devnet = await createAssetDevnet({ chains: 3 })
  const before = devnet.clock.now()
  await devnet.clock.advance(86_400)
  const after = await times(devnet)
  expect(spread(after)).toBe(0n)
  expect(after[0]! - before).toBeGreaterThanOrEqual(86_400n)
  expect(after[0]! - before).toBeLessThan(86_403n)
  await Promise.all(devnet.chains.map(({ testClient }) => testClient.mine({ blocks: 1 })))
  for (const time of await times(devnet)) expect(time - devnet.clock.now()).toBeLessThanOrEqual(1n)
  // Attestations expire by the destination's time, so messages still arrive.
  await devnet.fundAsset(devnet.chain(1), devnet.accounts.user(0).address, 1_000_000n)
})

/** All blocks of a chain: when, and whether it is a step of the clock or holds transactions. */
async function allBlocks({ publicClient }: LocalChain) {
  const height = Number(await publicClient.getBlockNumber())
  const numbers = Array.from({ length: height }, (_, index) => BigInt(index + 1))
  const blocks = await Promise.all(numbers.map((blockNumber) => publicClient.getBlock({ blockNumber })))
  return blocks.map(({ transactions, timestamp }) => ({
    time: Number(timestamp),
    empty: transactions.length === 0,
  }))
}

test('runs 600 times faster with all chains in step, under traffic', async () => {
  const speed = 600
  const network = await createAssetDevnet({ chains: 3, clock: { speed, tickMs: 150 } })
  devnet = network
  const wall = Date.now()
  const start = network.clock.now()
  const to = network.accounts.user(0).address
  while (Date.now() - wall < 2_000) await network.fundAsset(network.chain(1), to, 1_000_000n)
  const elapsed = Number(network.clock.now() - start) / ((Date.now() - wall) / 1000)
  expect(elapsed).toBeGreaterThan(speed * 0.98)
  expect(elapsed).toBeLessThan(speed * 1.02)
  await network.worker.settled()

  await network.clock.stop()
  const chains = await Promise.all(network.chains.map(allBlocks))
  for (const blocks of chains) {
    const steps = blocks.filter(({ empty }) => empty)
    expect(steps.length).toBeGreaterThan(3)
    // A transaction's block may take a step's time, and leave the next second to the step.
    const missed = steps.filter(
      (step) => !chains.every((other) => other.some(({ time }) => Math.abs(time - step.time) <= 1)),
    )
    expect(missed).toEqual([])
  }
})

test('goes back in time with a snapshot while it runs fast', async () => {
  devnet = await createAssetDevnet({ chains: 2, clock: { speed: 100 } })
  const snapshot = await devnet.snapshot()
  await devnet.clock.advance(100_000)
  await devnet.revert(snapshot)
  expect(Number(devnet.clock.now() - snapshot.time)).toBeLessThan(100)
  expect(spread(await times(devnet))).toBeLessThan(100n)
  await devnet.fundAsset(devnet.chain(1), devnet.accounts.user(0).address, 1_000_000n)
})

test('refuses a clock that cannot work, and leaves nothing behind', async () => {
  await expect(createAssetDevnet({ chains: 1, clock: { speed: 2, tickMs: 100 } })).rejects.toThrow(
    /less than a second/,
  )
  await expect(createAssetDevnet({ chains: 1, clock: { speed: 0.5 } })).rejects.toThrow(/at least 1/)
})
