import type { Network, NetworkState } from '@isobar/router-sdk'
import { describe, expect, test } from 'vitest'
import { parseAgentSettings } from './config/parseConfig.js'
import { createRelayer, type RelayerOptions } from './daemon.js'
import type { RelayerEvent } from './events.js'
import type { Executor } from './executor.js'
import type { Proposal } from './store/intent.js'
import { createFakeClock } from './testing/fakeClock.js'
import { networkState, units } from './testing/networkState.js'

const network: Network = { name: 'test', local: true, chains: [] }
const wide = networkState(
  { busy: { loans: 900_000, free: 100_000 }, idle: { loans: 100_000, free: 900_000 } },
  { 'idle→busy': { maxRebalance: units(400_000), rebalanceLimit: 'gap' } },
)

function setUp(options: Partial<RelayerOptions> & { submit?: Executor['submit'] } = {}) {
  const clock = createFakeClock()
  const submitted: Proposal[] = []
  const events: RelayerEvent[] = []
  const executor: Executor = {
    open: () => [],
    resume: async () => undefined,
    follow: async () => undefined,
    submit: options.submit ?? (async (proposals) => void submitted.push(...proposals)),
  }
  const relayer = createRelayer({
    ...{ network, clients: {}, chains: new Map(), clock, tickMs: 1_000 },
    agents: parseAgentSettings({ rebalancer: { horizonDays: 30 }, credit: { enabled: false } }),
    executor: () => executor,
    read: async () => wide,
    ...options,
  })
  relayer.on((event) => events.push(event))
  return { clock, relayer, events, submitted }
}

describe('createRelayer', () => {
  test('reads, plans and submits on every tick', async () => {
    const { clock, relayer, events, submitted } = setUp()
    relayer.start()
    await clock.advance(2_500)
    await relayer.stop()
    expect(submitted.map(({ action }) => action.kind)).toEqual(['rebalance', 'rebalance', 'rebalance'])
    expect(events.filter(({ type }) => type === 'tick').map(({ tick, at }) => [tick, at])).toEqual([
      [1, 0],
      [2, 1_000],
      [3, 2_000],
    ])
  })

  test('never runs two ticks at once: a slow one is followed by one, not by those that were missed', async () => {
    let running = 0
    let most = 0
    let runs = 0
    const clock = createFakeClock()
    const { relayer } = setUp({
      clock,
      submit: async () => {
        runs += 1
        running += 1
        most = Math.max(most, running)
        await clock.sleep(3_500)
        running -= 1
      },
    })
    relayer.start()
    const joined = relayer.tick()
    await clock.advance(4_000)
    await joined
    const stopping = relayer.stop()
    await clock.advance(10_000)
    await stopping
    expect(most).toBe(1)
    expect(runs).toBe(2)
  })

  test('goes on when reading fails, and says so', async () => {
    let reads = 0
    const read = async (): Promise<NetworkState> => {
      reads += 1
      if (reads === 1) throw new Error('node down')
      return wide
    }
    const { clock, relayer, events, submitted } = setUp({ read })
    relayer.start()
    await clock.advance(1_500)
    await relayer.stop()
    expect(events[0]).toMatchObject({ type: 'error', scope: 'read' })
    expect(submitted).toHaveLength(1)
  })

  test("one agent's failure does not stop the others", async () => {
    const agents = parseAgentSettings({ rebalancer: { horizonDays: 30 } })
    const broken = {
      ...agents,
      credit: {
        ...agents.credit,
        get minimumShare(): number {
          throw new Error('broken')
        },
      },
    }
    const state = networkState(
      { busy: { loans: 900_000, free: 100_000 }, idle: { loans: 100_000, free: 900_000 } },
      { 'idle→busy': { maxRebalance: units(400_000), rebalanceLimit: 'gap', maxGrant: units(5) } },
    )
    const { relayer, events, submitted } = setUp({ agents: broken, read: async () => state })
    await relayer.tick()
    expect(events.find(({ type }) => type === 'error')).toMatchObject({ scope: 'credit' })
    expect(submitted).toHaveLength(1)
  })

  test('stops after the tick under way, and leaves no timer', async () => {
    let aborted = false
    const { clock, relayer } = setUp({
      submit: (_, __, signal) =>
        new Promise((resolve) =>
          signal.addEventListener('abort', () => {
            aborted = true
            resolve()
          }),
        ),
    })
    relayer.start()
    await clock.advance(100)
    await relayer.stop()
    expect(aborted).toBe(true)
    expect(clock.sleepers()).toBe(0)
  })

  test('starts again after a stop', async () => {
    const { clock, relayer, submitted } = setUp()
    relayer.start()
    await clock.advance(100)
    await relayer.stop()
    relayer.start()
    await clock.advance(100)
    await relayer.stop()
    expect(submitted).toHaveLength(2)
  })

  test('a failing listener stops nothing', async () => {
    const { relayer, events, submitted } = setUp()
    relayer.on(({ type }) => {
      if (type === 'tick') throw new Error('listener')
    })
    await relayer.tick()
    expect(events.find(({ type }) => type === 'error')).toMatchObject({ scope: 'listener' })
    expect(submitted).toHaveLength(1)
  })

  test('a dry run decides and sends nothing', async () => {
    const { relayer, submitted } = setUp()
    const { decisions } = await relayer.plan()
    expect(decisions.flatMap(({ proposals }) => proposals)).toHaveLength(1)
    expect(submitted).toEqual([])
  })

  test('on networks that are not local, old blocks are not acted on', async () => {
    const { relayer, submitted, events } = setUp({ network: { ...network, local: false }, maxBlockAge: 60 })
    // The fake clock stands at 0 and the blocks are far ahead of it.
    await relayer.tick()
    expect(submitted).toHaveLength(1)
    const late = { ...createFakeClock(), now: () => 1_000_100_000 }
    const second = setUp({ network: { ...network, local: false }, maxBlockAge: 60, clock: late })
    await second.relayer.tick()
    expect(second.submitted).toEqual([])
    expect(second.events.some((event) => event.type === 'idle' && event.reason.includes('100 s old'))).toBe(
      true,
    )
    expect(events.some(({ type }) => type === 'error')).toBe(false)
  })
})
