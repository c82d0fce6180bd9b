import { type Hash, type Hex, type PublicClient, parseEventLogs, type WalletClient } from 'viem'
import { laneRouterAbi } from '../abi/index.js'
import { clientOf } from '../network/clients.js'
import { type BuildTransferParameters, buildTransfer, type UnsignedTransaction } from './buildTransfer.js'
import { explainRefusal } from './explainRefusal.js'
import { type LaneEnds, laneEnds } from './laneEnds.js'
import type { TransferQuote } from './quoteTransfer.js'
import { TransferRefusedError, WrongWalletError } from './transferErrors.js'

export type SendTransferParameters = BuildTransferParameters & {
  /** Signs on the chain that the transfer starts from; needs an account. */
  readonly walletClient: WalletClient
}

export type SentTransfer = {
  /** Transaction that sold the transfer. */
  readonly hash: Hash
  /** LayerZero's id of the message; track the transfer by it. */
  readonly guid: Hex
  /** Unix seconds, of the block on the chain it was sent from. */
  readonly sentAt: bigint
  readonly quote: TransferQuote
}

/** Gas may grow between estimate and block: a slot that the estimate found warm or filled may be empty by then. */
const GAS_MARGIN_PERCENT = 25n

/**
 * Sends a transfer: approves the exact amount if needed, pays LayerZero's fee, and waits until the transfer is sold.
 * From then on it is owed to the recipient. Follow it with {@link waitForTransfer}.
 *
 * @throws what {@link buildTransfer} throws, {@link WrongWalletError}, {@link InsufficientBalanceError},
 * {@link ReceivedBelowMinimumError}, {@link DeadlinePassedError}, {@link TransferRefusedError}.
 *
 * @example
 * ```ts
 * import type { WalletClient } from 'viem'
 * import { local, type Network, type NetworkClients, sendTransfer } from '@isobar/router-sdk'
 *
 * async function pay(network: Network, clients: NetworkClients, walletClient: WalletClient) {
 *   const recipient = '0x00000000000000000000000000000000000a11ce'
 *   const transfer = { from: 'ethereum', to: 'base', amount: local(250_000000n), recipient } as const
 *   const { guid } = await sendTransfer({ network, clients, walletClient, ...transfer })
 *   return guid
 * }
 * ```
 */
export async function sendTransfer(parameters: SendTransferParameters): Promise<SentTransfer> {
  const { network, clients, walletClient } = parameters
  const { from, to } = parameters.quote ?? parameters
  const ends = laneEnds(network, from, to)
  const client = clientOf(clients, ends.from)
  const { account } = walletClient
  if (!account)
    throw new WrongWalletError('The wallet client has no account.', {
      advice: 'create it with createWalletClient({ account, chain, transport }).',
    })
  const chainId = await walletClient.getChainId()
  if (chainId !== ends.from.chainId)
    throw new WrongWalletError(
      `The wallet is on chain ${chainId}, and '${ends.from.name}' is ${ends.from.chainId}.`,
      {
        advice: `switch the wallet to chain ${ends.from.chainId}.`,
      },
    )

  const built = await buildTransfer({ ...parameters, sender: account.address })
  const send = async (transaction: UnsignedTransaction) => {
    try {
      const estimate = await client.estimateGas({ account: account.address, ...transaction })
      const gas = estimate + (estimate * GAS_MARGIN_PERCENT) / 100n
      // The chain's id was compared above.
      const hash = await walletClient.sendTransaction({
        account,
        chain: walletClient.chain ?? null,
        ...transaction,
        gas,
      })
      return await client.waitForTransactionReceipt({ hash })
    } catch (error) {
      throw explainRefusal(error, ends)
    }
  }
  for (const [index, transaction] of built.transactions.entries()) {
    const receipt = await send(transaction)
    if (receipt.status === 'reverted')
      throw await whyReverted(client, ends, account.address, transaction, receipt)
    if (index < built.transactions.length - 1) continue

    const logs = parseEventLogs({ abi: laneRouterAbi, eventName: 'TransferSold', logs: receipt.logs })
    const sold = logs.find(({ address }) => address.toLowerCase() === ends.from.isobar.router.toLowerCase())
    if (!sold) break
    const { timestamp } = await client.getBlock({ blockNumber: receipt.blockNumber })
    return { hash: receipt.transactionHash, guid: sold.args.guid, sentAt: timestamp, quote: built.quote }
  }
  throw new TransferRefusedError('The transaction was mined, but sold no transfer.', {
    advice: `check that ${ends.from.isobar.router} is Isobar's router on '${ends.from.name}'.`,
  })
}

/** A receipt does not say why: the same call, made after that block, usually does. */
async function whyReverted(
  client: PublicClient,
  ends: LaneEnds,
  account: Hex,
  transaction: UnsignedTransaction,
  receipt: { readonly transactionHash: Hash; readonly blockNumber: bigint; readonly gasUsed: bigint },
): Promise<unknown> {
  try {
    await client.call({ account, ...transaction, blockNumber: receipt.blockNumber })
  } catch (error) {
    return explainRefusal(error, ends)
  }
  return new TransferRefusedError(`Transaction ${receipt.transactionHash} reverted.`, {
    details: `it used ${receipt.gasUsed} gas, and the same call succeeds now`,
    advice: 'quote and send again.',
  })
}
