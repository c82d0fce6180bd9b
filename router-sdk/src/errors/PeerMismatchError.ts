import { IsobarError } from './IsobarError.js'

/** A contract's peer on another chain is not the contract that the network file names there. */
export class PeerMismatchError extends IsobarError {
  override readonly name = 'PeerMismatchError'
  constructor(
    readonly chain: string,
    readonly contract: 'router' | 'rail',
    readonly remote: string,
    readonly expected: string,
    readonly actual: string,
  ) {
    super(`The ${contract} on "${chain}" has another peer on "${remote}" than the network file says.`, {
      context: [`expected ${expected}`, `on chain ${actual}`],
      advice: `compare the ${contract} of "${remote}" in the network file with the peer set on "${chain}"; until they agree, no value should be sent on this lane.`,
    })
  }
}
