import { type Address, type Hex, type LocalAccount, maxUint256, type TransactionReceipt } from 'viem'
import { erc20Abi, oftAbi } from '../../abi/index.js'
import { addressToBytes32, decodePacket } from '../../layerzero/packet.js'
import { eventsOf } from '../layerzero/events.js'
import type { AssetChain } from './deployAssets.js'

export interface SendAssetParameters {
  readonly from: AssetChain
  readonly toEid: number
  readonly account: LocalAccount
  readonly to: Address
  /** In the local decimals of the chain that sends. */
  readonly amount: bigint
  readonly composeMessage?: Hex
  readonly extraOptions?: Hex
}

/** What a packet was sent with. */
export interface SentAsset {
  readonly guid: Hex
  /** Wei paid to LayerZero. */
  readonly fee: bigint
  readonly receipt: TransactionReceipt
}

const SEND_GAS = 1_200_000n

/** Sends the asset over its OFT, as any holder would: approval where the adapter needs one, quote, send. */
export async function sendAsset(parameters: SendAssetParameters): Promise<SentAsset> {
  const { from, toEid, account, to, amount, composeMessage = '0x', extraOptions = '0x' } = parameters
  const { publicClient, sender, asset, oft } = from
  if (asset !== oft) {
    const args = [account.address, oft] as const
    const allowance = await publicClient.readContract({
      address: asset,
      abi: erc20Abi,
      functionName: 'allowance',
      args,
    })
    if (allowance < amount) {
      await sender.write({
        account,
        address: asset,
        abi: erc20Abi,
        functionName: 'approve',
        args: [oft, maxUint256],
      })
    }
  }
  const param = {
    dstEid: toEid,
    to: addressToBytes32(to),
    amountLD: amount,
    minAmountLD: 0n,
    ...{ extraOptions, composeMsg: composeMessage, oftCmd: '0x' as const },
  }
  const quote = { address: oft, abi: oftAbi, functionName: 'quoteSend', args: [param, false] } as const
  const fee = await publicClient.readContract(quote)
  const receipt = await sender.write({
    account,
    address: oft,
    abi: oftAbi,
    functionName: 'send',
    args: [param, fee, account.address],
    value: fee.nativeFee,
    gas: SEND_GAS,
  })
  const sent = eventsOf(receipt.logs).find((event) => event.eventName === 'PacketSent')
  if (sent?.eventName !== 'PacketSent')
    throw new Error(`Transaction ${receipt.transactionHash} sent no packet`)
  return { guid: decodePacket(sent.args.encodedPayload).guid, fee: fee.nativeFee, receipt }
}
