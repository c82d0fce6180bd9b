import { createPublicClient, http, zeroAddress } from 'viem'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createDevnet, type Devnet } from '../devnet/createDevnet.js'
import {
  ChainBehindError,
  ChainMismatchError,
  MissingClientError,
  PeerMismatchError,
  RpcUnavailableError,
  UnknownChainError,
  WrongContractError,
} from '../errors/index.js'
import { chainOf } from './chainOf.js'
import type { NetworkClients } from './clients.js'
import type { Network, NetworkChain } from './network.js'
import { createNetworkReader, readNetwork } from './readNetwork.js'
import { createLiveNetwork, fillNetwork, type LiveNetwork } from './testing/liveNetwork.js'

const UNIT = 10n ** 6n
let devnet: Devnet
let live: LiveNetwork
let network: Network
let clients: NetworkClients

/** The network file with one chain changed. */
const withChain = (name: string, change: (chain: NetworkChain) => Partial<NetworkChain>): Network => ({
  ...network,
  chains: network.chains.map((chain) => (chain.name === name ? { ...chain, ...change(chain) } : chain)),
})

async function failure(reading: Promise<unknown>): Promise<unknown> {
  return reading.then(
    () => undefined,
    (error: unknown) => error,
  )
}

beforeAll(async () => {
  devnet = await createDevnet({ chains: 3 })
  ;({ network, clients } = devnet)
  live = createLiveNetwork(devnet)
  await fillNetwork(live)
  await devnet.worker.settled()
})
afterAll(() => devnet?.close())

describe('readNetwork', () => {
  test('reads every chain and lane in shared decimals', async () => {
    const { chains } = await readNetwork(network, clients)
    expect(chains.map(({ name, eid }) => [name, eid])).toEqual([
      ['ethereum', 30101],
      ['base', 30184],
      ['arbitrum', 30110],
    ])
    const base = chains[1]!
    expect(base.cash).toBe(500_000n * UNIT)
    expect(base.loans).toBeGreaterThanOrEqual(500_000n * UNIT)
    expect(base.tokenBalance).toBe(base.cash)
    expect(base.reserved).toBe(base.lanes[0]!.reserved + base.lanes[1]!.reserved)
    expect(base.free).toBe(base.cash - base.reserved)
    expect(base.limits).toMatchObject({
      deadBand: 4n * 10n ** 16n,
      statementMaxAge: 1_800n,
      moveInterval: 600n,
    })
    expect(base.rateModel.optimalUtilization).toBe(9n * 10n ** 17n)
    const lane = base.lanes.find(({ to }) => to === 'ethereum')!
    expect(lane).toMatchObject({ from: 'base', position: 0n, statementNonce: 2n, moveNumber: 0n })
    // Stored with 18 significant bits.
    expect(lane.creditTarget).toBeGreaterThan(19_999n * UNIT)
    expect(lane.reserved).toBe(lane.creditTarget)
    expect(lane.sellable).toBe(lane.reserved)
    expect(lane.grantLimit).toBe('credit-target')
  })

  test('reads each chain as of one block, whatever comes after', async () => {
    const reader = createNetworkReader(network, clients)
    const before = await reader.read({ depth: { ethereum: 0n } })
    await live.transfer('ethereum', 'base', 5n * UNIT)
    await devnet.worker.settled()
    const { number } = before.chains[0]!.block
    const newest = (await reader.read()).chains[0]!.block.number
    const again = await reader.read({ depth: { ethereum: newest - number } })
    expect(again.chains[0]).toEqual(before.chains[0])
  })

  test('takes one request for the block and one for the state of a chain', async () => {
    let requests = 0
    const counted: NetworkClients = Object.fromEntries(
      devnet.chains.map(({ name, rpcUrl }) => {
        const onFetchRequest = () => {
          requests += 1
        }
        return [name, createPublicClient({ transport: http(rpcUrl, { onFetchRequest }) })]
      }),
    )
    const reader = createNetworkReader(network, counted)
    await reader.read()
    requests = 0
    const started = performance.now()
    await reader.read()
    console.log(`read three chains in ${Math.round(performance.now() - started)} ms`)
    expect(requests).toBe(6)
  })
})

describe('a wrong network file or chain', () => {
  test('a chain that is not there', () => {
    expect(() => chainOf(network, 'solana')).toThrow(UnknownChainError)
    expect(() => chainOf(network, 'solana')).toThrow(/use one of: ethereum, base, arbitrum/)
  })

  test('a chain without a client', async () => {
    const error = await failure(readNetwork(network, { ethereum: clients.ethereum! }))
    expect(error).toBeInstanceOf(MissingClientError)
  })

  test('an eid of another chain', async () => {
    const error = await failure(
      readNetwork(
        withChain('base', () => ({ eid: 30_999 })),
        clients,
      ),
    )
    expect(error).toBeInstanceOf(ChainMismatchError)
    expect(error).toMatchObject({ chain: 'base', field: 'eid', expected: 30_999, actual: 30_184 })
  })

  test('an RPC endpoint with another chain behind it', async () => {
    const swapped = { ...clients, base: clients.arbitrum! }
    const error = await failure(readNetwork(network, swapped))
    expect(error).toBeInstanceOf(ChainMismatchError)
    expect(error).toMatchObject({ chain: 'base', field: 'chainId' })
  })

  test.each([
    ['vault', 'isobar.vault'],
    ['router', 'isobar.router'],
    ['rail', 'isobar.rail'],
  ] as const)('an address without a contract: %s', async (contract, field) => {
    const changed = withChain('base', ({ isobar }) => ({ isobar: { ...isobar, [contract]: zeroAddress } }))
    const error = await failure(readNetwork(changed, clients))
    expect(error).toBeInstanceOf(WrongContractError)
    expect(error).toMatchObject({ chain: 'base', field, address: zeroAddress })
  })

  test('an address with another contract', async () => {
    const changed = withChain('base', ({ isobar }) => ({ isobar: { ...isobar, vault: isobar.market } }))
    const error = await failure(readNetwork(changed, clients))
    expect(error).toBeInstanceOf(WrongContractError)
    expect(error).toMatchObject({ chain: 'base', field: 'isobar.vault' })
  })

  test('no multicall contract', async () => {
    const changed = withChain('base', () => ({ multicall3: zeroAddress }))
    const error = await failure(readNetwork(changed, clients))
    expect(error).toMatchObject({ name: 'WrongContractError', chain: 'base', field: 'multicall3' })
  })

  test('peers that are not those of the file', async () => {
    const base = chainOf(network, 'base')
    const args = [base.eid, `0x${'11'.repeat(20).padStart(64, '0')}`] as const
    const { oftRailAbi } = await import('../abi/index.js')
    const arbitrum = devnet.chain('arbitrum')
    const snapshot = await devnet.snapshot()
    await arbitrum.sender.write({
      ...{ account: devnet.accounts.deployer, address: live.site('arbitrum').isobar.rail, abi: oftRailAbi },
      ...{ functionName: 'setRailPeer', args },
    })
    const error = await failure(readNetwork(network, clients))
    expect(error).toBeInstanceOf(PeerMismatchError)
    expect(error).toMatchObject({ chain: 'arbitrum', contract: 'rail', remote: 'base', actual: args[1] })
    await devnet.revert(snapshot)
  })

  test('a node that does not answer', async () => {
    const transport = http('http://127.0.0.1:9', { retryCount: 0 })
    const dead = { ...clients, arbitrum: createPublicClient({ transport }) }
    const error = await failure(readNetwork(network, dead))
    expect(error).toBeInstanceOf(RpcUnavailableError)
    expect(error).toMatchObject({ chain: 'arbitrum', retryable: true })
    expect(String(error)).toMatch(/What to do: check that the node runs/)
  })

  test('a chain that has fallen behind', async () => {
    const { testClient, publicClient } = devnet.chain('base')
    const { timestamp } = await publicClient.getBlock()
    await testClient.setNextBlockTimestamp({ timestamp: timestamp + 1_000n })
    await testClient.mine({ blocks: 1 })
    const error = await failure(readNetwork(network, clients, { maxLag: 600 }))
    expect(error).toBeInstanceOf(ChainBehindError)
    expect(error).toMatchObject({ ahead: 'base', limit: 600n, retryable: true })
    const late = await failure(readNetwork(network, clients, { maxLag: 2_000, now: timestamp + 9_000n }))
    expect(late).toMatchObject({ name: 'ChainBehindError', ahead: 'clock' })
    expect(await failure(readNetwork(network, clients))).toBeUndefined()
  })
})
