import { concat, encodePacked, type Hex, hexToBigInt, hexToNumber, size, slice } from 'viem'

/** One instruction to LayerZero's executor. Gas in gas units, value and amount in wei of the destination chain. */
export type ExecutorOption =
  | { readonly type: 'receive'; readonly gas: bigint; readonly value?: bigint }
  | { readonly type: 'compose'; readonly index: number; readonly gas: bigint; readonly value?: bigint }
  | { readonly type: 'nativeDrop'; readonly amount: bigint; readonly receiver: Hex }
  | { readonly type: 'ordered' }

/** What the executor owes a message, after enforced and caller's options have been added up. */
export interface ExecutionPlan {
  readonly receive: { readonly gas: bigint; readonly value: bigint }
  readonly composes: readonly { readonly index: number; readonly gas: bigint; readonly value: bigint }[]
  readonly nativeDrops: readonly { readonly amount: bigint; readonly receiver: Hex }[]
  readonly ordered: boolean
}

/** Thrown for options that are not well-formed type-3 options. */
export class InvalidOptionsError extends Error {
  override readonly name = 'InvalidOptionsError'
}

const TYPE_3 = '0x0003'
const EXECUTOR_WORKER = 1
const OPTION = { receive: 1, nativeDrop: 2, compose: 3, ordered: 4 } as const

const uint128 = (value: bigint): Hex => encodePacked(['uint128'], [value])
/** A value of zero is left out, as LayerZero's own encoders do. */
const optionalValue = (value: bigint | undefined): Hex => (value ? uint128(value) : '0x')

function encodeBody(option: ExecutorOption): Hex {
  switch (option.type) {
    case 'receive':
      return concat([uint128(option.gas), optionalValue(option.value)])
    case 'compose':
      return concat([
        encodePacked(['uint16'], [option.index]),
        uint128(option.gas),
        optionalValue(option.value),
      ])
    case 'nativeDrop':
      return concat([uint128(option.amount), option.receiver])
    case 'ordered':
      return '0x'
  }
}

/**
 * Encodes type-3 options. They add up: an OApp's enforced options and the caller's are concatenated.
 *
 * @example
 * encodeOptions([{ type: 'receive', gas: 120_000n }])
 */
export function encodeOptions(options: readonly ExecutorOption[]): Hex {
  const encoded = options.map((option) => {
    const body = encodeBody(option)
    const header = encodePacked(
      ['uint8', 'uint16', 'uint8'],
      [EXECUTOR_WORKER, size(body) + 1, OPTION[option.type]],
    )
    return concat([header, body])
  })
  return concat([TYPE_3, ...encoded])
}

/** Adds up type-3 options into what the executor has to do. Options for other workers (DVNs) are skipped. */
export function decodeOptions(options: Hex): ExecutionPlan {
  if (slice(options, 0, 2) !== TYPE_3)
    throw new InvalidOptionsError(`Only type-3 options are supported: ${options}`)
  const receive = { gas: 0n, value: 0n }
  const composes = new Map<number, { index: number; gas: bigint; value: bigint }>()
  const nativeDrops: { amount: bigint; receiver: Hex }[] = []
  let ordered = false

  const length = size(options)
  for (let at = 2; at < length; ) {
    if (at + 3 > length) throw new InvalidOptionsError(`Truncated options: ${options}`)
    const worker = hexToNumber(slice(options, at, at + 1))
    const end = at + 3 + hexToNumber(slice(options, at + 1, at + 3))
    if (end > length || end < at + 4) throw new InvalidOptionsError(`Truncated options: ${options}`)
    const type = hexToNumber(slice(options, at + 3, at + 4))
    const read = (from: number, to: number): bigint =>
      at + 4 + to <= end ? hexToBigInt(slice(options, at + 4 + from, at + 4 + to)) : 0n
    if (worker === EXECUTOR_WORKER) {
      if (type === OPTION.receive) {
        receive.gas += read(0, 16)
        receive.value += read(16, 32)
      } else if (type === OPTION.compose) {
        const index = Number(read(0, 2))
        const sum = composes.get(index) ?? { index, gas: 0n, value: 0n }
        sum.gas += read(2, 18)
        sum.value += read(18, 34)
        composes.set(index, sum)
      } else if (type === OPTION.nativeDrop) {
        nativeDrops.push({ amount: read(0, 16), receiver: slice(options, at + 20, at + 52) })
      } else if (type === OPTION.ordered) {
        ordered = true
      }
    }
    at = end
  }
  return { receive, composes: [...composes.values()], nativeDrops, ordered }
}
