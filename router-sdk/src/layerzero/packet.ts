import {
  type Address,
  getAddress,
  type Hex,
  hexToBigInt,
  hexToNumber,
  keccak256,
  pad,
  size,
  slice,
} from 'viem'

/** A LayerZero V2 packet as its PacketSent event carries it. */
export interface Packet {
  readonly guid: Hex
  readonly nonce: bigint
  readonly srcEid: number
  readonly dstEid: number
  /** Sender as LayerZero addresses it, 32 bytes. */
  readonly sender: Hex
  readonly receiver: Address
  readonly message: Hex
  /** The first 81 bytes, which DVNs attest together with the payload's hash. */
  readonly header: Hex
  readonly payloadHash: Hex
}

/** Where a channel's packet sits; a guid is derived from the same values. */
export interface Origin {
  readonly srcEid: number
  readonly sender: Hex
  readonly nonce: bigint
}

const HEADER_SIZE = 81
const GUID_END = HEADER_SIZE + 32

/** Thrown for bytes that are not a version-1 packet. */
export class InvalidPacketError extends Error {
  override readonly name = 'InvalidPacketError'
}

/** LayerZero writes addresses as 32 bytes, left-padded. */
export const addressToBytes32 = (address: Address): Hex => pad(address, { size: 32 }).toLowerCase() as Hex

/** The EVM address in LayerZero's 32 bytes. */
export const bytes32ToAddress = (value: Hex): Address => getAddress(slice(value, 12, 32))

/** Reads the `encodedPayload` of a PacketSent event. */
export function decodePacket(encoded: Hex): Packet {
  if (size(encoded) < GUID_END)
    throw new InvalidPacketError(`A packet has at least ${GUID_END} bytes: ${encoded}`)
  if (slice(encoded, 0, 1) !== '0x01')
    throw new InvalidPacketError(`Unknown packet version: ${slice(encoded, 0, 1)}`)
  const payload = slice(encoded, HEADER_SIZE)
  return {
    nonce: hexToBigInt(slice(encoded, 1, 9)),
    srcEid: hexToNumber(slice(encoded, 9, 13)),
    sender: slice(encoded, 13, 45),
    dstEid: hexToNumber(slice(encoded, 45, 49)),
    receiver: bytes32ToAddress(slice(encoded, 49, HEADER_SIZE)),
    guid: slice(encoded, HEADER_SIZE, GUID_END),
    message: size(encoded) > GUID_END ? slice(encoded, GUID_END) : '0x',
    header: slice(encoded, 0, HEADER_SIZE),
    payloadHash: keccak256(payload),
  }
}
