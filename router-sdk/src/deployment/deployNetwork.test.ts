import { decodeAbiParameters, parseAbiParameters, zeroAddress } from 'viem'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { creditMarketAbi, endpointV2Abi, laneRouterAbi, oftRailAbi } from '../abi/index.js'
import { type AssetDevnet, createAssetDevnet } from '../devnet/createAssetDevnet.js'
import { describeDevnet } from '../devnet/describeDevnet.js'
import { decodeOptions } from '../layerzero/options.js'
import { addressToBytes32 } from '../layerzero/packet.js'
import { chainOf } from '../network/chainOf.js'
import type { NetworkClients } from '../network/clients.js'
import type { Network } from '../network/network.js'
import { parseNetwork, serializeNetwork } from '../network/parseNetwork.js'
import { readNetwork } from '../network/readNetwork.js'
import { type DeploymentProgress, deployNetwork } from './deployNetwork.js'
import type { NetworkDescription } from './networkDescription.js'

let devnet: AssetDevnet
let clients: NetworkClients
let network: Network
const progress: DeploymentProgress[] = []

const describeIt = (): NetworkDescription =>
  describeDevnet(devnet, {
    lanes: { default: { cap: 300_000 }, overrides: [{ from: 'base', to: 'ethereum', creditTarget: 50 }] },
    chains: { arbitrum: { limits: { deadBand: 0.05 } } },
  })

beforeAll(async () => {
  devnet = await createAssetDevnet({ chains: 3 })
  clients = Object.fromEntries(devnet.chains.map(({ name, publicClient }) => [name, publicClient]))
  const started = performance.now()
  network = await deployNetwork(describeIt(), {
    clients,
    account: devnet.accounts.deployer,
    onProgress: (event) => progress.push(event),
  })
  console.log(`deployed three chains in ${Math.round(performance.now() - started)} ms`)
})
afterAll(() => devnet?.close())

const nonces = () =>
  Promise.all(
    devnet.chains.map(({ publicClient }) =>
      publicClient.getTransactionCount({ address: devnet.accounts.deployer.address }),
    ),
  )

describe('deployNetwork', () => {
  test('deploys what the description says on every chain', async () => {
    const { chains } = await readNetwork(network, clients)
    const base = chains.find(({ name }) => name === 'base')!
    const lane = base.lanes.find(({ to }) => to === 'ethereum')!
    // Stored with 18 significant bits, rounded down.
    expect(lane.cap).toBeGreaterThan(299_998_000_000n)
    expect(lane.cap).toBeLessThanOrEqual(300_000_000_000n)
    expect(lane.creditTarget).toBeLessThanOrEqual(50_000_000n)
    expect(base.lanes.find(({ to }) => to === 'arbitrum')!.creditTarget).toBeGreaterThan(19_999_000_000n)
    expect(chains.map(({ limits }) => limits.deadBand / 10n ** 14n)).toEqual([400n, 400n, 500n])
    for (const { name, publicClient, collateral } of devnet.chains) {
      const { market } = chainOf(network, name).isobar
      const call = { address: market, abi: creditMarketAbi, functionName: 'collateralTerms' } as const
      const terms = await publicClient.readContract({ ...call, args: [collateral] })
      expect(terms).toMatchObject({ borrowFactor: 8_000, liquidationThreshold: 8_500 })
    }
  })

  test('sets peers, enforced options and explicit LayerZero settings on both sides of every lane', async () => {
    const { deployer } = devnet.accounts
    for (const { name, publicClient: client, layerzero } of devnet.chains) {
      const { router, rail } = chainOf(network, name).isobar
      const onRouter = { address: router, abi: laneRouterAbi } as const
      expect(await client.readContract({ ...onRouter, functionName: 'owner' })).toBe(deployer.address)
      for (const remote of network.chains.filter((chain) => chain.name !== name)) {
        const { eid } = remote
        expect(await client.readContract({ ...onRouter, functionName: 'peers', args: [eid] })).toBe(
          addressToBytes32(remote.isobar.router),
        )
        expect(
          await client.readContract({
            address: rail,
            abi: oftRailAbi,
            functionName: 'railPeer',
            args: [eid],
          }),
        ).toBe(addressToBytes32(remote.isobar.rail))
        for (const [kind, gas] of [
          [1, 220_000n],
          [2, 380_000n],
        ] as const) {
          const options = await client.readContract({
            ...{ ...onRouter, functionName: 'enforcedOptions', args: [eid, kind] },
          })
          expect(decodeOptions(options).receive).toEqual({ gas, value: 0n })
        }
        const endpoint = { address: layerzero.endpoint, abi: endpointV2Abi } as const
        expect(
          await client.readContract({
            ...endpoint,
            functionName: 'isDefaultSendLibrary',
            args: [router, eid],
          }),
        ).toBe(false)
        const [library, isDefault] = await client.readContract({
          ...{ ...endpoint, functionName: 'getReceiveLibrary', args: [router, eid] },
        })
        expect([library, isDefault]).toEqual([layerzero.receiveLibrary, false])
        const config = await client.readContract({
          ...{ ...endpoint, functionName: 'getConfig', args: [router, layerzero.sendLibrary, eid, 2] },
        })
        const [{ requiredDVNCount }] = decodeAbiParameters(
          parseAbiParameters(['Uln c', 'struct Uln { uint64 confirmations; uint8 requiredDVNCount; }']),
          `0x${config.slice(66)}`,
        )
        expect(requiredDVNCount).toBe(2)
      }
    }
  })

  test('tells of every transaction', () => {
    const last = progress.filter(({ chain }) => chain === 'base').at(-1)!
    expect(last.done).toBe(last.total)
    expect(progress.map(({ step }) => step)).toContain('create LaneKeeping')
    expect(new Set(progress.map(({ chain }) => chain)).size).toBe(3)
  })

  test('gives a file that can be read again', () => {
    expect(parseNetwork(serializeNetwork(network))).toEqual(network)
    expect(() => parseNetwork('{"name":"x"}')).toThrow(/The network deployment has/)
    expect(() => parseNetwork('no json')).toThrow(/not JSON/)
  })
})

describe('a description that does not fit', () => {
  const deploy = (change: (description: NetworkDescription) => NetworkDescription) =>
    deployNetwork(change(describeIt()), { clients, account: devnet.accounts.deployer })
  const withBase =
    (change: (base: NetworkDescription['chains'][number]) => Partial<NetworkDescription['chains'][number]>) =>
    (description: NetworkDescription): NetworkDescription => ({
      ...description,
      chains: description.chains.map((chain) =>
        chain.name === 'base' ? { ...chain, ...change(chain) } : chain,
      ),
    })

  test.each<[string, object, (description: NetworkDescription) => NetworkDescription]>([
    [
      'the eid',
      { name: 'ChainMismatchError', field: 'eid', actual: 30184 },
      withBase(() => ({ eid: 30_999 })),
    ],
    ['the chain id', { name: 'ChainMismatchError', field: 'chainId' }, withBase(() => ({ chainId: 5 }))],
    [
      'the endpoint',
      { name: 'WrongContractError', chain: 'base', field: 'layerzero.endpoint' },
      withBase(({ layerzero }) => ({ layerzero: { ...layerzero, endpoint: zeroAddress } })),
    ],
    [
      'a DVN',
      { name: 'WrongContractError', field: 'layerzero.dvns.0' },
      withBase(({ layerzero }) => ({ layerzero: { ...layerzero, dvns: [zeroAddress] } })),
    ],
    [
      'the token',
      { name: 'UnfitDescriptionError', problems: [expect.stringMatching(/^base\.asset\.oft: it moves/)] },
      withBase(({ asset, collaterals }) => ({
        asset: { ...asset, token: collaterals[0]!.token },
        collaterals: [],
      })),
    ],
    [
      'the decimals',
      { name: 'UnfitDescriptionError', problems: ['base.asset.decimals: 6, but the token has 18'] },
      withBase(({ asset }) => ({ asset: { ...asset, decimals: 6 } })),
    ],
    [
      'a library',
      { name: 'WrongContractError', field: 'layerzero.sendLibrary' },
      withBase(({ layerzero, asset }) => ({ layerzero: { ...layerzero, sendLibrary: asset.token } })),
    ],
    [
      'no timelock',
      { name: 'TimelockUnavailableError' },
      (description) => ({ ...description, local: false }),
    ],
  ])('is refused before anything is sent: %s', async (_, expected, change) => {
    const before = await nonces()
    await expect(deploy(change)).rejects.toMatchObject(expected)
    expect(await nonces()).toEqual(before)
  })
})
