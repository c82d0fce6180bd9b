import { encodeFunctionData, type Hex, size } from 'viem'
import { bytes32ToAddress } from '../../layerzero/packet.js'
import type { DevnetAccounts } from '../accounts.js'
import type { ProtocolChain } from '../assets/deployAssets.js'
import { revertData } from '../chain/sender.js'
import { eventsOf, type ProtocolEvent } from '../layerzero/events.js'
import { protocolAbi } from '../layerzero/protocolAbi.js'
import { attestation } from './attest.js'
import type { ComposeRecord, PacketRecord } from './packetRecord.js'

/** Makes the transactions of DVNs and executor on one destination chain. Every one returns the events that it caused. */
export interface Courier {
  /** Both DVNs attest the packets. */
  verify(packets: readonly PacketRecord[], now: bigint): Promise<ProtocolEvent[]>
  /** Stores the attested packets in the endpoint; one that is refused does not stop the others. */
  commit(packets: readonly PacketRecord[]): Promise<ProtocolEvent[]>
  /** The revert data of committing one packet, undefined when it would succeed. */
  commitRefusal(packet: PacketRecord): Promise<Hex | undefined>
  execute(packet: PacketRecord, gas?: bigint): Promise<ProtocolEvent[]>
  compose(compose: ComposeRecord, options?: { gas?: bigint; value?: bigint }): Promise<ProtocolEvent[]>
}

const VERIFY_GAS = 150_000n
const COMMIT_GAS = 200_000n
const BASE_GAS = 250_000n
const GAS_PER_MESSAGE_BYTE = 40n
const NATIVE_DROP_GAS = 30_000n
/** What calling with `gas` needs: the outer call keeps a 64th, and does its own work before and after. */
const outerGas = (gas: bigint, message: Hex): bigint =>
  (gas * 64n) / 63n + 1n + BASE_GAS + GAS_PER_MESSAGE_BYTE * BigInt(size(message))

export function createCourier(parameters: {
  readonly chain: ProtocolChain
  readonly accounts: DevnetAccounts
  readonly confirmations: bigint
}): Courier {
  const { chain, accounts, confirmations } = parameters
  const { sender, layerzero, multicall3, publicClient } = chain
  const executorAdmin = accounts.executorAdmin

  const commitCall = (packet: PacketRecord): Hex =>
    encodeFunctionData({
      abi: protocolAbi,
      functionName: 'commitVerification',
      args: [packet.header, packet.payloadHash],
    })

  return {
    async verify(packets, now) {
      const { receiveLibrary } = layerzero
      const receipts = await Promise.all(
        accounts.dvns.map(async (dvn, index) => {
          const data = await attestation({
            dvn,
            dstEid: chain.eid,
            receiveLibrary,
            packets,
            confirmations,
            now,
          })
          const gas = BASE_GAS + VERIFY_GAS * BigInt(packets.length)
          return sender.transact({ account: dvn.admin, to: layerzero.dvns[index], data, gas })
        }),
      )
      return receipts.flatMap((receipt) => eventsOf(receipt.logs))
    },
    async commit(packets) {
      // Anyone may commit, so one transaction takes all of them.
      const calls = packets.map((packet) => ({
        ...{ target: layerzero.receiveLibrary, allowFailure: true, callData: commitCall(packet) },
      }))
      const receipt = await sender.transact({
        account: executorAdmin,
        to: multicall3,
        data: encodeFunctionData({ abi: protocolAbi, functionName: 'aggregate3', args: [calls] }),
        gas: BASE_GAS + COMMIT_GAS * BigInt(packets.length),
      })
      return eventsOf(receipt.logs)
    },
    async commitRefusal(packet) {
      try {
        const to = layerzero.receiveLibrary
        await publicClient.call({ account: executorAdmin.address, to, data: commitCall(packet) })
        return undefined
      } catch (error) {
        return revertData(error) ?? '0x'
      }
    },
    async execute(packet, gas = packet.plan.receive.gas) {
      const { receiver, srcEid, sender: from, nonce, guid, message, plan } = packet
      const params = {
        receiver,
        origin: { srcEid, sender: from, nonce },
        guid,
        message,
        extraData: '0x',
        gasLimit: gas,
      } as const
      const drops = plan.nativeDrops.map((drop) => ({
        receiver: bytes32ToAddress(drop.receiver),
        amount: drop.amount,
      }))
      const dropped = drops.reduce((sum, drop) => sum + drop.amount, 0n)
      const data =
        drops.length === 0
          ? encodeFunctionData({ abi: protocolAbi, functionName: 'execute302', args: [params] })
          : encodeFunctionData({
              abi: protocolAbi,
              functionName: 'nativeDropAndExecute302',
              args: [drops, NATIVE_DROP_GAS, params],
            })
      const receipt = await sender.transact({
        account: executorAdmin,
        to: layerzero.executor,
        data,
        value: plan.receive.value + dropped,
        gas: outerGas(gas, message) + 2n * NATIVE_DROP_GAS * BigInt(drops.length),
      })
      return eventsOf(receipt.logs)
    },
    async compose(compose, { gas = compose.gas, value = compose.value } = {}) {
      const { from, to, guid, index, message } = compose
      const receipt = await sender.transact({
        account: executorAdmin,
        to: layerzero.executor,
        data: encodeFunctionData({
          abi: protocolAbi,
          functionName: 'compose302',
          args: [from, to, guid, index, message, '0x', gas],
        }),
        value,
        gas: outerGas(gas, message),
      })
      return eventsOf(receipt.logs)
    },
  }
}
