export * from './abi/index.js'
export * from './errors/index.js'
export * from './layerzero/index.js'
export * from './network/amounts.js'
export {
  type AuditReport,
  type AuditSubject,
  type AuditUnit,
  INVARIANTS,
  type InFlight,
  type Invariant,
  type Notice,
  type Violation,
} from './network/audit/auditReport.js'
export { type AuditOptions, type Auditor, createAuditor } from './network/audit/createAuditor.js'
export { auditNetwork } from './network/auditNetwork.js'
export { chainOf } from './network/chainOf.js'
export { clientOf, type NetworkClients } from './network/clients.js'
export { decodeFloat16, decodeFloat24, encodeFloat24 } from './network/float.js'
export { oppositeLane, valueInFlight } from './network/inFlight.js'
export * from './network/messageCodec.js'
export * from './network/network.js'
export { parseNetwork, serializeNetwork } from './network/parseNetwork.js'
export type { FreshnessOptions, PinnedBlock, PinOptions } from './network/pinBlocks.js'
export {
  createNetworkReader,
  type NetworkReader,
  type ReadNetworkOptions,
  readNetwork,
} from './network/readNetwork.js'
export * from './network/state.js'
export * from './routing/index.js'
