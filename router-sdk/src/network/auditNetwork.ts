import type { AuditReport } from './audit/auditReport.js'
import { type AuditOptions, createAuditor } from './audit/createAuditor.js'
import type { NetworkClients } from './clients.js'
import type { Network } from './network.js'

/**
 * Checks a network's invariants to the unit: every counter of every lane, every total of every vault, and conservation
 * of value over all chains. What is on its way is taken from LayerZero's packets and endpoints, never from the counters
 * that are checked. It reads all logs since the network was deployed; to audit repeatedly, use `createAuditor`.
 *
 * @throws {@link RpcUnavailableError}, {@link ChainBehindError}, {@link WrongContractError},
 * {@link MissingClientError}
 *
 * @example
 * const { status, violations } = await auditNetwork(network, clients)
 * if (status === 'violated') for (const { invariant, explanation } of violations) console.error(invariant, explanation)
 */
export const auditNetwork = (
  network: Network,
  clients: NetworkClients,
  options?: AuditOptions,
): Promise<AuditReport> => createAuditor(network, clients).audit(options)
