import {
  type Abi,
  type Account,
  type Address,
  BaseError,
  type Chain,
  type ContractFunctionArgs,
  type ContractFunctionName,
  decodeErrorResult,
  encodeDeployData,
  encodeFunctionData,
  getAddress,
  type Hash,
  type Hex,
  type LocalAccount,
  type PublicClient,
  RawContractError,
  type TransactionReceipt,
  type Transport,
} from 'viem'

/** A transaction with its gas given: estimates are wrong for LayerZero's executor and slow for all others. */
export interface SenderTransaction {
  readonly account: LocalAccount
  readonly to?: Address
  readonly data?: Hex
  readonly value?: bigint
  readonly gas?: bigint
}

type WriteName<abi extends Abi> = ContractFunctionName<abi, 'nonpayable' | 'payable'>

export interface WriteParameters<abi extends Abi, name extends WriteName<abi>> {
  readonly account: LocalAccount
  readonly address: Address
  readonly abi: abi
  readonly functionName: name
  readonly args: ContractFunctionArgs<abi, 'nonpayable' | 'payable', name>
  readonly value?: bigint
  readonly gas?: bigint
}

export interface DeployParameters {
  readonly account: LocalAccount
  readonly abi: Abi
  readonly bytecode: Hex
  readonly args: readonly unknown[]
  readonly gas?: bigint
}

/** Signs and sends the transactions of one chain; the one place that counts nonces there. Safe to call in parallel. */
export interface Sender {
  /** Resolves with the receipt of a transaction that succeeded. */
  transact(transaction: SenderTransaction): Promise<TransactionReceipt>
  write<const abi extends Abi, name extends WriteName<abi>>(
    parameters: WriteParameters<abi, name>,
  ): Promise<TransactionReceipt>
  /** Resolves with the new contract's address. */
  deploy(parameters: DeployParameters): Promise<Address>
}

/** Thrown when a transaction was mined but reverted. */
export class TransactionRevertedError extends Error {
  override readonly name = 'TransactionRevertedError'
  readonly receipt: TransactionReceipt
  readonly data: Hex | undefined

  constructor(receipt: TransactionReceipt, data: Hex | undefined, reason: string) {
    super(`Transaction ${receipt.transactionHash} reverted: ${reason}`)
    this.receipt = receipt
    this.data = data
  }
}

const DEFAULT_CALL_GAS = 3_000_000n
const DEFAULT_DEPLOY_GAS = 15_000_000n
const RECEIPT_POLL_MS = 15
const RECEIPT_TIMEOUT_MS = 60_000

export interface SenderOptions {
  readonly client: PublicClient<Transport, Chain>
  /** Wei per gas that every transaction pays. */
  readonly gasPrice: bigint
  /** Whether a transaction is mined as soon as it arrives. */
  readonly automine: boolean
}

/** The revert data that a call error carries, if any. */
export function revertData(error: unknown): Hex | undefined {
  if (!(error instanceof BaseError)) return undefined
  const raw = error.walk(
    (cause) => cause instanceof RawContractError || (cause instanceof Error && 'data' in cause),
  )
  const data: unknown = raw !== null && typeof raw === 'object' && 'data' in raw ? raw.data : undefined
  if (typeof data === 'string' && data.startsWith('0x')) return data as Hex
  if (typeof data === 'object' && data !== null && 'data' in data && typeof data.data === 'string')
    return data.data as Hex
  return undefined
}

function describe(error: unknown, data: Hex | undefined, abi: Abi | undefined): string {
  if (data && data !== '0x') {
    try {
      const { errorName, args } = decodeErrorResult({ abi: abi ?? [], data })
      return `${errorName}(${(args ?? []).map(String).join(', ')})`
    } catch {
      return data
    }
  }
  return error instanceof BaseError ? error.shortMessage : String(error)
}

export function createSender({ client, gasPrice, automine }: SenderOptions): Sender {
  interface Line {
    /** The next nonce; a promise, so that parallel first callers share one look-up. */
    next: Promise<number>
    inFlight: number
  }
  const lines = new Map<Address, Line>()

  /** Nonces are only remembered while transactions are in flight, so other senders of the same key do no harm. */
  async function withNonce<result>(
    account: Account,
    run: (nonce: number) => Promise<result>,
  ): Promise<result> {
    const existing = lines.get(account.address)
    const line = existing ?? {
      next: client.getTransactionCount({ address: account.address, blockTag: 'pending' }),
      inFlight: 0,
    }
    lines.set(account.address, line)
    line.inFlight += 1
    const nonce = line.next
    line.next = nonce.then((value) => value + 1)
    try {
      return await run(await nonce)
    } finally {
      line.inFlight -= 1
      if (line.inFlight === 0 && lines.get(account.address) === line) lines.delete(account.address)
    }
  }

  async function waitForReceipt(hash: Hash): Promise<TransactionReceipt> {
    for (const deadline = Date.now() + RECEIPT_TIMEOUT_MS; Date.now() < deadline; ) {
      const receipt = await client.getTransactionReceipt({ hash }).catch(() => undefined)
      if (receipt) return receipt
      await new Promise((resolve) => setTimeout(resolve, RECEIPT_POLL_MS))
    }
    throw new Error(`Transaction ${hash} was not mined within ${RECEIPT_TIMEOUT_MS} ms`)
  }

  async function explain(transaction: SenderTransaction, receipt: TransactionReceipt, abi?: Abi) {
    const { account, ...call } = transaction
    const blockNumber = receipt.blockNumber - 1n
    const error = await client.call({ account: account.address, ...call, blockNumber }).then(
      () => undefined,
      (cause: unknown) => cause,
    )
    const data = revertData(error)
    const reason =
      error === undefined ? `used ${receipt.gasUsed} of ${transaction.gas} gas` : describe(error, data, abi)
    return new TransactionRevertedError(receipt, data, reason)
  }

  async function send(transaction: SenderTransaction, abi?: Abi): Promise<TransactionReceipt> {
    const { account, to, data, value } = transaction
    const gas = transaction.gas ?? (to === undefined ? DEFAULT_DEPLOY_GAS : DEFAULT_CALL_GAS)
    const receipt = await withNonce(account, async (nonce) => {
      const serializedTransaction = await account.signTransaction({
        ...{ type: 'legacy', chainId: client.chain.id, nonce, gasPrice, gas },
        ...{ to, data, value },
      })
      if (automine) return client.sendRawTransactionSync({ serializedTransaction })
      return waitForReceipt(await client.sendRawTransaction({ serializedTransaction }))
    })
    if (receipt.status === 'reverted') throw await explain({ ...transaction, gas }, receipt, abi)
    return receipt
  }

  return {
    transact: (transaction) => send(transaction),
    write: ({ account, address, abi, functionName, args, value, gas }) => {
      const data = encodeFunctionData<Abi, string>({ abi, functionName, args: args as readonly unknown[] })
      return send({ account, to: address, data, value, gas }, abi)
    },
    async deploy({ account, abi, bytecode, args, gas }) {
      const receipt = await send(
        { account, data: encodeDeployData<Abi>({ abi, bytecode, args: [...args] }), gas },
        abi,
      )
      if (!receipt.contractAddress)
        throw new Error(`Transaction ${receipt.transactionHash} created no contract`)
      return getAddress(receipt.contractAddress)
    },
  }
}
