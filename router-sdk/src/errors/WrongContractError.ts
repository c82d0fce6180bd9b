import type { Address } from 'viem'
import { IsobarError } from './IsobarError.js'

/** An address of the network file does not hold the contract that it should. */
export class WrongContractError extends IsobarError {
  override readonly name = 'WrongContractError'
  constructor(
    readonly chain: string,
    /** Where the address stands in the network file: `isobar.router`. */
    readonly field: string,
    readonly address: Address,
    details: string,
    cause?: unknown,
  ) {
    super(`On chain "${chain}", ${field} ${address} is not the contract that it should be.`, {
      details,
      cause,
      advice: `correct ${field} of "${chain}" in the network file, or deploy the network again.`,
    })
  }
}
