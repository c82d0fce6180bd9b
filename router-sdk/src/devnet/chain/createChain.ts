import {
  type Address,
  type Chain,
  createPublicClient,
  createTestClient,
  defineChain,
  getContractAddress,
  type HttpTransport,
  http,
  type PublicClient,
  type TestClient,
} from 'viem'
import type { Anvil } from '../anvil/startAnvil.js'
import type { ChainSettings } from './chains.js'
import { createSender, type Sender } from './sender.js'

/** A local chain: its node, clients for it, and what sends transactions to it. */
export interface LocalChain {
  readonly name: string
  readonly eid: number
  readonly chainId: number
  readonly rpcUrl: string
  /** Pid of the chain's anvil. */
  readonly pid: number
  readonly chain: Chain
  readonly publicClient: PublicClient<HttpTransport, Chain>
  readonly testClient: TestClient<'anvil', HttpTransport, Chain>
  readonly sender: Sender
  readonly multicall3: Address
}

/** Transactions are sent together, and viem joins calls of the same moment into one request. */
const BATCH = { wait: 0, batchSize: 200 } as const
const POLLING_INTERVAL_MS = 20

/** Multicall3 is the first contract that the protocol's owner deploys, so its address is known beforehand. */
export function createChain(settings: ChainSettings, anvil: Anvil, protocolOwner: Address): LocalChain {
  const multicall3 = getContractAddress({ from: protocolOwner, nonce: 0n })
  const chain = defineChain({
    id: settings.chainId,
    name: settings.name,
    nativeCurrency: { name: 'Ether', symbol: 'ETH', decimals: 18 },
    rpcUrls: { default: { http: [anvil.url] } },
    contracts: { multicall3: { address: multicall3 } },
    testnet: true,
  })
  const client = { chain, pollingInterval: POLLING_INTERVAL_MS, cacheTime: 0 }
  // No retries: a repeated raw transaction would be refused as known, and a stopped node should say so at once.
  const transport = http(anvil.url, { batch: BATCH, retryCount: 0, timeout: 60_000 })
  const publicClient = createPublicClient({ ...client, transport })
  return {
    name: settings.name,
    eid: settings.eid,
    chainId: settings.chainId,
    rpcUrl: anvil.url,
    pid: anvil.pid,
    chain,
    publicClient,
    testClient: createTestClient({ ...client, mode: 'anvil', transport }),
    sender: createSender({
      client: publicClient,
      gasPrice: settings.gasPrice,
      automine: settings.blockTime === undefined,
    }),
    multicall3,
  }
}
