import { IsobarError } from './IsobarError.js'

/** The RPC endpoint, or LayerZero's endpoint on it, is of another chain than the network file says. */
export class ChainMismatchError extends IsobarError {
  override readonly name = 'ChainMismatchError'
  constructor(
    readonly chain: string,
    readonly field: 'chainId' | 'eid',
    readonly expected: number,
    readonly actual: number,
  ) {
    super(`Chain "${chain}" has ${field} ${expected} in the network file, but ${actual} on chain.`, {
      advice:
        field === 'chainId'
          ? `check that the RPC URL of "${chain}" is of that chain, then the chainId in the network file.`
          : `check the eid and the endpoint address of "${chain}" in the network file (they are listed by LayerZero).`,
    })
  }
}
