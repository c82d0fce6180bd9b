import { BaseError } from 'viem'
import { RpcUnavailableError } from '../errors/RpcUnavailableError.js'

/**
 * Awaits an answer of a chain's node; whatever goes wrong on the way names the chain.
 *
 * @throws {@link RpcUnavailableError}
 */
export async function askChain<answer>(chain: string, request: Promise<answer>): Promise<answer> {
  try {
    return await request
  } catch (error) {
    const details =
      error instanceof BaseError ? [error.shortMessage, error.details].join(' ').trim() : String(error)
    throw new RpcUnavailableError(chain, details, error)
  }
}
