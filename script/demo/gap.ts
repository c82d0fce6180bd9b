import { type ChainState, type NetworkState, valueInFlight } from '@isobar/router-sdk'

/** Value on rails to a chain; shared decimals. */
export const arrivalsOf = (state: NetworkState, chain: ChainState): bigint =>
  state.chains
    .flatMap(({ lanes }) => lanes)
    .filter(({ to }) => to === chain.name)
    .reduce((sum, lane) => sum + valueInFlight(state, lane), 0n)

/** Loans over loans plus free cash plus what is on its way; a fraction. */
export function utilizationOf(state: NetworkState, chain: ChainState): number {
  const all = chain.loans + chain.free + arrivalsOf(state, chain)
  return all === 0n ? 0 : Number((chain.loans * 1_000_000n) / all) / 1_000_000
}

/** Highest less lowest utilization. */
export function gapOf(state: NetworkState): number {
  const all = state.chains.map((chain) => utilizationOf(state, chain))
  return Math.max(...all) - Math.min(...all)
}

/** The dead band that the contracts apply: the widest in the network, a fraction. */
export const deadBandOf = (state: NetworkState): number =>
  Math.max(...state.chains.map(({ limits }) => Number(limits.deadBand) / 1e18))
