import { type Address, decodeEventLog, type Hash, type Hex, toEventSelector } from 'viem'
import { protocolEventsAbi } from './protocolAbi.js'

/** The parts of a log that decoding needs, from receipts and from eth_getLogs alike. */
export interface ProtocolLog {
  readonly address: Address
  readonly topics: readonly Hex[]
  readonly data: Hex
  readonly blockNumber: bigint
  readonly blockHash: Hash
  readonly transactionHash: Hash
}

function decode(log: ProtocolLog) {
  const [signature, ...indexed] = log.topics
  if (!signature) throw new Error('A log without a signature')
  const decoded = decodeEventLog({ abi: protocolEventsAbi, data: log.data, topics: [signature, ...indexed] })
  return { ...decoded, log }
}

/** An event of LayerZero's contracts with the log that it came in. */
export type ProtocolEvent = ReturnType<typeof decode>

/** Signatures of all events of interest. */
export const protocolTopics: readonly Hex[] = protocolEventsAbi
  .filter((entry) => entry.type === 'event')
  .map((entry) => toEventSelector(entry))

const known = new Set(protocolTopics)

/** Decodes LayerZero's events among logs, in their order. */
export const eventsOf = (logs: readonly ProtocolLog[]): ProtocolEvent[] =>
  logs.filter((log) => log.topics[0] !== undefined && known.has(log.topics[0])).map(decode)
