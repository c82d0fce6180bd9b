import type { PublicClient } from 'viem'
import { askChain } from '../askChain.js'
import type { NetworkChain } from '../network.js'
import { type AuditLog, auditEvents, auditedContracts } from './networkJournal.js'

/** Nodes bound how many blocks, or how many logs, one request may span. */
const BLOCKS_PER_REQUEST = 5_000n

/** All logs of a chain that the audit follows, from one block to another, both included, in their order. */
export async function scanLogs(
  chain: NetworkChain,
  client: PublicClient,
  fromBlock: bigint,
  toBlock: bigint,
  range = BLOCKS_PER_REQUEST,
): Promise<AuditLog[]> {
  const logs: AuditLog[] = []
  for (let from = fromBlock; from <= toBlock; from += range) {
    const last = from + range - 1n
    const part = client.getLogs({
      address: auditedContracts(chain),
      events: auditEvents,
      strict: true,
      fromBlock: from,
      toBlock: last < toBlock ? last : toBlock,
    })
    logs.push(...(await askChain(chain.name, part)))
  }
  return logs
}
