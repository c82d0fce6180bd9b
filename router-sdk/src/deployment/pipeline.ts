import {
  type Address,
  BaseError,
  type Hash,
  type Hex,
  type LocalAccount,
  type PublicClient,
  type TransactionReceipt,
  TransactionReceiptNotFoundError,
} from 'viem'
import { askChain } from '../network/askChain.js'
import { DeploymentFailedError } from './deploymentErrors.js'

/** One transaction of a deployment. Without `to` it creates a contract. */
export interface DeploymentStep {
  /** What it does, for people: `create Vault`. */
  readonly label: string
  readonly to?: Address
  readonly data: Hex
  readonly gas: bigint
}

/** Sends a deployment's transactions to one chain, all at once, in the order given. */
export interface Pipeline {
  /** Resolves when every transaction has succeeded. */
  send(steps: readonly DeploymentStep[]): Promise<TransactionReceipt[]>
}

export interface PipelineOptions {
  readonly chain: string
  readonly chainId: number
  readonly client: PublicClient
  readonly account: LocalAccount
  /** The first transaction's nonce. */
  readonly nonce: number
  readonly onDone?: (step: DeploymentStep, receipt: TransactionReceipt) => void
}

const RECEIPT_TIMEOUT_MS = 180_000
const MAX_POLL_MS = 2_000

/**
 * Nonces are given beforehand and gas is explicit, so that no transaction waits for another one: contracts refer to each
 * other by predicted addresses, and their constructors run in the order of nonces.
 */
export async function createPipeline(options: PipelineOptions): Promise<Pipeline> {
  const { chain, chainId, client, account, onDone } = options
  const fees = await askChain(chain, client.estimateFeesPerGas())
  let nonce = options.nonce
  /** After one transaction was not accepted, those behind it never will be: nobody waits for them. */
  let broken = false

  async function waitForReceipt(hash: Hash, step: DeploymentStep): Promise<TransactionReceipt> {
    const pollMs = Math.min(client.pollingInterval, MAX_POLL_MS)
    for (const deadline = Date.now() + RECEIPT_TIMEOUT_MS; Date.now() < deadline; ) {
      try {
        return await client.getTransactionReceipt({ hash })
      } catch (error) {
        if (!(error instanceof TransactionReceiptNotFoundError)) await askChain(chain, Promise.reject(error))
      }
      if (broken)
        throw new DeploymentFailedError(chain, step.label, 'an earlier transaction was refused', hash)
      await new Promise((resolve) => setTimeout(resolve, pollMs))
    }
    const details = `the transaction was not mined within ${RECEIPT_TIMEOUT_MS / 1000} s`
    throw new DeploymentFailedError(chain, step.label, details, hash)
  }

  /** Repeats a reverted transaction as a call, for the reason. */
  async function explain({ to, data, gas }: DeploymentStep, receipt: TransactionReceipt): Promise<string> {
    if (receipt.gasUsed * 64n >= gas * 63n) return `it used all of its ${gas} gas`
    const blockNumber = receipt.blockNumber - 1n
    return client.call({ account: account.address, to, data, gas, blockNumber }).then(
      () => 'it reverted, but not when repeated',
      (error: unknown) =>
        error instanceof BaseError ? `${error.shortMessage} ${error.details}` : String(error),
    )
  }

  async function sendOne(step: DeploymentStep, at: number): Promise<TransactionReceipt> {
    const { label, to, data, gas } = step
    const serializedTransaction = await account.signTransaction({
      ...{ type: 'eip1559', chainId, nonce: at, gas, to, data },
      maxFeePerGas: fees.maxFeePerGas * 2n,
      maxPriorityFeePerGas: fees.maxPriorityFeePerGas,
    })
    const hash = await client.sendRawTransaction({ serializedTransaction }).catch((error: unknown) => {
      broken = true
      const details = error instanceof BaseError ? `${error.shortMessage} ${error.details}` : String(error)
      throw new DeploymentFailedError(chain, label, details, undefined, error)
    })
    const receipt = await waitForReceipt(hash, step)
    if (receipt.status === 'reverted') {
      throw new DeploymentFailedError(chain, label, await explain(step, receipt), hash)
    }
    onDone?.(step, receipt)
    return receipt
  }

  return {
    async send(steps) {
      const first = nonce
      nonce += steps.length
      const results = await Promise.allSettled(steps.map((step, index) => sendOne(step, first + index)))
      // The first failure is the cause of those after it.
      const failed = results.find((result) => result.status === 'rejected')
      if (failed) throw failed.reason
      return results.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : []))
    },
  }
}
