import {
  type Abi,
  type Address,
  type ContractFunctionArgs,
  type ContractFunctionName,
  type ContractFunctionReturnType,
  decodeErrorResult,
  decodeFunctionResult,
  encodeFunctionData,
  type Hex,
  type PublicClient,
  parseAbi,
} from 'viem'
import { WrongContractError } from '../errors/WrongContractError.js'
import { askChain } from './askChain.js'

export const multicall3Abi = parseAbi([
  'struct Call3 { address target; bool allowFailure; bytes callData; }',
  'struct Result { bool success; bytes returnData; }',
  'function aggregate3(Call3[] calls) payable returns (Result[] returnData)',
])

type View = 'pure' | 'view'

/** A view call, with where the contract's address stands in the network file. */
export interface BatchedRead<
  abi extends Abi | readonly unknown[],
  name extends ContractFunctionName<abi, View>,
> {
  readonly field: string
  readonly address: Address
  readonly abi: abi
  readonly functionName: name
  readonly args?: ContractFunctionArgs<abi, View, name>
}

/** Many view calls of one chain that are answered together, as of one block. */
export interface ReadBatch {
  /**
   * Adds a call. The function that it returns gives the answer once the batch has run; it throws
   * {@link WrongContractError} when the contract did not have one.
   */
  read<const abi extends Abi | readonly unknown[], name extends ContractFunctionName<abi, View>>(
    call: BatchedRead<abi, name>,
  ): () => ContractFunctionReturnType<abi, View, name>
  /** Asks everything that was added since the last run. */
  run(client: PublicClient, blockNumber: bigint): Promise<void>
}

/** Calls to one eth_call: nodes bound its gas. */
const CHUNK = 400

function refusal(abi: Abi, data: Hex): string {
  if (data === '0x') return 'the call was refused without a reason, or there is no such function.'
  try {
    const { errorName, args = [] } = decodeErrorResult({ abi, data })
    return `the contract answered ${errorName}(${args.map(String).join(', ')}).`
  } catch {
    return `the contract answered with unknown error data ${data}.`
  }
}

/** Collects view calls of one chain. Multicall3 answers them in one request, all at the same block. */
export function createReadBatch(chain: { readonly name: string; readonly multicall3: Address }): ReadBatch {
  interface Pending {
    readonly call: BatchedRead<Abi, string>
    answer?: { readonly success: boolean; readonly returnData: Hex }
  }
  let pending: Pending[] = []

  async function ask(client: PublicClient, blockNumber: bigint, calls: readonly Pending[]): Promise<void> {
    const args = calls.map(({ call: { address, abi, functionName, args = [] } }) => ({
      target: address,
      allowFailure: true,
      callData: encodeFunctionData<Abi, string>({ abi, functionName, args: args as readonly unknown[] }),
    }))
    const data = encodeFunctionData({ abi: multicall3Abi, functionName: 'aggregate3', args: [args] })
    const response = await askChain(chain.name, client.call({ to: chain.multicall3, data, blockNumber }))
    if (!response.data) {
      throw new WrongContractError(chain.name, 'multicall3', chain.multicall3, 'there is no contract.')
    }
    const answers = decodeFunctionResult({
      abi: multicall3Abi,
      functionName: 'aggregate3',
      data: response.data,
    })
    for (const [index, entry] of calls.entries()) entry.answer = answers[index]
  }

  function result({ call, answer }: Pending): unknown {
    const { field, address, abi, functionName } = call
    const wrong = (details: string, cause?: unknown) =>
      new WrongContractError(chain.name, field, address, `${functionName}: ${details}`, cause)
    if (!answer) throw new Error(`${functionName} of ${field} was read before the batch ran`)
    if (!answer.success) throw wrong(refusal(abi, answer.returnData))
    // A call to an address without code succeeds and returns nothing.
    if (answer.returnData === '0x') throw wrong('there is no contract.')
    try {
      return decodeFunctionResult<Abi, string>({ abi, functionName, data: answer.returnData })
    } catch (error) {
      throw wrong('the answer has another shape.', error)
    }
  }

  return {
    read(call) {
      const entry: Pending = { call: call as unknown as BatchedRead<Abi, string> }
      pending.push(entry)
      return () => result(entry) as never
    },
    async run(client, blockNumber) {
      const calls = pending
      pending = []
      const chunks = Array.from({ length: Math.ceil(calls.length / CHUNK) }, (_, index) =>
        calls.slice(index * CHUNK, (index + 1) * CHUNK),
      )
      await Promise.all(chunks.map((chunk) => ask(client, blockNumber, chunk)))
    },
  }
}
