// The main job: three local chains with the real LayerZero contracts even out their liquidity while users send
// transfers. `npm start -- --once` ends by itself; see script/demo/options.ts.
import { createRelayer, createRelayerChains, type Intent, parseAgentSettings } from '@isobar/relayer'
import { auditNetwork, createNetworkReader, type NetworkState } from '@isobar/router-sdk'
import { createDevnet, type PacketRecord } from '@isobar/router-sdk/devnet'
import { arrivalsOf, deadBandOf, gapOf } from './demo/gap.js'
import { readOptions, UsageError } from './demo/options.js'
import { createRandom } from './demo/random.js'
import { describeSummary, shortcomings, summarize } from './demo/report.js'
import { LANE_TERMS, setScene } from './demo/scenario.js'
import { createScreen } from './demo/screen.js'
import { startTraffic } from './demo/traffic.js'

/** Seconds of chain time to a second of yours: four hours of averaging pass in 24 s. */
const CLOCK_SPEED = 600
const TRANSFERS = 44
const TRANSFER_EVERY_MS = 450
const TICK_MS = 400
const CHAIN_LAG_SECONDS = 1_800
const DEADLINE_MS = 120_000
/** A move costs half a unit of the asset, so that moving for less than the dead band is never worth it. */
const LANE_FIXED_COST = 0.5

async function main(): Promise<number> {
  const options = readOptions(process.argv.slice(2))
  const started = Date.now()
  const out = options.json ? process.stderr : process.stdout
  out.write('Starting three chains with LayerZero V2, an asset over OFTs, and Isobar…\n')

  const devnet = await createDevnet({
    chains: 3,
    clock: { speed: CLOCK_SPEED },
    isobar: { lanes: { default: LANE_TERMS } },
  })
  const interrupted = new Promise<'interrupted'>((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => resolve('interrupted'))
  })
  try {
    const { network, clients } = devnet
    await setScene(devnet, network)
    const reader = createNetworkReader(network, clients)
    const before = await reader.read()
    const firstPacket = devnet.worker.packets().length

    const screen = createScreen(out, [
      `Isobar: ${network.chains.length} chains, seed ${options.seed}. Their clock runs ${CLOCK_SPEED} times as fast as yours; all other parameters are those of production.`,
      ...devnet.chains.map(({ name, eid, rpcUrl }) => {
        const { vault, router } = network.chains.find((chain) => chain.eid === eid)!.isobar
        return `  ${name.padEnd(9)} ${rpcUrl}  eid ${eid}  vault ${vault}  router ${router}`
      }),
    ])
    const intents = new Map<string, Intent>()
    const relayer = createRelayer({
      network,
      clients,
      chains: createRelayerChains({ network, clients, account: devnet.accounts.relayer }),
      agents: parseAgentSettings({ rebalancer: { costs: { fixed: LANE_FIXED_COST } } }),
      tickMs: TICK_MS,
      // The chains' clock ticks in steps of minutes.
      maxChainLag: CHAIN_LAG_SECONDS,
    })
    let state: NetworkState = before
    relayer.on((event) => {
      if (event.type === 'tick') state = event.state
      if ('intent' in event) intents.set(event.intent.id, event.intent)
      screen.relayer(event)
    })
    const traffic = startTraffic({
      ...{ devnet, network, clients, seed: options.seed, random: createRandom(options.seed) },
      count: options.once ? TRANSFERS : Number.POSITIVE_INFINITY,
      everyMs: TRANSFER_EVERY_MS,
    })
    relayer.start()
    const drawing = setInterval(() => screen.draw(state, traffic.transfers(), traffic.unsold()), 250)
    const over = new AbortController()
    let stopped = false
    let reason: string | undefined
    try {
      const outcome = await Promise.race([
        interrupted,
        traffic.done.then(() =>
          options.once ? settled(() => state, over.signal) : new Promise<never>(() => {}),
        ),
        ...(options.once ? [deadline(started)] : []),
      ])
      if (outcome === 'late') reason = `not even after ${DEADLINE_MS / 1000} s`
      if (outcome === 'interrupted') stopped = true
    } catch (error) {
      reason = error instanceof Error ? error.message : String(error)
    } finally {
      over.abort()
      clearInterval(drawing)
      await relayer.stop()
      await traffic.stop()
    }
    await devnet.worker.settled({ timeoutMs: 20_000 })
    const after = await reader.read()
    screen.draw(after, traffic.transfers(), traffic.unsold())
    screen.end()
    const packets: readonly PacketRecord[] = devnet.worker.packets().slice(firstPacket)
    const audit = await auditNetwork(network, clients)
    const summary = summarize({
      ...{ before, after, packets, audit },
      transfers: traffic.transfers(),
      intents: [...intents.values()],
      wallMs: Date.now() - started,
    })
    for (const line of describeSummary(summary)) out.write(`${line}\n`)
    if (options.json) process.stdout.write(`${JSON.stringify(summary)}\n`)
    if (stopped && !options.once) return summary.audit.ok ? 0 : 1
    const wrong = [...(reason ? [reason] : []), ...shortcomings(summary)]
    for (const text of wrong) process.stderr.write(`Not done: ${text}\n`)
    return wrong.length === 0 ? 0 : 1
  } finally {
    await devnet.close()
  }
}

/** Resolves when the gap is inside the dead band and nothing is on its way. */
async function settled(latest: () => NetworkState, signal: AbortSignal): Promise<'settled'> {
  while (!signal.aborted) {
    const state = latest()
    const flying = state.chains.some((chain) => arrivalsOf(state, chain) > 0n)
    if (!flying && gapOf(state) <= deadBandOf(state)) break
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
  return 'settled'
}

const deadline = (started: number): Promise<'late'> =>
  new Promise((resolve) => {
    setTimeout(() => resolve('late'), Math.max(0, started + DEADLINE_MS - Date.now())).unref()
  })

try {
  process.exitCode = await main()
} catch (error) {
  process.stderr.write(
    `${error instanceof UsageError ? error.message : error instanceof Error ? (error.stack ?? error.message) : error}\n`,
  )
  process.exitCode = 1
}
