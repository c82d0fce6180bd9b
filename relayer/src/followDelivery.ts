import type { NetworkState } from '@isobar/router-sdk'
import { findArrival } from './chain/findArrival.js'
import type { RelayerChain } from './chain/relayerChain.js'
import type { Intent } from './store/intent.js'

/** Whether a confirmed intent has arrived at its destination, and where. */
export async function followDelivery(
  { action, guid, messageNonce, arrivalFrom }: Intent,
  state: NetworkState,
  destination: RelayerChain,
): Promise<Intent['delivery']> {
  const there = state.chains.find(({ name }) => name === action.to)
  // A chain that was not read this time is asked the next time.
  if (!there) return undefined
  if (action.kind === 'rebalance') {
    if (guid === undefined) return undefined
    const { chain, client } = destination
    const toBlock = await client.getBlockNumber({ cacheTime: 0 })
    return findArrival(chain, client, guid, { fromBlock: arrivalFrom, toBlock })
  }
  // A newer statement that came first says all that this one would have.
  const lane = there.lanes.find(({ to }) => to === action.from)
  if (lane === undefined || messageNonce === undefined || lane.statementNonce < messageNonce) return undefined
  return { blockNumber: there.block.number }
}
