import type { NetworkState } from '@isobar/router-sdk'
import type { Plan } from '@isobar/router-sdk/planner'
import type { Action, Intent, Proposal } from '../store/intent.js'

/** What an agent decides from; nothing else. */
export type AgentView = {
  readonly state: NetworkState
  /** Intents that are under way. */
  readonly open: readonly Intent[]
  /** Chains whose state is too old to act on, each with the reason. */
  readonly stale: ReadonlyMap<string, string>
  /** Chain time on `from`, Unix seconds, of the newest intent of this kind on the lane; also of finished ones. */
  readonly lastActionAt: (kind: Action['kind'], from: string, to: string) => bigint | undefined
}

export type AgentDecision = {
  readonly proposals: readonly Proposal[]
  /** Why there is nothing to do, when there is not. */
  readonly idle?: string
  readonly plan?: { readonly plan: Plan; readonly lines: readonly string[] }
}

/** Decides what to do; pure, so that it can be asked at any time and tested with states made by hand. */
export type Agent = {
  readonly name: string
  readonly decide: (view: AgentView) => AgentDecision
}
