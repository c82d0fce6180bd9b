import { chainOf } from '../network/chainOf.js'
import type { Network, NetworkChain } from '../network/network.js'
import { SameChainError } from './transferErrors.js'

/** Both chains of a direct lane. */
export type LaneEnds = { readonly from: NetworkChain; readonly to: NetworkChain }

/**
 * The chains that a lane joins, each named by name or LayerZero endpoint id.
 *
 * @throws {@link UnknownChainError}, {@link SameChainError}
 */
export function laneEnds(network: Network, from: string | number, to: string | number): LaneEnds {
  const ends = { from: chainOf(network, from), to: chainOf(network, to) }
  if (ends.from.eid === ends.to.eid) throw new SameChainError(ends.from.name)
  return ends
}
