import { IsobarError } from './IsobarError.js'

/** A chain was named that the network does not have. */
export class UnknownChainError extends IsobarError {
  override readonly name = 'UnknownChainError'
  constructor(
    readonly chain: string | number,
    readonly known: readonly string[],
  ) {
    super(`There is no chain ${typeof chain === 'string' ? `"${chain}"` : chain} in this network.`, {
      advice: `use one of: ${known.join(', ')}.`,
    })
  }
}
