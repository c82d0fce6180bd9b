import { type Abi, BaseError, decodeErrorResult, type Hex, isHex, parseAbi } from 'viem'
import { erc20Abi, laneRouterAbi, oftAbi, oftRailAbi, vaultAbi } from '../abi/index.js'

/** Errors of LayerZero's endpoint and libraries that a sender can meet; the endpoint's interface does not list them. */
const layerZeroErrors = parseAbi([
  'error LZ_InsufficientFee(uint256 requiredNative, uint256 suppliedNative, uint256 requiredLzToken, uint256 suppliedLzToken)',
  'error LZ_SendReentrancy()',
  'error LZ_DefaultSendLibUnavailable()',
  'error LZ_MessageLib_InvalidMessageSize(uint256 actual, uint256 max)',
  'error Executor_UnsupportedOptionType(uint8 optionType)',
  'error Executor_NativeAmountExceedsCap(uint256 amount, uint256 cap)',
])

const knownErrors: Abi = [laneRouterAbi, vaultAbi, oftRailAbi, oftAbi, erc20Abi, layerZeroErrors]
  .flat()
  .filter((entry) => entry.type === 'error')

/** What a contract said no with. */
export type Revert = {
  /** The error's name in the contracts' interfaces; `undefined` when no interface of Isobar's knows it. */
  readonly name: string | undefined
  readonly args: readonly unknown[]
  readonly data: Hex
}

/**
 * The custom error that a failed call carries, decoded by the ABIs of everything that a call to Isobar passes through.
 *
 * @returns `undefined` when the error is not a contract's answer: an unreachable node, for one.
 *
 * @example
 * ```ts
 * import { decodeRevert } from '@isobar/router-sdk'
 *
 * const wasOutrun = (error: unknown) => decodeRevert(error)?.name === 'MoveNumberUsed'
 * ```
 */
export function decodeRevert(error: unknown): Revert | undefined {
  const data = revertData(error)
  if (data === undefined || data === '0x') return undefined
  try {
    const { errorName, args } = decodeErrorResult({ abi: knownErrors, data })
    return { name: errorName, args: args ?? [], data }
  } catch {
    return { name: undefined, args: [], data }
  }
}

/** A revert in one line: `InsufficientCredit(30184, 5, 0)`. */
export function describeRevert({ name, args, data }: Revert): string {
  return name === undefined ? `unknown error ${data}` : `${name}(${args.map(String).join(', ')})`
}

/** Nodes put a revert's data in different places; viem keeps it under one of its causes, at times one level deeper. */
function revertData(error: unknown): Hex | undefined {
  if (!(error instanceof BaseError)) return undefined
  let found: Hex | undefined
  error.walk((cause) => {
    if (typeof cause !== 'object' || cause === null) return false
    for (const key of ['raw', 'data'] as const) {
      const value: unknown = key in cause ? (cause as Record<string, unknown>)[key] : undefined
      const inner: unknown =
        typeof value === 'object' && value !== null && 'data' in value ? value.data : value
      if (isHex(inner)) found = inner
    }
    return found !== undefined
  })
  return found
}
