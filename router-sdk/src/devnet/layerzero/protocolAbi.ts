import { parseAbi } from 'viem'

/** The calls that set up and drive LayerZero's contracts, and the events that say what happened. */
export const protocolAbi = parseAbi([
  // Set-up
  'function initialize(address priceUpdater)',
  'function initialize(address endpoint, address receiveUln301, address[] messageLibs, address priceFeed, address roleAdmin, address[] admins)',
  'struct Price { uint128 priceRatio; uint64 gasPriceInUnit; uint32 gasPerByte; }',
  'struct UpdatePrice { uint32 eid; Price price; }',
  'function setPrice(UpdatePrice[] prices)',
  'function setNativeTokenPriceUSD(uint128 price)',
  'function setWorkerFeeLib(address workerFeeLib)',
  'function setTreasury(address treasury)',
  'function setNativeFeeBP(uint256 nativeFeeBp)',
  'struct UlnConfig { uint64 confirmations; uint8 requiredDVNCount; uint8 optionalDVNCount; uint8 optionalDVNThreshold; address[] requiredDVNs; address[] optionalDVNs; }',
  'struct UlnConfigParam { uint32 eid; UlnConfig config; }',
  'function setDefaultUlnConfigs(UlnConfigParam[] params)',
  'struct ExecutorConfig { uint32 maxMessageSize; address executor; }',
  'struct ExecutorConfigParam { uint32 eid; ExecutorConfig config; }',
  'function setDefaultExecutorConfigs(ExecutorConfigParam[] params)',
  'function registerLibrary(address lib)',
  'function setDefaultSendLibrary(uint32 eid, address lib)',
  'function setDefaultReceiveLibrary(uint32 eid, address lib, uint256 gracePeriod)',
  // Work
  'function verify(bytes header, bytes32 payloadHash, uint64 confirmations)',
  'function commitVerification(bytes header, bytes32 payloadHash)',
  'struct ExecuteParam { uint32 vid; address target; bytes callData; uint256 expiration; bytes signatures; }',
  'function execute(ExecuteParam[] params)',
  'struct Origin { uint32 srcEid; bytes32 sender; uint64 nonce; }',
  'struct ExecutionParams { address receiver; Origin origin; bytes32 guid; bytes message; bytes extraData; uint256 gasLimit; }',
  'function execute302(ExecutionParams params) payable',
  'struct NativeDropParams { address receiver; uint256 amount; }',
  'function nativeDropAndExecute302(NativeDropParams[] drops, uint256 nativeDropGasLimit, ExecutionParams params) payable',
  'function compose302(address from, address to, bytes32 guid, uint16 index, bytes message, bytes extraData, uint256 gasLimit) payable',
  'struct Call3 { address target; bool allowFailure; bytes callData; }',
  'function aggregate3(Call3[] calls) payable',
])

/** Executor and DVN name their structs alike and give them different fields. */
export const executorConfigAbi = parseAbi([
  'struct ExecutorDstConfig { uint32 dstEid; uint64 lzReceiveBaseGas; uint64 lzComposeBaseGas; uint16 multiplierBps; uint128 floorMarginUSD; uint128 nativeCap; }',
  'function setDstConfig(ExecutorDstConfig[] params)',
])

export const dvnConfigAbi = parseAbi([
  'struct DvnDstConfig { uint32 dstEid; uint64 gas; uint16 multiplierBps; uint128 floorMarginUSD; }',
  'function setDstConfig(DvnDstConfig[] params)',
])

/** Events of the endpoint and of the two message libraries. */
export const protocolEventsAbi = parseAbi([
  'struct Origin { uint32 srcEid; bytes32 sender; uint64 nonce; }',
  'event PacketSent(bytes encodedPayload, bytes options, address sendLibrary)',
  'event PacketVerified(Origin origin, address receiver, bytes32 payloadHash)',
  'event PacketDelivered(Origin origin, address receiver)',
  'event LzReceiveAlert(address indexed receiver, address indexed executor, Origin origin, bytes32 guid, uint256 gas, uint256 value, bytes message, bytes extraData, bytes reason)',
  'event ComposeSent(address from, address to, bytes32 guid, uint16 index, bytes message)',
  'event ComposeDelivered(address from, address to, bytes32 guid, uint16 index)',
  'event LzComposeAlert(address indexed from, address indexed to, address indexed executor, bytes32 guid, uint16 index, uint256 gas, uint256 value, bytes message, bytes extraData, bytes reason)',
  'event ExecutorFeePaid(address executor, uint256 fee)',
  'event DVNFeePaid(address[] requiredDVNs, address[] optionalDVNs, uint256[] fees)',
  'event PayloadVerified(address dvn, bytes header, uint256 confirmations, bytes32 proofHash)',
])
