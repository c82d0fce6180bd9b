import { decodeRevert, describeRevert, IsobarError, type NetworkState } from '@isobar/router-sdk'
import { prepareAction } from './chain/prepareAction.js'
import { readReceipt } from './chain/readReceipt.js'
import type { RelayerChain } from './chain/relayerChain.js'
import type { Clock } from './clock.js'
import type { Notify } from './events.js'
import { followDelivery } from './followDelivery.js'
import { type Intent, isOpen, type Proposal } from './store/intent.js'
import type { IntentStore } from './store/intentStore.js'

/** Carries out proposals and follows them to their end. */
export type Executor = {
  /** Intents that are under way. */
  readonly open: () => readonly Intent[]
  /** Takes up what an earlier run left under way. */
  readonly resume: () => Promise<void>
  /** Sends each proposal and waits a while for its receipt. Chains work side by side; on each, one after the other. */
  readonly submit: (proposals: readonly Proposal[], state: NetworkState, signal: AbortSignal) => Promise<void>
  /** Moves every open intent on as far as the chains have. */
  readonly follow: (state: NetworkState) => Promise<void>
}

export type ExecutorOptions = {
  /** By name. */
  readonly chains: ReadonlyMap<string, RelayerChain>
  readonly store: IntentStore
  readonly clock: Clock
  /** Milliseconds that a tick waits for a receipt. */
  readonly receiptWaitMs: number
  readonly notify: Notify
}

/** Between two looks for a receipt: short at first for fast chains, then no more often than blocks come. */
const FIRST_POLL_MS = 25
const LONGEST_POLL_MS = 2_000

export function createExecutor({ chains, store, clock, receiptWaitMs, notify }: ExecutorOptions): Executor {
  const open = new Map<string, Intent>()
  let counter = 0

  async function save(intent: Intent): Promise<void> {
    await store.save(intent)
    if (isOpen(intent)) open.set(intent.id, intent)
    else open.delete(intent.id)
  }

  function chainFor(name: string): RelayerChain {
    const chain = chains.get(name)
    if (chain) return chain
    throw new IsobarError(`The relayer has no chain '${name}'.`, { advice: 'add it to the configuration.' })
  }

  async function submitOne(proposal: Proposal, state: NetworkState, signal: AbortSignal): Promise<void> {
    const { from, to } = proposal.action
    const origin = chainFor(from)
    const { action, transaction } = await prepareAction(origin, chainFor(to).chain, proposal.action)
    counter += 1
    const block = (name: string) => state.chains.find((chain) => chain.name === name)?.block
    let intent: Intent = {
      ...proposal,
      action,
      id: `${clock.now().toString(36)}-${counter}`,
      status: 'submitted',
      sender: origin.sender.address,
      createdAt: block(from)?.timestamp ?? 0n,
      attempts: [],
      messageFee: transaction.value,
      arrivalFrom: block(to)?.number ?? 0n,
    }
    let attempted = false
    try {
      const attempt = await origin.sender.send(transaction, async (signed) => {
        intent = { ...intent, attempts: [signed] }
        await save(intent)
        attempted = true
        notify({ type: 'intent', intent })
      })
      notify({ type: 'submitted', intent, hash: attempt.hash })
    } catch (error) {
      // The node took nothing: what was written down is void.
      if (attempted) await save({ ...intent, status: 'failed', failure: messageOf(error) })
      throw error
    }
    await awaitReceipt(intent, signal)
  }

  /** Waits until the transaction is confirmed, or the time is up: a later tick goes on then. */
  async function awaitReceipt(intent: Intent, signal: AbortSignal): Promise<void> {
    const deadline = clock.now() + receiptWaitMs
    for (let pause = FIRST_POLL_MS; ; pause = Math.min(2 * pause, LONGEST_POLL_MS)) {
      await confirm(open.get(intent.id) ?? intent)
      const current = open.get(intent.id)
      if (!current || current.receipt || signal.aborted || clock.now() >= deadline) return
      await clock.sleep(pause, signal)
    }
  }

  /** Looks for the receipt of a submitted intent, or makes sure that a confirmed one still has its own. */
  async function confirm(intent: Intent): Promise<void> {
    const { chain, client, sender, confirmations } = chainFor(intent.action.from)
    const outcome = await sender.outcome(intent.attempts)
    const nonce = intent.attempts[0]!.nonce
    if (outcome.status === 'pending') {
      // A reorganisation took the receipt back: the transaction is pending again.
      if (intent.receipt) {
        sender.adopt(nonce)
        await save({ ...intent, status: 'submitted', receipt: undefined })
      }
      return
    }
    sender.release(nonce)
    if (outcome.status === 'replaced')
      return fail(intent, 'another transaction took its nonce; does something else use this key?')

    const { receipt } = outcome
    const { blockNumber, blockHash, gasUsed, transactionHash: hash } = receipt
    if (intent.status === 'confirmed' && blockHash === intent.receipt?.blockHash) return
    const mined: Intent = {
      ...intent,
      status: 'submitted',
      receipt: { hash, blockNumber, blockHash, gasUsed },
    }
    if (receipt.status === 'reverted') return fail(mined, await whyReverted(mined))
    if (
      confirmations > 1n &&
      (await client.getBlockNumber({ cacheTime: 0 })) < blockNumber + confirmations - 1n
    )
      return save(mined)

    const message = readReceipt(chain, receipt)
    if (!message) return fail(mined, `transaction ${hash} succeeded, but the router says nothing of it`)
    const confirmed: Intent = { ...mined, ...message, status: 'confirmed' }
    await save(confirmed)
    notify({ type: 'confirmed', intent: confirmed, hash })
  }

  async function fail(intent: Intent, failure: string): Promise<void> {
    await save({ ...intent, status: 'failed', failure })
    notify({ type: 'refused', agent: intent.agent, action: intent.action, reason: failure })
  }

  /** A receipt does not say why: the same call just before its block usually does. */
  async function whyReverted({ sender, attempts, receipt, action }: Intent): Promise<string> {
    const { client } = chainFor(action.from)
    try {
      const { to, input, value, gas } = await client.getTransaction({
        hash: receipt?.hash ?? attempts[0]!.hash,
      })
      const blockNumber = receipt && receipt.blockNumber - 1n
      await client.call({ account: sender, to, data: input, value, gas, blockNumber })
      return `transaction ${receipt?.hash} reverted after ${receipt?.gasUsed} of ${gas} gas`
    } catch (error) {
      const revert = decodeRevert(error)
      return revert ? describeRevert(revert) : `transaction ${receipt?.hash} reverted`
    }
  }

  async function followOne(intent: Intent, state: NetworkState): Promise<void> {
    await confirm(intent)
    const current = open.get(intent.id)
    if (current?.status !== 'confirmed') return
    const delivery = await followDelivery(current, state, chainFor(current.action.to))
    if (!delivery) return
    const delivered: Intent = { ...current, status: 'delivered', delivery }
    await save(delivered)
    notify({ type: 'delivered', intent: delivered, afterMs: clock.now() - current.attempts[0]!.signedAt })
  }

  return {
    open: () => [...open.values()],
    async resume() {
      for (const intent of await store.open()) {
        open.set(intent.id, intent)
        if (intent.status === 'submitted')
          chains.get(intent.action.from)?.sender.adopt(intent.attempts[0]!.nonce)
      }
    },
    async submit(proposals, state, signal) {
      await perChain(proposals, async (proposal) => {
        if (signal.aborted) return
        const { agent, action } = proposal
        // A transaction that is not mined yet may change what the next one finds: one at a time.
        if (isBusy(action.from)) {
          const reason = `a transaction on '${action.from}' is not mined yet`
          return notify({ type: 'refused', agent, action, reason })
        }
        try {
          await submitOne(proposal, state, signal)
        } catch (error) {
          if (error instanceof IsobarError && error.retryable)
            notify({ type: 'refused', agent, action, reason: messageOf(error) })
          else notify({ type: 'error', scope: action.from, error })
        }
      })
    },
    async follow(state) {
      await Promise.all(
        [...open.values()].map((intent) =>
          followOne(intent, state).catch((error: unknown) =>
            notify({ type: 'error', scope: intent.action.from, error }),
          ),
        ),
      )
    },
  }

  function isBusy(chain: string): boolean {
    return [...open.values()].some(({ receipt, action }) => receipt === undefined && action.from === chain)
  }
}

/** Chains side by side, the proposals of one chain in their order. */
async function perChain(
  proposals: readonly Proposal[],
  run: (proposal: Proposal) => Promise<void>,
): Promise<void> {
  const origins = new Map<string, Proposal[]>()
  for (const proposal of proposals)
    origins.set(proposal.action.from, [...(origins.get(proposal.action.from) ?? []), proposal])
  await Promise.all(
    [...origins.values()].map(async (queue) => {
      for (const proposal of queue) await run(proposal)
    }),
  )
}

function messageOf(error: unknown): string {
  if (error instanceof IsobarError) return [error.shortMessage, error.details].filter(Boolean).join(' ')
  return error instanceof Error ? error.message : String(error)
}
