import type { PublicClient } from 'viem'

/**
 * The first block from `lowest` on that is not older than `timestamp`, by bisection; the newest when all are older.
 *
 * @param timestamp - Unix seconds.
 */
export async function firstBlockSince(
  client: PublicClient,
  timestamp: bigint,
  lowest: bigint,
): Promise<bigint> {
  let from = lowest
  let to = await client.getBlockNumber({ cacheTime: 0 })
  while (from < to) {
    const middle = (from + to) / 2n
    const block = await client.getBlock({ blockNumber: middle })
    if (block.timestamp < timestamp) from = middle + 1n
    else to = middle
  }
  return to < lowest ? lowest : to
}
