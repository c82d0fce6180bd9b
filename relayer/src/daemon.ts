import type { Network, NetworkClients, NetworkState } from '@isobar/router-sdk'
import type { Agent, AgentDecision, AgentView } from './agents/agent.js'
import { createCreditKeeper } from './agents/credit/decide.js'
import { createRebalancer } from './agents/rebalancer/decide.js'
import { staleChains } from './agents/staleChains.js'
import { createStatementKeeper } from './agents/statements/decide.js'
import type { RelayerChain } from './chain/relayerChain.js'
import { type Clock, systemClock } from './clock.js'
import type { AgentSettings } from './config/schema.js'
import type { Notify, RelayerEvent } from './events.js'
import { createExecutor, type Executor } from './executor.js'
import { createLoop } from './loop.js'
import { createReachableReader } from './readReachable.js'
import type { Action, Proposal } from './store/intent.js'
import { createMemoryIntentStore, type IntentStore } from './store/intentStore.js'

export type RelayerOptions = {
  readonly network: Network
  readonly clients: NetworkClients
  /** What it may act on, by chain name; see {@link createRelayerChains}. */
  readonly chains: ReadonlyMap<string, RelayerChain>
  readonly agents: AgentSettings
  /** Milliseconds from the start of a tick to the start of the next. Default 15,000. */
  readonly tickMs?: number
  /** Milliseconds that a tick waits for the receipts of what it sent. Default 60,000. */
  readonly receiptWaitMs?: number
  /** Seconds; see the configuration's `staleness`. Default 300 each. */
  readonly maxChainLag?: number
  readonly maxBlockAge?: number
  /** Default: forgets everything when the process ends. */
  readonly store?: IntentStore
  readonly clock?: Clock
  /** How the network is read; tests bring their own. */
  readonly read?: () => Promise<NetworkState>
  /** How proposals are carried out; tests bring their own. */
  readonly executor?: (notify: Notify) => Executor
}

export type Relayer = {
  /** Starts ticking. */
  readonly start: () => void
  /** Ends after the tick under way; what was sent stays written in the store. */
  readonly stop: () => Promise<void>
  /** One tick, now; joins the tick under way, if any. Never rejects: what fails is an event. */
  readonly tick: () => Promise<void>
  /** Reads and decides, sends nothing. */
  readonly plan: () => Promise<DryRun>
  /** Hears of everything. Returns what unsubscribes. */
  readonly on: (listener: (event: RelayerEvent) => void) => () => void
}

/** What the agents would do now. */
export type DryRun = {
  readonly state: NetworkState
  /** Chains that are left alone, with the reason. */
  readonly stale: ReadonlyMap<string, string>
  readonly decisions: readonly ({ readonly agent: string } & AgentDecision)[]
}

const DEFAULT_TICK_MS = 15_000
const DEFAULT_RECEIPT_WAIT_MS = 60_000
const DEFAULT_MAX_AGE_SECONDS = 300

/**
 * Puts a relayer together: on every tick it reads the network, follows what is under way, asks its agents, and carries
 * out what they propose. It decides from state alone, so whatever it missed heals on the next tick.
 *
 * @example
 * ```ts
 * import { createRelayer, type RelayerOptions } from '@isobar/relayer'
 *
 * async function evenOutOnce(options: RelayerOptions) {
 *   const relayer = createRelayer(options)
 *   relayer.on((event) => console.log(event.type))
 *   await relayer.tick()
 *   await relayer.stop()
 * }
 * ```
 */
export function createRelayer(options: RelayerOptions): Relayer {
  const { network, clients, chains, clock = systemClock, store = createMemoryIntentStore() } = options
  const listeners = new Set<(event: RelayerEvent) => void>()
  let tickNumber = 0
  let resumed = false

  const notify: Notify = (notice) => {
    const event: RelayerEvent = { ...notice, tick: tickNumber, at: clock.now() }
    note(event)
    for (const listener of listeners) {
      try {
        listener(event)
      } catch (error) {
        // A listener's failure is its own, but it must not go unseen.
        if (event.type !== 'error') notify({ type: 'error', scope: 'listener', error })
      }
    }
  }

  /** Chain time of the newest intent of each kind on each lane. */
  const lastActions = new Map<string, bigint>()
  const actionKey = (kind: Action['kind'], from: string, to: string): string => `${kind} ${from} ${to}`
  function note(event: RelayerEvent): void {
    if (event.type !== 'intent') return
    const { action, createdAt } = event.intent
    lastActions.set(actionKey(action.kind, action.from, action.to), createdAt)
  }

  const read =
    options.read ??
    createReachableReader(network, clients, clock, (error) =>
      notify({ type: 'error', scope: error.chain, error }),
    ).read
  const executor =
    options.executor?.(notify) ??
    createExecutor({
      ...{ chains, store, clock, notify },
      receiptWaitMs: options.receiptWaitMs ?? DEFAULT_RECEIPT_WAIT_MS,
    })
  const agents = activeAgents(options.agents)

  function viewOf(state: NetworkState): AgentView {
    const stale = staleChains(state, {
      maxChainLag: options.maxChainLag ?? DEFAULT_MAX_AGE_SECONDS,
      maxBlockAge: options.maxBlockAge ?? DEFAULT_MAX_AGE_SECONDS,
      // Local chains keep a time of their own.
      wallTime: network.local ? undefined : clock.now() / 1000,
    })
    return {
      state,
      stale,
      open: executor.open(),
      lastActionAt: (kind, from, to) => lastActions.get(actionKey(kind, from, to)),
    }
  }

  async function tick(signal: AbortSignal): Promise<void> {
    tickNumber += 1
    try {
      if (!resumed) await executor.resume()
      resumed = true
      const started = clock.now()
      const state = await read()
      notify({ type: 'tick', state, readMs: clock.now() - started })
      await executor.follow(state)
      await executor.submit(decide(viewOf(state)), state, signal)
    } catch (error) {
      notify({ type: 'error', scope: 'read', error })
    }
  }

  function decide(view: AgentView): Proposal[] {
    return agents.flatMap((agent) => {
      try {
        const { proposals, idle, plan } = agent.decide(view)
        if (plan) notify({ type: 'plan', agent: agent.name, ...plan })
        if (idle !== undefined) notify({ type: 'idle', agent: agent.name, reason: idle })
        return proposals
      } catch (error) {
        notify({ type: 'error', scope: agent.name, error })
        return []
      }
    })
  }

  const loop = createLoop(tick, options.tickMs ?? DEFAULT_TICK_MS, clock)
  return {
    start: loop.start,
    stop: loop.stop,
    tick: loop.runOnce,
    async plan() {
      const state = await read()
      const view = viewOf(state)
      return {
        state,
        stale: view.stale,
        decisions: agents.map((agent) => ({ agent: agent.name, ...agent.decide(view) })),
      }
    },
    on(listener) {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
  }
}

/** In the order in which a chain carries out their proposals: news first, then credit, then the large moves. */
function activeAgents({ statements, credit, rebalancer }: AgentSettings): Agent[] {
  return [
    ...(statements.enabled && rebalancer.enabled ? [createStatementKeeper(statements, rebalancer)] : []),
    ...(credit.enabled ? [createCreditKeeper(credit)] : []),
    ...(rebalancer.enabled ? [createRebalancer(rebalancer)] : []),
  ]
}
