import {
  decodeRevert,
  describeRevert,
  LIMITS,
  laneRouterAbi,
  type NetworkChain,
  shared,
} from '@isobar/router-sdk'
import { encodeFunctionData, formatUnits } from 'viem'
import type { Action } from '../store/intent.js'
import { ActionRefusedError } from './chainErrors.js'
import type { RelayerChain } from './relayerChain.js'
import type { OutgoingTransaction } from './sender.js'

export type PreparedAction = {
  /** As it is sent: an amount may be less than planned. */
  readonly action: Action
  readonly transaction: OutgoingTransaction
}

/** LayerZero's fee follows gas prices between quote and block; the router returns what is over. */
const MESSAGE_FEE_MARGIN_PERCENT = 10n
/**
 * What a router admits moves with every block's interest, by far less than this part of it: without the margin, moves
 * of all that is admitted would now and then be refused.
 */
const ADMITTED_MARGIN = 10_000n

/**
 * Makes an action's transaction from what the router says now: quotes its message, clips its amount to what is
 * admitted, and tries it without sending.
 *
 * @throws {@link ActionRefusedError} with the router's reason.
 */
export async function prepareAction(
  { chain, client, sender, gas }: RelayerChain,
  destination: NetworkChain,
  planned: Action,
): Promise<PreparedAction> {
  const router = { address: chain.isobar.router, abi: laneRouterAbi } as const
  const eid = destination.eid
  try {
    const action = planned.kind === 'rebalance' ? await clip(planned) : planned
    const fee =
      action.kind === 'rebalance'
        ? await client.readContract({ ...router, functionName: 'quoteRebalance', args: [eid, action.amount] })
        : // A grant sends a bare statement too.
          await client.readContract({ ...router, functionName: 'quoteSync', args: [eid] })
    const value = fee + (fee * MESSAGE_FEE_MARGIN_PERCENT) / 100n
    const transaction = { to: router.address, data: encode(action), value, gas: gas[action.kind] }
    await client.call({ account: sender.address, ...transaction })
    return { action, transaction }
  } catch (error) {
    const revert = decodeRevert(error)
    if (revert === undefined) throw error
    const reason = revert.name === 'RebalanceRefused' ? rebalanceRefused(revert.args) : describeRevert(revert)
    throw new ActionRefusedError(`The router on '${chain.name}' refuses to ${describeAction(planned)}.`, {
      details: reason,
      advice: 'nothing was sent; the next tick plans anew.',
      cause: error,
    })
  }

  async function clip(action: Action & { kind: 'rebalance' }): Promise<Action> {
    const [admitted, limit] = await client.readContract({
      ...router,
      functionName: 'maxRebalance',
      args: [eid],
    })
    if (admitted === 0n)
      throw new ActionRefusedError(
        `The router on '${chain.name}' admits no move to '${destination.name}' any more.`,
        {
          details: LIMITS[limit],
          advice: 'nothing was sent; the next tick plans anew.',
        },
      )
    const safe = admitted - admitted / ADMITTED_MARGIN
    return action.amount <= safe ? action : { ...action, amount: shared(safe) }
  }

  function encode(action: Action) {
    if (action.kind === 'rebalance') {
      const args = [eid, action.amount, action.moveNumber] as const
      return encodeFunctionData({ abi: laneRouterAbi, functionName: 'rebalance', args })
    }
    const functionName = action.kind === 'sync' ? 'sync' : 'refillCredit'
    return encodeFunctionData({ abi: laneRouterAbi, functionName, args: [eid] })
  }
}

/** An action in words, for messages: `move 120.5 from base to ethereum`. */
export function describeAction(action: Action): string {
  const { from, to } = action
  if (action.kind === 'sync') return `tell ${to} how ${from} is`
  if (action.kind === 'refill') return `grant ${to} credit of ${formatUnits(action.amount, 6)} on ${from}`
  return `move ${formatUnits(action.amount, 6)} from ${from} to ${to}`
}

function rebalanceRefused([requested, admitted, limit]: readonly unknown[]): string {
  return `${formatUnits(BigInt(String(requested)), 6)} asked for, ${formatUnits(BigInt(String(admitted)), 6)} admitted (${LIMITS[Number(limit)] ?? limit})`
}
