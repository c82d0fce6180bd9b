import { type Address, getAddress, type Hex, parseAbi, parseUnits } from 'viem'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { testOftAbi } from '../../abi/devnet/index.js'
import { erc20Abi } from '../../abi/index.js'
import { encodeOptions } from '../../layerzero/options.js'
import type { AssetChain } from '../assets/deployAssets.js'
import { type AssetDevnet, createAssetDevnet, type DevnetSnapshot } from '../createAssetDevnet.js'
import { createWorker } from './createWorker.js'

const USDC = 10n ** 6n
let devnet: AssetDevnet
let fresh: DevnetSnapshot
let home: AssetChain
let base: AssetChain

beforeAll(async () => {
  devnet = await createAssetDevnet({ chains: 3, errorAbis: [testOftAbi] })
  home = devnet.chain(0)
  base = devnet.chain(1)
  await devnet.fundAsset(home, devnet.accounts.user(0).address, 1_000_000n * USDC)
  fresh = await devnet.snapshot()
})
beforeEach(() => devnet.revert(fresh))
afterEach(() => {
  devnet.worker.release('all')
  devnet.worker.resume()
})
afterAll(() => devnet.close())

const balance = (chain: AssetChain, address: Address): Promise<bigint> =>
  chain.publicClient.readContract({
    address: chain.asset,
    abi: erc20Abi,
    functionName: 'balanceOf',
    args: [address],
  })

async function send(
  amount: bigint,
  extra: { composeMessage?: Hex; extraOptions?: Hex; to?: Address } = {},
): Promise<Hex> {
  const account = devnet.accounts.user(0)
  const { to = devnet.accounts.user(1).address, ...rest } = extra
  const { guid } = await devnet.sendAsset({ from: home, toEid: base.eid, account, to, amount, ...rest })
  return guid
}

/** A contract whose lzCompose accepts anything: code that stops at once. */
const STOP: Hex = '0x00'
const composer: Address = getAddress('0x00000000000000000000000000000000000c0de1')
const composeOptions = encodeOptions([{ type: 'compose', index: 0, gas: 100_000n }])

test('holds a packet, lets a later one pass, and delivers it when released', async () => {
  const { worker } = devnet
  const next = worker.packets().filter(({ dstEid }) => dstEid === base.eid).length + 1
  worker.hold((packet) => packet.nonce === BigInt(next))
  const [held, passed] = [await send(1n * USDC), await send(2n * USDC)]
  const settlement = await worker.settled()
  expect(settlement.held.map(({ guid }) => guid)).toEqual([held])
  expect(worker.packet(held).status).toBe('committed')
  expect(worker.packet(passed).status).toBe('delivered')
  expect(await balance(base, devnet.accounts.user(1).address)).toBe(parseUnits('2', 18))
  worker.release(held)
  expect((await worker.settled()).held).toEqual([])
  expect(await balance(base, devnet.accounts.user(1).address)).toBe(parseUnits('3', 18))
})

test('delivers out of order by hand while paused', async () => {
  const { worker } = devnet
  await worker.pause()
  const guids = [await send(1n * USDC), await send(2n * USDC), await send(4n * USDC)]
  await expect(worker.settled({ timeoutMs: 100 })).rejects.toThrow(/paused.*sent/)
  expect((await worker.deliver(guids[2]!)).status).toBe('delivered')
  expect(worker.packet(guids[0]!).status).toBe('committed')
  expect((await worker.deliver(guids[1]!)).status).toBe('delivered')
  expect(await balance(base, devnet.accounts.user(1).address)).toBe(parseUnits('6', 18))
  worker.resume()
  expect((await worker.settled()).held).toEqual([])
  expect(worker.packet(guids[0]!).status).toBe('delivered')
})

test('is refused when it delivers twice', async () => {
  const guid = await send(5n * USDC)
  await devnet.worker.delivered(guid)
  const repetition = await devnet.worker.repeat(guid)
  expect(repetition.delivered).toBe(false)
  expect(repetition.commit?.reason).toMatch(/LZ_PathNotVerifiable|LZ_InvalidNonce/)
  expect(repetition.receive?.reason).toMatch(/LZ_PayloadHashNotFound/)
  expect(await balance(base, devnet.accounts.user(1).address)).toBe(parseUnits('5', 18))
  expect(devnet.worker.packet(guid).status).toBe('delivered')
})

test('records a delivery that ran out of gas and succeeds with enough', async () => {
  devnet.worker.hold(() => true)
  const guid = await send(5n * USDC)
  expect((await devnet.worker.deliverWithGas(guid, 30_000n)).status).toBe('failed')
  expect((await devnet.worker.settled()).failed.map((packet) => packet.guid)).toEqual([guid])
  await expect(devnet.worker.delivered(guid)).rejects.toThrow(/refused/)
  expect((await devnet.worker.deliver(guid)).status).toBe('delivered')
})

test('names why a recipient was refused, and does not try again by itself', async () => {
  const to = devnet.accounts.user(2).address
  const write = { account: devnet.accounts.deployer, address: base.oft, abi: testOftAbi } as const
  await base.sender.write({ ...write, functionName: 'setBlocked', args: [to, true] })
  const guid = await send(5n * USDC, { to })
  const { failed } = await devnet.worker.settled()
  expect(failed.map((packet) => packet.failure?.reason)).toEqual([`Blocked(${to})`])
  await base.sender.write({ ...write, functionName: 'setBlocked', args: [to, false] })
  expect((await devnet.worker.settled()).failed).toHaveLength(1)
  expect((await devnet.worker.deliver(guid)).failure).toBeUndefined()
  expect(await balance(base, to)).toBe(parseUnits('5', 18))
})

test('makes the composed call that was paid for, once', async () => {
  await base.testClient.setCode({ address: composer, bytecode: STOP })
  const guid = await send(5n * USDC, { to: composer, composeMessage: '0x1234', extraOptions: composeOptions })
  await devnet.worker.delivered(guid)
  const [call] = devnet.worker.composes()
  expect(call).toMatchObject({ guid, status: 'delivered', from: base.oft, to: composer, gas: 100_000n })
  // Nonce, source, amount in the destination's decimals, sender, payload.
  expect(BigInt(`0x${call!.message.slice(26, 90)}`)).toBe(parseUnits('5', 18))
  expect(call!.message.endsWith('1234')).toBe(true)
})

test('holds composed calls, leaves unpaid ones, and records refused ones', async () => {
  const { worker } = devnet
  worker.holdComposes(() => true)
  await base.testClient.setCode({ address: composer, bytecode: STOP })
  const held = await send(1n * USDC, { to: composer, composeMessage: '0x01', extraOptions: composeOptions })
  const unpaid = await send(2n * USDC, { to: composer, composeMessage: '0x02' })
  const settlement = await worker.settled()
  expect(settlement.composes.held.map(({ guid }) => guid)).toEqual([held])
  expect(settlement.composes.unpaid.map(({ guid }) => guid)).toEqual([unpaid])
  expect(await balance(base, composer)).toBe(parseUnits('3', 18))
  expect((await worker.compose(unpaid, { gas: 100_000n })).status).toBe('delivered')

  await base.testClient.setCode({ address: composer, bytecode: '0xfe' })
  worker.release('all')
  expect((await worker.settled()).composes.failed.map(({ guid }) => guid)).toEqual([held])
  await base.testClient.setCode({ address: composer, bytecode: STOP })
  expect((await worker.compose(held)).status).toBe('delivered')
})

test('drops native tokens and passes value when the options say so', async () => {
  const { address } = devnet.accounts.user(3)
  const before = await base.publicClient.getBalance({ address })
  const receiver = `0x${address.slice(2).padStart(64, '0')}` as Hex
  const extraOptions = encodeOptions([{ type: 'nativeDrop', amount: 12_345n, receiver }])
  await devnet.worker.delivered(await send(1n * USDC, { extraOptions }))
  expect((await base.publicClient.getBalance({ address })) - before).toBe(12_345n)
})

test('commits once the receiver knows the sender', async () => {
  const abi = parseAbi([
    'function setPeer(uint32 eid, bytes32 peer)',
    'function peers(uint32 eid) view returns (bytes32)',
  ])
  const oft = { address: base.oft, abi } as const
  const peer = await base.publicClient.readContract({ ...oft, functionName: 'peers', args: [home.eid] })
  const setPeer = (value: Hex) => {
    const args = [home.eid, value] as const
    return base.sender.write({ account: devnet.accounts.deployer, ...oft, functionName: 'setPeer', args })
  }
  await setPeer(`0x${'00'.repeat(32)}`)
  const guid = await send(1n * USDC)
  await expect(devnet.worker.settled({ timeoutMs: 500 })).rejects.toThrow(/LZ_PathNotInitializable/)
  await setPeer(peer)
  expect((await devnet.worker.delivered(guid)).status).toBe('delivered')
})

test('a second worker that starts from nothing takes over where the first stopped', async () => {
  await devnet.worker.pause()
  const [early, late] = [await send(1n * USDC), await send(2n * USDC)]
  await devnet.worker.deliver(early)
  const { chains, accounts } = devnet
  const second = createWorker({ chains, accounts })
  try {
    await second.settled()
    expect(second.packet(early)).toMatchObject({ status: 'delivered' })
    expect(second.packet(late)).toMatchObject({ status: 'delivered' })
    await devnet.worker.settled()
    expect(devnet.worker.packet(late)).toMatchObject({ status: 'delivered' })
  } finally {
    await second.stop()
  }
})

test('forgets a packet whose block was replaced', async () => {
  await devnet.worker.pause()
  const guid = await send(1n * USDC)
  const { worker } = devnet
  await expect(worker.settled({ timeoutMs: 50 })).rejects.toThrow(/sent/)
  await home.testClient.request({ method: 'anvil_reorg' as 'anvil_mine', params: [1, []] as never })
  worker.resume()
  await worker.settled()
  expect(() => worker.packet(guid)).toThrow(/No packet/)
  expect(await balance(base, devnet.accounts.user(1).address)).toBe(0n)
})

test('delivers a hundred packets in parallel', async () => {
  const { worker } = devnet
  const started = performance.now()
  await Promise.all(Array.from({ length: 100 }, (_, index) => send(BigInt(index + 1))))
  const sent = performance.now()
  const { delivered, failed } = await worker.settled()
  const rate = Math.round(100_000 / (performance.now() - started))
  console.log(
    `sent in ${Math.round(sent - started)} ms, settled ${Math.round(performance.now() - sent)} ms later: ${rate}/s`,
  )
  expect(failed).toEqual([])
  expect(delivered).toBeGreaterThanOrEqual(100)
  expect(await balance(base, devnet.accounts.user(1).address)).toBe(5_050n * 10n ** 12n)
})

test('says how long deliveries take', async () => {
  const latencies: number[] = []
  for (let index = 0; index < 10; index += 1) {
    const { sentAt, deliveredAt = Number.NaN } = await devnet.worker.delivered(await send(1n * USDC))
    latencies.push(deliveredAt - sentAt)
  }
  console.log(`latency ${latencies.sort((a, b) => a - b).join(' ')} ms`)
  expect(latencies.every((latency) => latency >= 0 && latency < 2_000)).toBe(true)
})
