import type { NetworkState } from '@isobar/router-sdk'
import type { AgentView } from '../agents/agent.js'
import { staleChains } from '../agents/staleChains.js'
import type { Action, Intent } from '../store/intent.js'

/** A view with nothing under way, chains at most 300 s apart. */
export function viewOf(state: NetworkState, changes: Partial<AgentView> = {}): AgentView {
  const stale = staleChains(state, { maxChainLag: 300, maxBlockAge: 300 })
  return { state, stale, open: [], lastActionAt: () => undefined, ...changes }
}

/** An intent that has just been sent. */
export function intentFor(action: Action, changes: Partial<Intent> = {}): Intent {
  return {
    ...{ id: 'test', agent: 'test', reason: 'test', status: 'submitted', action, createdAt: 1_000_000n },
    ...{ sender: '0x0000000000000000000000000000000000000001', messageFee: 0n, arrivalFrom: 0n },
    attempts: [{ hash: '0x', nonce: 0, maxFeePerGas: 1n, signedAt: 0 }],
    ...changes,
  }
}
