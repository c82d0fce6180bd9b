import { IsobarError } from './IsobarError.js'

/** A chain's RPC endpoint did not answer, or answered with an error of its own. */
export class RpcUnavailableError extends IsobarError {
  override readonly name = 'RpcUnavailableError'
  override readonly retryable = true
  constructor(
    readonly chain: string,
    details: string,
    cause?: unknown,
  ) {
    super(`The RPC endpoint of chain "${chain}" is not available.`, {
      details,
      cause,
      advice: `check that the node runs and the URL is right; try again later, or give "${chain}" another endpoint.`,
    })
  }
}
