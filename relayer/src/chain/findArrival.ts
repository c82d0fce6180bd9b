import { findLogs, type NetworkChain, oftRailAbi } from '@isobar/router-sdk'
import { getAbiItem, type Hash, type Hex, type PublicClient } from 'viem'

const arrived = getAbiItem({ abi: oftRailAbi, name: 'Arrived' })

/**
 * Looks for the arrival of a move at its destination: the rail's event stands for the whole of it, since the vault has
 * the tokens and the lane has booked them in the same transaction.
 */
export async function findArrival(
  { isobar }: NetworkChain,
  client: PublicClient,
  guid: Hex,
  range: { readonly fromBlock: bigint; readonly toBlock: bigint },
): Promise<{ readonly hash: Hash; readonly blockNumber: bigint } | undefined> {
  const [log] = await findLogs(range, (part) =>
    client.getLogs({ address: isobar.rail, event: arrived, args: { guid }, strict: true, ...part }),
  )
  return log && { hash: log.transactionHash, blockNumber: log.blockNumber }
}
