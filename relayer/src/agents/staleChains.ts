import type { NetworkState } from '@isobar/router-sdk'

export type StalenessLimits = {
  /** Seconds that a chain may be behind the newest one. */
  readonly maxChainLag: number
  /** Seconds that a chain may be behind `wallTime`. */
  readonly maxBlockAge: number
  /** Unix seconds by this machine's clock; left out where chain time is not wall time. */
  readonly wallTime?: number
}

/** Chains whose newest block is too old to act on, with the reason. */
export function staleChains(state: NetworkState, limits: StalenessLimits): ReadonlyMap<string, string> {
  const newest = Math.max(...state.chains.map(({ block }) => Number(block.timestamp)))
  const stale = new Map<string, string>()
  for (const { name, block } of state.chains) {
    const lag = newest - Number(block.timestamp)
    const age = limits.wallTime === undefined ? 0 : limits.wallTime - Number(block.timestamp)
    if (lag > limits.maxChainLag)
      stale.set(
        name,
        `its newest block is ${lag} s behind the other chains (at most ${limits.maxChainLag} s)`,
      )
    else if (age > limits.maxBlockAge)
      stale.set(name, `its newest block is ${Math.round(age)} s old (at most ${limits.maxBlockAge} s)`)
  }
  return stale
}
