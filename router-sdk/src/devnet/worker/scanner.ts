import { type Address, hexToBigInt, numberToHex } from 'viem'
import type { ProtocolChain } from '../assets/deployAssets.js'
import { eventsOf, type ProtocolEvent, protocolTopics } from '../layerzero/events.js'

/** Reads the protocol's events of one chain, each block once, and notices when blocks are replaced. */
export interface Scanner {
  readonly head: { readonly number: bigint; readonly timestamp: bigint }
  /** Events since the last call. `replacedFrom` says from which block on earlier answers no longer hold. */
  scan(): Promise<{ events: ProtocolEvent[]; replacedFrom?: bigint }>
  checkpoint(): ScannerCheckpoint
  restore(checkpoint: ScannerCheckpoint): void
}

export interface ScannerCheckpoint {
  readonly next: bigint
}

/** How far to look back when the tip was replaced; local reorganisations are a few blocks deep. */
const REORG_DEPTH = 64n

export function createScanner(chain: ProtocolChain): Scanner {
  const addresses: Address[] = [
    chain.layerzero.endpoint,
    chain.layerzero.sendLibrary,
    chain.layerzero.receiveLibrary,
  ]
  const { publicClient } = chain
  let next = 0n
  let head = { number: -1n, timestamp: 0n, hash: '' }

  async function logs(fromBlock: bigint, toBlock: bigint): Promise<ProtocolEvent[]> {
    const filter = {
      address: addresses,
      topics: [[...protocolTopics]],
      fromBlock: numberToHex(fromBlock),
      toBlock: numberToHex(toBlock),
    }
    const found = await publicClient.request({ method: 'eth_getLogs', params: [filter] })
    return eventsOf(
      found.flatMap((log) => {
        const { address, topics, data, blockHash, transactionHash, blockNumber } = log
        if (blockNumber === null || blockHash === null || transactionHash === null) return []
        return [{ address, topics, data, blockHash, transactionHash, blockNumber: hexToBigInt(blockNumber) }]
      }),
    )
  }

  /** Whether the chain that ends in `block` still holds the head that was read last. */
  async function continues(block: { number: bigint; parentHash: string }): Promise<boolean> {
    if (block.number <= head.number) return false
    if (block.number === head.number + 1n) return block.parentHash === head.hash
    return (await publicClient.getBlock({ blockNumber: head.number })).hash === head.hash
  }

  return {
    get head() {
      return head
    },
    async scan() {
      const block = await publicClient.getBlock()
      if (block.hash === head.hash) return { events: [] }
      let replacedFrom: bigint | undefined
      if (head.number >= 0n && !(await continues(block))) {
        replacedFrom = block.number > REORG_DEPTH ? block.number - REORG_DEPTH : 0n
        next = replacedFrom
      }
      const events = next <= block.number ? await logs(next, block.number) : []
      head = { number: block.number, timestamp: block.timestamp, hash: block.hash }
      next = block.number + 1n
      return { events, replacedFrom }
    },
    checkpoint: () => ({ next }),
    restore(checkpoint) {
      next = checkpoint.next
      // The next head is news, and not a replacement of the one before.
      head = { number: -1n, timestamp: head.timestamp, hash: '' }
    },
  }
}
