import { IsobarError } from './IsobarError.js'

/** No client was passed for a chain of the network. */
export class MissingClientError extends IsobarError {
  override readonly name = 'MissingClientError'
  constructor(
    readonly chain: string,
    given: readonly string[],
  ) {
    super(`There is no client for chain "${chain}".`, {
      context: [`clients given: ${given.length > 0 ? given.join(', ') : 'none'}`],
      advice: `pass a viem client under the chain's name: { ${chain}: createPublicClient(…), … }.`,
    })
  }
}
