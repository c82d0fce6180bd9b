import { UnknownChainError } from '../errors/UnknownChainError.js'
import type { Network, NetworkChain } from './network.js'

/**
 * The network's chain with this name or LayerZero endpoint id.
 *
 * @throws {@link UnknownChainError}
 *
 * @example
 * const { eid } = chainOf(network, 'base')
 */
export function chainOf(network: Network, which: string | number): NetworkChain {
  const found = network.chains.find(({ name, eid }) => name === which || eid === which)
  if (found) return found
  throw new UnknownChainError(
    which,
    network.chains.map(({ name }) => name),
  )
}
