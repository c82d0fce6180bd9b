import { HttpRequestError, InvalidInputRpcError } from 'viem'
import { describe, expect, test } from 'vitest'
import { type BlockRange, findLogs } from './findLogs.js'

/** A node that answers at most `limit` blocks, and has one log. */
function node(limit: bigint, logAt: bigint) {
  const asked: BlockRange[] = []
  const read = async (range: BlockRange) => {
    asked.push(range)
    if (range.toBlock - range.fromBlock + 1n > limit)
      throw new InvalidInputRpcError(new Error(`at most ${limit} blocks`))
    return logAt >= range.fromBlock && logAt <= range.toBlock ? ['log'] : []
  }
  return { asked, read }
}

describe('findLogs', () => {
  test.each([true, false])(
    'narrows its ranges to what the node answers (newest first: %s)',
    async (newestFirst) => {
      const { asked, read } = node(1_000n, 77_777n)
      const range = { fromBlock: 1n, toBlock: 120_000n }
      expect(await findLogs(range, read, { newestFirst })).toEqual(['log'])
      expect(asked.length).toBeLessThan(250)
    },
  )

  test('asks for every block once', async () => {
    const { asked, read } = node(500_000n, -1n)
    expect(await findLogs({ fromBlock: 10n, toBlock: 120_009n }, read)).toEqual([])
    const blocks = asked.map(({ fromBlock, toBlock }) => toBlock - fromBlock + 1n)
    expect(blocks.reduce((a, b) => a + b)).toBe(120_000n)
  })

  test('gives up on a node that answers nothing', async () => {
    const { read, asked } = node(0n, 5n)
    await expect(findLogs({ fromBlock: 0n, toBlock: 120_000n }, read)).rejects.toThrow(InvalidInputRpcError)
    expect(asked.length).toBeLessThan(20)
  })

  test('does not take a broken connection for a limit', async () => {
    let calls = 0
    const read = async () => {
      calls += 1
      throw new HttpRequestError({ url: 'http://localhost' })
    }
    await expect(findLogs({ fromBlock: 0n, toBlock: 9n }, read)).rejects.toThrow(HttpRequestError)
    expect(calls).toBe(1)
  })
})
