import fc from 'fast-check'
import { getAddress, type Hex, numberToHex, slice } from 'viem'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { laneRouterAbi, vaultAbi } from '../abi/index.js'
import { createDevnet, type Devnet } from '../devnet/createDevnet.js'
import { shared } from './amounts.js'
import { decodeFloat24, encodeFloat24 } from './float.js'
import {
  COUNTERS,
  decodeMessage,
  encodeMessage,
  type LaneMessage,
  MalformedMessageError,
} from './messageCodec.js'
import { createLiveNetwork, fillNetwork, type LiveNetwork } from './testing/liveNetwork.js'

const uint64 = fc.bigInt({ min: 0n, max: (1n << 64n) - 1n })
/** Sizes that survive the rounding to 18 significant bits. */
const size = fc.bigInt({ min: 0n, max: (1n << 81n) - 1n }).map((value) => decodeFloat24(encodeFloat24(value)))
const bytes = (length: number): fc.Arbitrary<Hex> =>
  fc
    .uint8Array({ minLength: length, maxLength: length })
    .map((array): Hex => `0x${Buffer.from(array).toString('hex')}`)
const order = fc.record({
  recipient: bytes(20).map((value) => getAddress(value)),
  gross: uint64.map(shared),
  fee: uint64.map(shared),
  payload: fc.nat(80).chain(bytes),
})
const statement = fc.record({
  ...(Object.fromEntries(COUNTERS.map((counter) => [counter, uint64.map(shared)])) as Record<
    (typeof COUNTERS)[number],
    fc.Arbitrary<ReturnType<typeof shared>>
  >),
  cash: size.map(shared),
  loans: size.map(shared),
  owed: size.map(shared),
  equity: size.map(shared),
  gross: size.map(shared),
  free: size.map(shared),
  averageLoans: size.map(shared),
  averageFree: size.map(shared),
  supplyRate: size,
  coverage: fc.nat(0xffff),
  cap: size.map(shared),
  creditTarget: size.map(shared),
  flags: fc.nat(0xff),
  time: fc.bigInt({ min: 0n, max: 0xffff_ffffn }),
})
const message: fc.Arbitrary<LaneMessage> = fc.record({ statement, orders: fc.array(order, { maxLength: 4 }) })

describe('the codec by itself', () => {
  test('reads what it writes', () => {
    fc.assert(
      fc.property(message, (value) => {
        expect(decodeMessage(encodeMessage(value))).toEqual(value)
      }),
    )
  })

  test('refuses what is cut off, too long or of another version', () => {
    const [value] = fc.sample(message, { numRuns: 1, seed: 7 })
    const encoded = encodeMessage({ ...value!, orders: [...value!.orders, fc.sample(order, 1)[0]!] })
    expect(() => decodeMessage(slice(encoded, 0, 105))).toThrow(MalformedMessageError)
    expect(() => decodeMessage(encoded.slice(0, -2) as Hex)).toThrow(MalformedMessageError)
    expect(() => decodeMessage(`${encoded}00`)).toThrow(MalformedMessageError)
    expect(() => decodeMessage(`0x02${encoded.slice(4)}`)).toThrow(/version is 2/)
  })
})

describe('the codec against the contract', () => {
  let devnet: Devnet
  let live: LiveNetwork
  beforeAll(async () => {
    devnet = await createDevnet({ chains: 3 })
    live = createLiveNetwork(devnet)
    await fillNetwork(live)
    await devnet.worker.settled()
  })
  afterAll(() => devnet?.close())

  test('reads every message that the router sends, and writes the same bytes', () => {
    const routers = new Set(devnet.network.chains.map(({ isobar }) => isobar.router))
    const sent = devnet.worker.packets().filter(({ receiver }) => routers.has(receiver))
    expect(sent.length).toBeGreaterThanOrEqual(10)
    for (const { message } of sent) expect(encodeMessage(decodeMessage(message))).toBe(message)
  })

  test('finds every field where the contract put it', async () => {
    const recipient = devnet.accounts.user(7).address
    const receipt = await live.transfer('ethereum', 'base', 123_456_789n, recipient)
    await devnet.worker.settled()
    const packet = devnet.worker.packets().at(-1)!
    const { statement, orders } = decodeMessage(packet.message)
    expect(orders).toEqual([{ recipient, gross: 123_456_789n, fee: 0n, payload: '0x' }])

    const ethereum = devnet.chain('ethereum')
    const { router, vault } = live.site('ethereum').isobar
    const { blockNumber } = receipt
    const at = { blockNumber } as const
    const [lane, report, block] = await Promise.all([
      ethereum.publicClient.readContract({
        ...{ ...at, address: router, abi: laneRouterAbi, functionName: 'lane', args: [packet.dstEid] },
      }),
      ethereum.publicClient.readContract({ ...at, address: vault, abi: vaultAbi, functionName: 'report' }),
      ethereum.publicClient.getBlock(at),
    ])
    for (const counter of COUNTERS) expect(statement[counter]).toBe(lane[counter])
    const rounded = (value: bigint): bigint => decodeFloat24(encodeFloat24(value))
    const sizes = ['cash', 'loans', 'owed', 'equity', 'gross', 'free', 'averageLoans', 'averageFree'] as const
    for (const field of sizes) expect(statement[field]).toBe(rounded(report[field]))
    expect(statement.supplyRate).toBe(rounded(report.supplyRate))
    expect(statement.coverage).toBe(Number(report.coverage))
    expect(numberToHex(encodeFloat24(statement.cap))).toBe(numberToHex(lane.cap))
    expect(numberToHex(encodeFloat24(statement.creditTarget))).toBe(numberToHex(lane.creditTarget))
    expect(statement.flags).toBe(0)
    expect(statement.time).toBe(block.timestamp)
  })
})
