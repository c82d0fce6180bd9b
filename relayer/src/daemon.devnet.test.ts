import { type NetworkState, readNetwork } from '@isobar/router-sdk'
import { createDevnet, type Devnet } from '@isobar/router-sdk/devnet'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { liquidity, utilization, valueInFlight } from './agents/rebalancer/liquidity.js'
import { parseAgentSettings } from './config/parseConfig.js'
import { createRelayerChains } from './createRelayerChains.js'
import { createRelayer } from './daemon.js'
import { describeEvent } from './describeEvent.js'
import type { RelayerEvent } from './events.js'
import { setScene } from './testing/setScene.js'

const units = (amount: number): bigint => BigInt(amount) * 1_000_000n

let devnet: Devnet

/** Largest difference of utilization, with what is in flight counted as arrived. */
function gapOf(state: NetworkState): number {
  const utilizations = [...liquidity(state, []).values()].map(utilization)
  return Math.max(...utilizations) - Math.min(...utilizations)
}

describe('a relayer on real chains', () => {
  beforeAll(async () => {
    const lanes = { default: { cap: 700_000, maxCredit: 50_000, creditTarget: 20_000 } }
    devnet = await createDevnet({ chains: 3, clock: { speed: 600 }, isobar: { lanes } })
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
    const deadBand = Number(before.chains[0]!.limits.deadBand) / 1e18

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
    while (gapOf(state) > deadBand && Date.now() < deadline) {
      await new Promise((resolve) => setTimeout(resolve, 250))
      state = await readNetwork(network, clients)
    }
    await relayer.stop()
    const { failed, composes } = await devnet.worker.settled()
    await relayer.tick()
    await devnet.worker.settled()
    await relayer.stop()

    const after = await readNetwork(network, clients)
    expect(gapOf(after)).toBeLessThanOrEqual(deadBand)
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
})
