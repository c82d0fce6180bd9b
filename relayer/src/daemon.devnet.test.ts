import { type NetworkState, readNetwork, valueInFlight } from '@isobar/router-sdk'
import { createDevnet, type Devnet } from '@isobar/router-sdk/devnet'
import { createPublicClient, http } from 'viem'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { liquidity, utilization } from './agents/rebalancer/liquidity.js'
import { parseAgentSettings } from './config/parseConfig.js'
import { createRelayerChains } from './createRelayerChains.js'
import { createRelayer } from './daemon.js'
import { describeEvent } from './describeEvent.js'
import type { RelayerEvent } from './events.js'
import type { Intent } from './store/intent.js'
import { createMemoryIntentStore, type IntentStore } from './store/intentStore.js'
import { setScene } from './testing/setScene.js'

const units = (amount: number): bigint => BigInt(amount) * 1_000_000n

const DEAD_BAND = 0.04

let devnet: Devnet

/** Largest difference of utilization, with what is in flight counted as arrived. */
function gapOf(state: NetworkState): number {
  const utilizations = [...liquidity(state, []).values()].map(utilization)
  return Math.max(...utilizations) - Math.min(...utilizations)
}

describe('a relayer on real chains', () => {
  beforeAll(async () => {
    const lanes = { default: { cap: 700_000, maxCredit: 50_000, creditTarget: 20_000 } }
    devnet = await createDevnet({
      chains: 3,
      clock: { speed: 1_200 },
      isobar: { lanes, limits: { deadBand: DEAD_BAND } },
    })
    await setScene(devnet, [
      { supply: units(800_000), utilization: 0.92 },
      { supply: units(1_200_000), utilization: 0.55 },
      { supply: units(1_200_000), utilization: 0.12 },
    ])
  })
  afterAll(() => devnet?.close())

  test('closes a gap of utilization, and everything it sends is delivered', async () => {
    const { network, clients, accounts } = devnet
    const before = await readNetwork(network, clients)
    expect(gapOf(before)).toBeGreaterThan(0.7)

    const events: RelayerEvent[] = []
    const memory = createMemoryIntentStore()
    /** Every intent as it was last written. */
    const written = new Map<string, Intent>()
    const store: IntentStore = {
      open: memory.open,
      save: async (intent) => {
        written.set(intent.id, intent)
        await memory.save(intent)
      },
    }
    const relayer = createRelayer({
      ...{ network, clients, store },
      chains: createRelayerChains({ network, clients, account: accounts.relayer }),
      agents: parseAgentSettings({
        rebalancer: { horizonDays: 30, costs: { proportional: 0.00001, fixed: '1', latencySeconds: 60 } },
        statements: { minIntervalSeconds: 30, cost: '0.2' },
      }),
      tickMs: 200,
    })
    relayer.on((event) => {
      events.push(event)
      if (process.env.ISOBAR_TRACE) console.log(event.tick, event.type, describeEvent(event))
    })
    relayer.start()
    const deadline = Date.now() + 60_000
    let state = before
    while (gapOf(state) > DEAD_BAND && Date.now() < deadline) {
      await new Promise((resolve) => setTimeout(resolve, 250))
      state = await readNetwork(network, clients)
    }
    await relayer.stop()
    const { failed, composes } = await devnet.worker.settled()
    // What was on its way when the relayer stopped is still followed to its end.
    await relayer.tick()
    await devnet.worker.settled()
    await relayer.tick()

    const after = await readNetwork(network, clients)
    expect(gapOf(after)).toBeLessThanOrEqual(DEAD_BAND)
    const moves = [...written.values()].filter(({ action }) => action.kind === 'rebalance')
    expect(moves.filter(({ status }) => status === 'delivered').length).toBeGreaterThan(1)
    // At this speed a move may be out of date when it is mined: then the router refuses it, and nothing has moved.
    for (const { status, failure } of moves) {
      if (status !== 'delivered') expect(failure).toMatch(/RebalanceRefused|MoveNumberUsed|reverted/)
    }
    expect(await memory.open()).toEqual([])
    expect(events.filter(({ type }) => type === 'error')).toEqual([])
    expect(failed).toEqual([])
    expect(composes.failed).toEqual([])
    for (const lane of after.chains.flatMap(({ lanes }) => lanes)) expect(valueInFlight(after, lane)).toBe(0n)
  }, 90_000)

  test('goes on between the other chains while one node is down', async () => {
    const { network, clients, accounts } = devnet
    const dead = createPublicClient({ transport: http('http://127.0.0.1:9', { retryCount: 0 }) })
    const reachable = { ...clients, arbitrum: dead }
    const chains = createRelayerChains({ network, clients: reachable, account: accounts.relayer })
    const relayer = createRelayer({ network, clients: reachable, chains, agents: parseAgentSettings() })
    const events: RelayerEvent[] = []
    relayer.on((event) => events.push(event))
    await relayer.tick()
    await relayer.tick()
    await relayer.stop()
    const read = events.flatMap((event) =>
      event.type === 'tick' ? [event.state.chains.map(({ name }) => name)] : [],
    )
    expect(read).toEqual([
      ['ethereum', 'base'],
      ['ethereum', 'base'],
    ])
    // Told once: the chain is asked again only after a while.
    expect(events.filter(({ type }) => type === 'error')).toMatchObject([{ scope: 'arbitrum' }])
  })
})
