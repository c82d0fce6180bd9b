import { type NetworkState, readNetwork } from '@isobar/router-sdk'
import { createDevnet, type Devnet } from '@isobar/router-sdk/devnet'
import { createPublicClient, http } from 'viem'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { liquidity, utilization, valueInFlight } from './agents/rebalancer/liquidity.js'
import { parseAgentSettings } from './config/parseConfig.js'
import { createRelayerChains } from './createRelayerChains.js'
import { createRelayer } from './daemon.js'
import { describeEvent } from './describeEvent.js'
import type { RelayerEvent } from './events.js'
import { setScene } from './testing/setScene.js'

const units = (amount: number): bigint => BigInt(amount) * 1_000_000n

/** Two of the gaps that lanes leave may add up where value goes over a third chain. */
const DEAD_BAND = 0.02
const CLOSED = 2 * DEAD_BAND

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
      clock: { speed: 2_400 },
      isobar: { lanes, limits: { deadBand: DEAD_BAND } },
    })
    await setScene(devnet, [
      { supply: units(1_000_000), utilization: 0.92 },
      { supply: units(800_000), utilization: 0.55 },
      { supply: units(1_200_000), utilization: 0.12 },
    ])
  })
  afterAll(() => devnet?.close())

  test('closes a gap of utilization, and everything it sends is delivered', async () => {
    const { network, clients, accounts } = devnet
    const before = await readNetwork(network, clients)
    expect(gapOf(before)).toBeGreaterThan(0.7)

    const events: RelayerEvent[] = []
    const relayer = createRelayer({
      ...{ network, clients },
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
    while (gapOf(state) > CLOSED && Date.now() < deadline) {
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
    expect(gapOf(after)).toBeLessThanOrEqual(CLOSED)
    const moves = (type: RelayerEvent['type']) =>
      events.filter(
        (event) => event.type === type && 'intent' in event && event.intent.action.kind === 'rebalance',
      )
    expect(moves('submitted').length).toBeGreaterThan(1)
    expect(moves('delivered')).toHaveLength(moves('submitted').length)
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
