import type { LocalAccount } from 'viem'
import { laneRouterAbi } from '../abi/index.js'
import { askChain } from '../network/askChain.js'
import { clientOf, type NetworkClients } from '../network/clients.js'
import type { Network, NetworkChain } from '../network/network.js'
import { createReadBatch } from '../network/readBatch.js'
import { planContracts } from './contractsPlan.js'
import { TimelockUnavailableError } from './deploymentErrors.js'
import {
  type NetworkDescription,
  type ParsedChainDescription,
  parseNetworkDescription,
} from './networkDescription.js'
import { createPipeline } from './pipeline.js'
import { preflight } from './preflight.js'
import { type MessageGas, planWiring } from './wiringPlan.js'

/** A transaction of the deployment succeeded. */
export interface DeploymentProgress {
  readonly chain: string
  /** What it did: `create Vault`. */
  readonly step: string
  /** How many of the chain's transactions are done, and how many there are in this phase. */
  readonly done: number
  readonly total: number
}

export interface DeployNetworkOptions {
  readonly clients: NetworkClients
  /** Pays and, on a local network, owns: one account, or one by chain name. */
  readonly account: LocalAccount | Readonly<Record<string, LocalAccount>>
  /**
   * Whether the OFTs get explicit LayerZero settings too. For OFTs of one's own only: the account must be their
   * delegate. Default false.
   */
  readonly configureOft?: boolean
  readonly onProgress?: (progress: DeploymentProgress) => void
}

const isAccount = (account: DeployNetworkOptions['account']): account is LocalAccount =>
  typeof account.signTransaction === 'function'

async function readMessageGas(
  chain: Omit<NetworkChain, 'deployedAt'>,
  clients: NetworkClients,
): Promise<MessageGas> {
  const client = clientOf(clients, chain)
  const batch = createReadBatch(chain)
  const router = { field: 'isobar.router', address: chain.isobar.router, abi: laneRouterAbi } as const
  const statement = batch.read({ ...router, functionName: 'STATEMENT_GAS' })
  const order = batch.read({ ...router, functionName: 'ORDER_GAS' })
  await batch.run(client, await askChain(chain.name, client.getBlockNumber({ cacheTime: 0 })))
  return { statement: statement(), order: order() }
}

/**
 * Deploys a network: on every chain, at the same time, the library, rate model, oracles, vault, market, router and rail,
 * then everything that joins the chains. Checks the description, and the chains against it, before it sends anything;
 * checks every receipt.
 *
 * @returns What to write to `deployments/<name>.json` with `serializeNetwork`.
 * @throws {@link InvalidNetworkFileError}, {@link UnfitDescriptionError} and the other errors of a wrong description,
 * {@link TimelockUnavailableError} for networks that are not local, {@link DeploymentFailedError}.
 *
 * @example
 * const network = await deployNetwork(description, { clients, account })
 */
export async function deployNetwork(
  description: NetworkDescription,
  options: DeployNetworkOptions,
): Promise<Network> {
  const { clients, account, configureOft = false, onProgress } = options
  const parsed = parseNetworkDescription(description)
  if (!parsed.local) throw new TimelockUnavailableError(parsed.name)
  const deployerOf = ({ name }: ParsedChainDescription): LocalAccount => {
    if (isAccount(account)) return account
    const found = account[name]
    if (!found) throw new RangeError(`there is no account for chain "${name}"`)
    return found
  }
  await preflight(parsed, clients, (chain) => deployerOf(chain).address)

  const sites = await Promise.all(
    parsed.chains.map(async (chain) => {
      const client = clientOf(clients, chain)
      const deployer = deployerOf(chain)
      const { address } = deployer
      const nonce = await askChain(chain.name, client.getTransactionCount({ address, blockTag: 'pending' }))
      const plan = planContracts(parsed, chain, address, nonce)
      const progress = { done: 0, total: plan.steps.length }
      const pipeline = await createPipeline({
        ...{ chain: chain.name, chainId: chain.chainId, client, account: deployer, nonce },
        onDone({ label }) {
          progress.done += 1
          onProgress?.({ chain: chain.name, step: label, ...progress })
        },
      })
      return { plan, progress, pipeline }
    }),
  )

  const chains = sites.map(({ plan }) => plan.chain)
  // Contracts first, on all chains: a peer is set only once there is something to talk to.
  const created = await Promise.all(sites.map(({ plan, pipeline }) => pipeline.send(plan.steps)))
  await Promise.all(
    sites.map(async ({ plan, pipeline, progress }) => {
      const { chain } = plan
      const remotes = chains.filter((other) => other !== chain)
      const gas = await readMessageGas(chain, clients)
      const steps = planWiring({ description: parsed, chain, remotes, gas, configureOft })
      progress.total += steps.length
      await pipeline.send(steps)
    }),
  )
  return {
    name: parsed.name,
    local: parsed.local,
    chains: chains.map((chain, index) => ({ ...chain, deployedAt: created[index]![0]!.blockNumber })),
  }
}
