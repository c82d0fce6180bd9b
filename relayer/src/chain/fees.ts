import { Eip1559FeesNotSupportedError, type PublicClient } from 'viem'
import { GasPriceTooHighError } from './chainErrors.js'

/** What a transaction offers for gas, in wei; legacy chains have one price. */
export type GasFees =
  | { readonly type: 'eip1559'; readonly maxFeePerGas: bigint; readonly maxPriorityFeePerGas: bigint }
  | { readonly type: 'legacy'; readonly gasPrice: bigint }

/**
 * What gas costs now, within the limit.
 *
 * @throws {@link GasPriceTooHighError}
 */
export async function gasFees(
  chain: string,
  client: PublicClient,
  limit: bigint | undefined,
): Promise<GasFees> {
  const fees = await estimate(client)
  const most = highestPrice(fees)
  if (limit !== undefined && most > limit) throw new GasPriceTooHighError(chain, most, limit)
  return fees
}

/** The most that a unit of gas may cost, wei. */
export const highestPrice = (fees: GasFees): bigint =>
  fees.type === 'legacy' ? fees.gasPrice : fees.maxFeePerGas

async function estimate(client: PublicClient): Promise<GasFees> {
  try {
    const { maxFeePerGas, maxPriorityFeePerGas } = await client.estimateFeesPerGas()
    return { type: 'eip1559', maxFeePerGas, maxPriorityFeePerGas }
  } catch (error) {
    if (!(error instanceof Eip1559FeesNotSupportedError)) throw error
    return { type: 'legacy', gasPrice: await client.getGasPrice() }
  }
}
