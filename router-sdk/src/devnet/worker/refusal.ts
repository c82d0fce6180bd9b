import { type Abi, decodeErrorResult, type Hex, parseAbi } from 'viem'
import type { Refusal } from './packetRecord.js'

/** Errors of the endpoint and libraries that a delivery can meet. */
const protocolErrors = parseAbi([
  'error LZ_PayloadHashNotFound(bytes32 expected, bytes32 actual)',
  'error LZ_InvalidNonce(uint64 nonce)',
  'error LZ_ComposeNotFound(bytes32 expected, bytes32 actual)',
  'error LZ_PathNotInitializable()',
  'error LZ_PathNotVerifiable()',
  'error LZ_ULN_Verifying()',
  'error LZ_InvalidReceiveLibrary()',
  'error LZ_InvalidPayloadHash()',
  'error OnlyPeer(uint32 eid, bytes32 sender)',
  'error NoPeer(uint32 eid)',
])

/** Puts revert data into words, with the errors of the given ABIs. */
export function createExplainer(abis: readonly Abi[]): (data: Hex) => Refusal {
  const abi = [...protocolErrors, ...abis.flat().filter((entry) => entry.type === 'error')]
  return (data) => {
    if (data === '0x') return { reason: 'no data (out of gas, or a call to an address without code)', data }
    try {
      const { errorName, args } = decodeErrorResult({ abi: abi as Abi, data })
      return { reason: `${errorName}(${(args ?? []).map(String).join(', ')})`, data }
    } catch {
      return { reason: data, data }
    }
  }
}
