import { type Address, getAddress, type Hex, hexToBigInt, size, slice, toHex } from 'viem'
import { IsobarError } from '../errors/IsobarError.js'
import { type SharedAmount, shared } from './amounts.js'
import { decodeFloat24, encodeFloat24 } from './float.js'

/** The eight sums of a lane's ledger that every statement carries, shared decimals. */
export const COUNTERS = [
  'railOut',
  'railIn',
  'ordered',
  'paid',
  'charged',
  'earned',
  'granted',
  'returned',
] as const
export type Counter = (typeof COUNTERS)[number]

/** Sizes that a statement tells with 18 significant bits, rounded down. */
const SIZES = ['cash', 'loans', 'owed', 'equity', 'gross', 'free', 'averageLoans', 'averageFree'] as const

/** What a message says about its sender. Amounts in shared decimals; see the contract's MessageCodec. */
export type Statement = Readonly<Record<Counter | (typeof SIZES)[number], SharedAmount>> & {
  /** What a unit of gross assets earns there, WAD per second, with 18 significant bits. */
  readonly supplyRate: bigint
  /** Basis points. */
  readonly coverage: number
  readonly cap: SharedAmount
  readonly creditTarget: SharedAmount
  readonly flags: number
  /** Unix seconds. */
  readonly time: bigint
}

/** A payout that the sender orders at the receiver's vault. */
export type MessageOrder = {
  readonly recipient: Address
  /** What the payout costs the ordering vault, fee included. */
  readonly gross: SharedAmount
  readonly fee: SharedAmount
  readonly payload: Hex
}

/** A message between two LaneRouters, format v1. */
export type LaneMessage = { readonly statement: Statement; readonly orders: readonly MessageOrder[] }

/** Thrown for bytes that are not a message of format v1, to the byte. */
export class MalformedMessageError extends IsobarError {
  override readonly name = 'MalformedMessageError'
  constructor(
    readonly encoded: Hex,
    details: string,
  ) {
    super('The bytes are not a LaneRouter message of format v1.', { details })
  }
}

const VERSION = 1
const HEAD_LENGTH = 106
/** Set in a statement's flags when the sender's side of the lane is frozen. */
export const FROZEN_FLAG = 1
/** Set by the receiver, in its lane's flags: the sender owes more than its leverage limit. */
export const OVERLEVERED_FLAG = 128

/**
 * Reads a message as the contract does.
 *
 * @throws {@link MalformedMessageError}
 *
 * @example
 * const { statement, orders } = decodeMessage(decodePacket(log.args.encodedPayload).message)
 */
export function decodeMessage(encoded: Hex): LaneMessage {
  const length = size(encoded)
  if (length < HEAD_LENGTH) {
    throw new MalformedMessageError(encoded, `it has ${length} bytes, at least ${HEAD_LENGTH} are needed`)
  }
  let position = 0
  const takeBytes = (count: number): Hex => {
    if (position + count > length) {
      throw new MalformedMessageError(encoded, `it has ${length} bytes and ends inside an order`)
    }
    position += count
    return count === 0 ? '0x' : slice(encoded, position - count, position)
  }
  const take = (count: number): bigint => hexToBigInt(takeBytes(count))

  const version = take(1)
  if (version !== BigInt(VERSION)) throw new MalformedMessageError(encoded, `its version is ${version}`)
  const count = Number(take(1))
  const counters = COUNTERS.map((counter) => [counter, shared(take(8))] as const)
  const sizes = SIZES.map((field) => [field, shared(decodeFloat24(take(3)))] as const)
  const statement = {
    ...(Object.fromEntries([...counters, ...sizes]) as Record<
      Counter | (typeof SIZES)[number],
      SharedAmount
    >),
    supplyRate: decodeFloat24(take(3)),
    coverage: Number(take(2)),
    cap: shared(decodeFloat24(take(3))),
    creditTarget: shared(decodeFloat24(take(3))),
    flags: Number(take(1)),
    time: take(4),
  }
  const orders = Array.from({ length: count }, (): MessageOrder => {
    const recipient = getAddress(takeBytes(20))
    const [gross, fee] = [shared(take(8)), shared(take(8))]
    return { recipient, gross, fee, payload: takeBytes(Number(take(2))) }
  })
  if (position !== length) {
    throw new MalformedMessageError(encoded, `it has ${length} bytes, ${position} are expected`)
  }
  return { statement, orders }
}

/** Writes a message as the contract does: sizes are rounded down to 18 significant bits. */
export function encodeMessage({ statement, orders }: LaneMessage): Hex {
  const part = (value: bigint | number, bytes: number): string => toHex(value, { size: bytes }).slice(2)
  const float = (value: bigint): string => part(encodeFloat24(value), 3)
  const head = [
    part(VERSION, 1),
    part(orders.length, 1),
    ...COUNTERS.map((counter) => part(statement[counter], 8)),
    ...SIZES.map((field) => float(statement[field])),
    float(statement.supplyRate),
    part(statement.coverage, 2),
    float(statement.cap),
    float(statement.creditTarget),
    part(statement.flags, 1),
    part(statement.time, 4),
  ]
  const tail = orders.flatMap(({ recipient, gross, fee, payload }) => [
    recipient.slice(2).toLowerCase(),
    part(gross, 8),
    part(fee, 8),
    part(size(payload), 2),
    payload.slice(2),
  ])
  return `0x${[...head, ...tail].join('')}`
}
