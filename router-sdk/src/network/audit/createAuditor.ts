import { BlockNotFoundError } from 'viem'
import { vaultAbi } from '../../abi/index.js'
import { askChain } from '../askChain.js'
import { clientOf, type NetworkClients } from '../clients.js'
import type { Network, NetworkChain } from '../network.js'
import { type PinnedBlock, type PinOptions, pinBlocks } from '../pinBlocks.js'
import { createReadBatch } from '../readBatch.js'
import { createNetworkReader } from '../readNetwork.js'
import type { AuditReport } from './auditReport.js'
import { type ChainFacts, readChainFacts } from './chainFacts.js'
import { checkNetwork, inFlightOf, type NetworkFacts } from './checkNetwork.js'
import { createFindings } from './findings.js'
import { createNetworkJournal, type NetworkJournal } from './networkJournal.js'
import { scanLogs } from './scanLogs.js'
import { closeArrived, readTransit, type Transit } from './transit.js'

export interface AuditOptions extends PinOptions {
  /** How often the chains are read again when their blocks do not fit together. Default 8. */
  readonly attempts?: number
  /** Blocks to one request for logs. Default 5,000. */
  readonly logRange?: bigint
}

/** Audits a network again and again; logs are read once. */
export interface Auditor {
  audit(options?: AuditOptions): Promise<AuditReport>
}

const DEFAULT_ATTEMPTS = 8
const RETRY_MS = 60

/** A message that a chain has received and the source had not sent yet at its block. */
interface Orphan {
  readonly from: string
  readonly to: string
  readonly channel: 'router' | 'oft'
  readonly received: bigint
  readonly sent: bigint
}

/**
 * Makes an auditor. It keeps what the logs told (sums, and what is still open), so that each audit reads only what is new.
 *
 * @example
 * const auditor = createAuditor(network, clients)
 * const { status, violations } = await auditor.audit()
 */
export function createAuditor(network: Network, clients: NetworkClients): Auditor {
  let journal: NetworkJournal = createNetworkJournal(network)
  /** Whether the chains were found to be those of the network file. */
  let identified = false
  /** Debt indices of past blocks by chain and block number. */
  const indices = new Map<string, bigint>()

  /** Whether the block up to which logs were read is still the chain's. */
  async function reorganised(): Promise<boolean> {
    const changed = await Promise.all(
      network.chains.map(async (chain) => {
        const { number, hash } = journal.chain(chain.name).cursor
        if (hash === undefined) return false
        const block = clientOf(clients, chain)
          .getBlock({ blockNumber: number })
          .catch((error: unknown) => {
            if (error instanceof BlockNotFoundError) return undefined
            throw error
          })
        return (await askChain(chain.name, block))?.hash !== hash
      }),
    )
    return changed.includes(true)
  }

  async function catchUp(blocks: ReadonlyMap<string, PinnedBlock>, logRange?: bigint): Promise<void> {
    await Promise.all(
      network.chains.map(async (chain) => {
        const { number, hash } = blocks.get(chain.name)!
        const own = journal.chain(chain.name)
        if (number <= own.cursor.number) return
        const logs = await scanLogs(chain, clientOf(clients, chain), own.cursor.number + 1n, number, logRange)
        journal.apply(chain, logs)
        own.cursor = { number, hash }
      }),
    )
  }

  async function readFacts(blocks: ReadonlyMap<string, PinnedBlock>) {
    const transits = new Map<string, Transit>()
    const entries = await Promise.all(
      network.chains.map(async (chain) => {
        const batch = createReadBatch(chain)
        const block = blocks.get(chain.name)!
        const facts = readChainFacts(network, chain, journal.chain(chain.name).collaterals, batch)
        const incoming = network.chains
          .filter((other) => other !== chain)
          .map((from) => readTransit(from, chain, journal.channel(from, chain), batch))
        await batch.run(clientOf(clients, chain), block.number)
        for (const read of incoming) {
          const transit = read()
          transits.set(`${transit.from.name} ${chain.name}`, transit)
        }
        return [chain.name, facts(block)] as const
      }),
    )
    return { chains: new Map<string, ChainFacts>(entries), transits }
  }

  /** Blocks fit together when nothing was received that had not been sent by the source's block. */
  function findOrphans(chains: ReadonlyMap<string, ChainFacts>): Orphan[] {
    return [...chains.values()].flatMap(({ chain, lanes }) =>
      [...lanes].flatMap(([remote, at]) =>
        (['router', 'oft'] as const).flatMap((channel) => {
          const { sent } = chains.get(remote)!.lanes.get(chain.name)![channel]
          const { received } = at[channel]
          return received > sent ? [{ from: remote, to: chain.name, channel, received, sent }] : []
        }),
      ),
    )
  }

  /** Whether the logs tell of every message that the endpoints have counted. */
  function logsComplete(chains: ReadonlyMap<string, ChainFacts>): boolean {
    return [...chains.values()].every(({ chain, lanes }) =>
      [...lanes].every(
        ([remote, { router }]) => journal.channel(chain, chains.get(remote)!.chain).nonce === router.sent,
      ),
    )
  }

  async function readTouchedIndices(
    chains: ReadonlyMap<string, ChainFacts>,
  ): Promise<NetworkFacts['touchedIndex']> {
    const found = new Map<string, bigint | undefined>()
    const readIndex = async (chain: NetworkChain, blockNumber: bigint): Promise<bigint | undefined> => {
      const key = `${chain.name} ${blockNumber}`
      const known = indices.get(key)
      if (known !== undefined) return known
      const call = { address: chain.isobar.vault, abi: vaultAbi, functionName: 'books', blockNumber } as const
      const books = await clientOf(clients, chain)
        .readContract(call)
        .catch(() => undefined)
      if (books) indices.set(key, books.debtIndex)
      return books?.debtIndex
    }
    await Promise.all(
      [...chains.values()].flatMap(({ chain, books, lanes }) =>
        [...lanes].map(async ([remote, { lane }]) => {
          const { touchedAt } = journal.lane(chain, chains.get(remote)!.chain.eid)
          // Nothing is owed: any index will do.
          const index = lane.scaledDebt === 0n ? books.debtIndex : await readIndex(chain, touchedAt)
          found.set(`${chain.name} ${remote}`, index)
        }),
      ),
    )
    return (from, to) => found.get(`${from} ${to}`)
  }

  function reset(): void {
    journal = createNetworkJournal(network)
    indices.clear()
  }

  return {
    async audit(options = {}) {
      const { attempts = DEFAULT_ATTEMPTS, logRange } = options
      if (!identified) await createNetworkReader(network, clients).read(options)
      identified = true
      let suspects: Orphan[] = []
      for (let attempt = 1; ; attempt += 1) {
        if (await reorganised()) reset()
        const blocks = await pinBlocks(network, clients, options)
        await catchUp(blocks, logRange)
        const { chains, transits } = await readFacts(blocks)
        const findings = createFindings()
        const orphans = findOrphans(chains)
        const complete = logsComplete(chains)
        const consistent = orphans.length === 0 && complete
        const facts: NetworkFacts = {
          ...{ network, journal, chains },
          transit: (from, to) => transits.get(`${from} ${to}`)!,
          touchedIndex: await readTouchedIndices(chains),
        }
        // A message that is still not sent at a later block of its source was never sent.
        const forged = orphans.filter((orphan) =>
          suspects.some(
            ({ from, to, channel, received }) =>
              from === orphan.from &&
              to === orphan.to &&
              channel === orphan.channel &&
              received > orphan.sent,
          ),
        )
        if (!consistent && attempt < attempts) {
          suspects = orphans
          if (!complete) reset()
          await new Promise((resolve) => setTimeout(resolve, RETRY_MS))
          continue
        }
        if (consistent) checkNetwork(facts, findings)
        else {
          const text = complete
            ? 'the chains moved while they were read, every time; audit again when there is less traffic.'
            : 'the logs of a node lag behind its state; audit again later, or use another node.'
          findings.notice({ kind: 'inconsistent', subject: { chain: '*' }, text })
        }
        for (const { from, to, sent, received } of forged) {
          findings.equal(
            { invariant: 'messages', subject: { from, to }, expected: sent, actual: received, unit: 'nonce' },
            () => `${to} has received messages up to nonce ${received} from ${from}, which has sent ${sent}.`,
          )
        }
        const inFlight = inFlightOf(facts)
        for (const transit of transits.values()) closeArrived(transit)
        const still = inFlight.orders.count + inFlight.unfunded.count + inFlight.rails.count === 0
        const status =
          findings.violations.length > 0 ? 'violated' : consistent && still ? 'settled' : 'moving'
        const { violations, notices } = findings
        return { status, consistent, violations, notices, inFlight, blocks: Object.fromEntries(blocks) }
      }
    },
  }
}
