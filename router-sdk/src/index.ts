export * from './abi/index.js'
export * from './errors/index.js'
export * from './layerzero/index.js'
export * from './network/amounts.js'
export { chainOf } from './network/chainOf.js'
export { clientOf, type NetworkClients } from './network/clients.js'
export * from './network/network.js'
export { parseNetwork, serializeNetwork } from './network/parseNetwork.js'
export {
  createNetworkReader,
  type NetworkReader,
  type ReadNetworkOptions,
  readNetwork,
} from './network/readNetwork.js'
export * from './network/state.js'
export * from './routing/index.js'
