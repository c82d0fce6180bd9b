import { type Address, concat, encodeFunctionData, encodePacked, type Hex, keccak256 } from 'viem'
import type { DvnAccounts } from '../accounts.js'
import { DVN_QUORUM, versionOneId } from '../layerzero/deployProtocol.js'
import { protocolAbi } from '../layerzero/protocolAbi.js'
import type { PacketRecord } from './packetRecord.js'

/** Attestations stay valid this long in the destination's time; accelerated clocks run days in minutes. */
const VALIDITY_SECONDS = 30n * 86_400n

/** Signatures of a quorum, in the ascending order of signers that the contract asks for. */
async function quorumSignatures(dvn: DvnAccounts, hash: Hex): Promise<Hex> {
  const signers = dvn.signers
    .slice(0, DVN_QUORUM)
    .sort((a, b) => (BigInt(a.address) < BigInt(b.address) ? -1 : 1))
  return concat(await Promise.all(signers.map((signer) => signer.signMessage({ message: { raw: hash } }))))
}

/** The call by which a DVN attests packets to the destination's receive library. */
export async function attestation(parameters: {
  readonly dvn: DvnAccounts
  readonly dstEid: number
  readonly receiveLibrary: Address
  readonly packets: readonly PacketRecord[]
  readonly confirmations: bigint
  /** Time of the destination's newest block, which the contract compares the expiry with. */
  readonly now: bigint
}): Promise<Hex> {
  const { dvn, dstEid, receiveLibrary, packets, confirmations, now } = parameters
  const vid = versionOneId(dstEid)
  const expiration = now + VALIDITY_SECONDS
  const params = await Promise.all(
    packets.map(async ({ header, payloadHash }) => {
      const args = [header, payloadHash, confirmations] as const
      const callData = encodeFunctionData({ abi: protocolAbi, functionName: 'verify', args })
      const instruction = encodePacked(
        ['uint32', 'address', 'uint256', 'bytes'],
        [vid, receiveLibrary, expiration, callData],
      )
      const signatures = await quorumSignatures(dvn, keccak256(instruction))
      return { vid, target: receiveLibrary, callData, expiration, signatures }
    }),
  )
  return encodeFunctionData({ abi: protocolAbi, functionName: 'execute', args: [params] })
}
