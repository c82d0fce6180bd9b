export * from '../abi/devnet/index.js'
export { UnknownChainError } from '../errors/UnknownChainError.js'
export { createDevnetAccounts, type DevnetAccounts, type DvnAccounts, devnetKey } from './accounts.js'
export { AnvilNotFoundError, findAnvil } from './anvil/findAnvil.js'
export { createProcessGuard, type ProcessGuard } from './anvil/processGuard.js'
export { type Anvil, type AnvilOptions, AnvilStartError, startAnvil } from './anvil/startAnvil.js'
export {
  type AssetChain,
  type AssetOptions,
  COLLATERAL_DECIMALS,
  type ProtocolChain,
} from './assets/deployAssets.js'
export { type SendAssetParameters, type SentAsset, sendAsset } from './assets/sendAsset.js'
export { type ChainOptions, ChainOptionsError } from './chain/chains.js'
export type { LocalChain } from './chain/createChain.js'
export {
  createSender,
  type Sender,
  type SenderTransaction,
  TransactionRevertedError,
} from './chain/sender.js'
export { type ClockOptions, ClockOptionsError, createClock, type DevnetClock } from './clock/createClock.js'
export {
  type AssetDevnet,
  type AssetDevnetOptions,
  createAssetDevnet,
  type DevnetSnapshot,
} from './createAssetDevnet.js'
export { createDevnet, type Devnet, type DevnetOptions } from './createDevnet.js'
export {
  createProtocolDevnet,
  type ProtocolDevnet,
  type ProtocolDevnetOptions,
} from './createProtocolDevnet.js'
export { type ChainTermsOverrides, type DevnetNetworkOverrides, describeDevnet } from './describeDevnet.js'
export { ProtocolArtifactsMissingError } from './layerzero/artifacts.js'
export type { LayerZeroDeployment } from './layerzero/deployProtocol.js'
export { localOAppConfig } from './layerzero/oappPaths.js'
export {
  createWorker,
  DeliveryRefusedError,
  type Repetition,
  type Settlement,
  SettleTimeoutError,
  type Worker,
  type WorkerCheckpoint,
  type WorkerOptions,
} from './worker/createWorker.js'
export { UnknownPacketError } from './worker/packetLedger.js'
export type {
  ComposeRecord,
  ComposeStatus,
  PacketFees,
  PacketRecord,
  PacketStatus,
  Refusal,
  WorkerEvent,
} from './worker/packetRecord.js'
