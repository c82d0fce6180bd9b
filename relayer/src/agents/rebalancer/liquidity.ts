import {
  type ChainState,
  type NetworkState,
  type SharedAmount,
  shared,
  valueInFlight,
} from '@isobar/router-sdk'
import type { Intent } from '../../store/intent.js'

/** A chain's liquidity once everything that is under way has arrived. Shared decimals. */
export type Liquidity = {
  readonly chain: ChainState
  readonly borrowed: SharedAmount
  /** Free cash that is there now and not about to leave. */
  readonly idle: SharedAmount
  /** Value on its way here. */
  readonly arrivals: SharedAmount
}

/** Moves whose transaction is not in the origin's books yet, as far as they were read. */
export function unseenMoves(state: NetworkState, open: readonly Intent[]): Intent[] {
  return open.filter(({ action, receipt }) => {
    if (action.kind !== 'rebalance') return false
    const origin = state.chains.find(({ name }) => name === action.from)
    return receipt === undefined || origin === undefined || origin.block.number < receipt.blockNumber
  })
}

/** Every chain's liquidity, with what is in flight and what was sent but does not show yet counted once. */
export function liquidity(state: NetworkState, open: readonly Intent[]): Map<string, Liquidity> {
  const arrivals = new Map<string, bigint>()
  const leaving = new Map<string, bigint>()
  const add = (to: Map<string, bigint>, name: string, amount: bigint) =>
    void to.set(name, (to.get(name) ?? 0n) + amount)
  for (const lane of state.chains.flatMap(({ lanes }) => lanes))
    add(arrivals, lane.to, valueInFlight(state, lane))
  for (const { action } of unseenMoves(state, open)) {
    if (action.kind !== 'rebalance') continue
    add(leaving, action.from, action.amount)
    add(arrivals, action.to, action.amount)
  }
  return new Map(
    state.chains.map((chain) => {
      const out = leaving.get(chain.name) ?? 0n
      const idle = shared(chain.free > out ? chain.free - out : 0n)
      return [
        chain.name,
        { chain, borrowed: chain.loans, idle, arrivals: shared(arrivals.get(chain.name) ?? 0n) },
      ]
    }),
  )
}

/** Loans over loans and free cash, arrivals included. */
export function utilization({ borrowed, idle, arrivals }: Liquidity): number {
  const supply = borrowed + idle + arrivals
  return supply === 0n ? 0 : Number(borrowed) / Number(supply)
}
