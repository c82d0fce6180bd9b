export { type ContractArtifact, isobarArtifacts, type LinkReferences } from './artifacts.js'
export {
  DeploymentFailedError,
  TimelockUnavailableError,
  UnfitDescriptionError,
} from './deploymentErrors.js'
export { type DeploymentProgress, type DeployNetworkOptions, deployNetwork } from './deployNetwork.js'
export { linkLibraries } from './linkLibraries.js'
export {
  type NetworkDescription,
  networkDescriptionSchema,
  type ParsedNetworkDescription,
  parseNetworkDescription,
} from './networkDescription.js'
