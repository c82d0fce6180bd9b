import {
  type Address,
  encodeAbiParameters,
  encodeFunctionData,
  type Hex,
  parseAbi,
  parseAbiParameters,
} from 'viem'

/** A call for the OApp's delegate to make. */
export interface OAppCall {
  readonly to: Address
  readonly data: Hex
}

/** The security settings of one path. Both sides of a path must agree on confirmations and on the DVNs' operators. */
export interface OAppPath {
  readonly remoteEid: number
  /** Blocks that DVNs wait for, of the source chain in either direction. */
  readonly sendConfirmations: bigint
  readonly receiveConfirmations: bigint
  /** DVN contracts of the local chain. */
  readonly requiredDvns: readonly Address[]
  readonly optionalDvns?: readonly Address[]
  readonly optionalThreshold?: number
  readonly executor: Address
  readonly maxMessageSize?: number
}

export interface ConfigureOAppParameters {
  readonly oapp: Address
  readonly endpoint: Address
  readonly sendLibrary: Address
  readonly receiveLibrary: Address
  readonly paths: readonly OAppPath[]
}

const managerAbi = parseAbi([
  'function setSendLibrary(address oapp, uint32 eid, address newLib)',
  'function setReceiveLibrary(address oapp, uint32 eid, address newLib, uint256 gracePeriod)',
  'struct SetConfigParam { uint32 eid; uint32 configType; bytes config; }',
  'function setConfig(address oapp, address lib, SetConfigParam[] params)',
])
const ulnConfigParameters = parseAbiParameters([
  'UlnConfig config',
  'struct UlnConfig { uint64 confirmations; uint8 requiredDVNCount; uint8 optionalDVNCount; uint8 optionalDVNThreshold; address[] requiredDVNs; address[] optionalDVNs; }',
])
const executorConfigParameters = parseAbiParameters([
  'ExecutorConfig config',
  'struct ExecutorConfig { uint32 maxMessageSize; address executor; }',
])

const CONFIG_TYPE = { executor: 1, uln: 2 } as const
/** In an OApp's own settings 0 means "whatever the default is"; this means none. */
const NO_DVNS = 255
const MAX_MESSAGE_SIZE = 10_000

/** Thrown for security settings that LayerZero would read as "use the default", or that a single operator could forge. */
export class OAppConfigError extends Error {
  override readonly name = 'OAppConfigError'
}

/** LayerZero requires DVN lists in ascending order without duplicates. */
export const sortedAddresses = (addresses: readonly Address[]): Address[] =>
  [...addresses].sort((a, b) => (BigInt(a) < BigInt(b) ? -1 : 1))

function ulnConfig(path: OAppPath, confirmations: bigint): Hex {
  const optional = path.optionalDvns ?? []
  if (confirmations <= 0n)
    throw new OAppConfigError(`Path to ${path.remoteEid}: confirmations must be at least 1`)
  if (path.requiredDvns.length === 0) throw new OAppConfigError(`Path to ${path.remoteEid}: no required DVN`)
  return encodeAbiParameters(ulnConfigParameters, [
    {
      confirmations,
      requiredDVNCount: path.requiredDvns.length,
      optionalDVNCount: optional.length === 0 ? NO_DVNS : optional.length,
      optionalDVNThreshold: optional.length === 0 ? 0 : (path.optionalThreshold ?? 1),
      requiredDVNs: sortedAddresses(path.requiredDvns),
      optionalDVNs: sortedAddresses(optional),
    },
  ])
}

/**
 * The calls that pin an OApp's libraries, DVNs, confirmations and executor on every path, so that nothing of it depends
 * on the endpoint's defaults, which their owner may change. They are made by the OApp or by its delegate.
 */
export function configureOApp(parameters: ConfigureOAppParameters): OAppCall[] {
  const { oapp, endpoint, sendLibrary, receiveLibrary, paths } = parameters
  const call = (data: Hex): OAppCall => ({ to: endpoint, data })
  const libraries = paths.flatMap(({ remoteEid }) => [
    call(
      encodeFunctionData({
        abi: managerAbi,
        functionName: 'setSendLibrary',
        args: [oapp, remoteEid, sendLibrary],
      }),
    ),
    call(
      encodeFunctionData({
        abi: managerAbi,
        functionName: 'setReceiveLibrary',
        args: [oapp, remoteEid, receiveLibrary, 0n],
      }),
    ),
  ])
  const send = paths.flatMap((path) => [
    {
      eid: path.remoteEid,
      configType: CONFIG_TYPE.executor,
      config: encodeAbiParameters(executorConfigParameters, [
        { maxMessageSize: path.maxMessageSize ?? MAX_MESSAGE_SIZE, executor: path.executor },
      ]),
    },
    { eid: path.remoteEid, configType: CONFIG_TYPE.uln, config: ulnConfig(path, path.sendConfirmations) },
  ])
  const receive = paths.map((path) => ({
    eid: path.remoteEid,
    configType: CONFIG_TYPE.uln,
    config: ulnConfig(path, path.receiveConfirmations),
  }))
  return [
    ...libraries,
    call(encodeFunctionData({ abi: managerAbi, functionName: 'setConfig', args: [oapp, sendLibrary, send] })),
    call(
      encodeFunctionData({
        abi: managerAbi,
        functionName: 'setConfig',
        args: [oapp, receiveLibrary, receive],
      }),
    ),
  ]
}
