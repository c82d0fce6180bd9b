import { BaseError, HttpRequestError, TimeoutError, WebSocketRequestError } from 'viem'

/** Most blocks asked for at once. Providers allow 500 to 100,000; what one refuses is asked for in halves. */
const WIDEST_RANGE = 50_000n
const NARROWEST_RANGE = 128n

export type BlockRange = { readonly fromBlock: bigint; readonly toBlock: bigint }

/**
 * Reads logs over any number of blocks, in ranges that the node answers, until some are found.
 *
 * @param read - asks the node for one range.
 * @param newestFirst - from which end to search.
 * @returns the logs of the first range that has any; empty when none has.
 */
export async function findLogs<log>(
  range: BlockRange,
  read: (range: BlockRange) => Promise<readonly log[]>,
  { newestFirst = false }: { readonly newestFirst?: boolean } = {},
): Promise<readonly log[]> {
  let width = WIDEST_RANGE
  let { fromBlock, toBlock } = range
  while (fromBlock <= toBlock) {
    const last = toBlock - fromBlock + 1n <= width
    const part: BlockRange = newestFirst
      ? { fromBlock: last ? fromBlock : toBlock - width + 1n, toBlock }
      : { fromBlock, toBlock: last ? toBlock : fromBlock + width - 1n }
    try {
      const logs = await read(part)
      if (logs.length > 0) return logs
    } catch (error) {
      if (width <= NARROWEST_RANGE || !mayBeRangeLimit(error)) throw error
      width /= 2n
      continue
    }
    if (newestFirst) toBlock = part.fromBlock - 1n
    else fromBlock = part.toBlock + 1n
  }
  return []
}

/**
 * Providers word their limits in too many ways to list; any answer of a node may be one. No answer at all is not. An
 * HTTP error with a status is an answer (some refuse wide ranges with 400 or 413).
 */
function mayBeRangeLimit(error: unknown): boolean {
  if (!(error instanceof BaseError)) return false
  const unanswered = error.walk((cause) => {
    if (cause instanceof HttpRequestError) return cause.status === undefined || cause.status >= 500
    return cause instanceof TimeoutError || cause instanceof WebSocketRequestError
  })
  return unanswered === null
}
