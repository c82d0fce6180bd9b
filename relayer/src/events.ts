import type { NetworkState } from '@isobar/router-sdk'
import type { Plan } from '@isobar/router-sdk/planner'
import type { Hash } from 'viem'
import type { Action, Intent } from './store/intent.js'

/** What a relayer tells those who listen: logs, metrics, pages. */
export type RelayerEvent = {
  /** Number of the tick, from 1. */
  readonly tick: number
  /** Wall-clock milliseconds. */
  readonly at: number
} & (
  | { readonly type: 'tick'; readonly state: NetworkState; readonly readMs: number }
  /** What an agent would do, with the reasons as lines of text. */
  | { readonly type: 'plan'; readonly agent: string; readonly plan: Plan; readonly lines: readonly string[] }
  /** An intent was written; its transaction is sent next. */
  | { readonly type: 'intent'; readonly intent: Intent }
  | { readonly type: 'submitted'; readonly intent: Intent; readonly hash: Hash }
  | { readonly type: 'confirmed'; readonly intent: Intent; readonly hash: Hash }
  | { readonly type: 'delivered'; readonly intent: Intent; readonly afterMs: number }
  /** An action was not taken, or its transaction failed. The next tick plans anew. */
  | { readonly type: 'refused'; readonly agent: string; readonly action: Action; readonly reason: string }
  | { readonly type: 'idle'; readonly agent: string; readonly reason: string }
  /** Something failed; the loop goes on. `scope` says what: `read`, an agent's or a chain's name. */
  | { readonly type: 'error'; readonly scope: string; readonly error: unknown }
)

type WithoutTime<event> = event extends unknown ? Omit<event, 'tick' | 'at'> : never

/** An event before the daemon puts tick and time on it. */
export type RelayerNotice = WithoutTime<RelayerEvent>

export type Notify = (notice: RelayerNotice) => void
