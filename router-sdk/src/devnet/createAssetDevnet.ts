import { type Abi, type Address, type Hex, maxUint256 } from 'viem'
import { testTokenAbi } from '../abi/devnet/index.js'
import { UnknownChainError } from '../errors/UnknownChainError.js'
import type { DevnetAccounts } from './accounts.js'
import { type AssetChain, type AssetOptions, deployAssets } from './assets/deployAssets.js'
import { type SendAssetParameters, type SentAsset, sendAsset } from './assets/sendAsset.js'
import { type ClockOptions, createClock, type DevnetClock } from './clock/createClock.js'
import { createProtocolDevnet, type ProtocolDevnetOptions } from './createProtocolDevnet.js'
import { createWorker, type Worker, type WorkerCheckpoint } from './worker/createWorker.js'

export interface AssetDevnetOptions extends ProtocolDevnetOptions {
  readonly asset?: AssetOptions
  /** Makes chain time run faster than wall time, on all chains in step. */
  readonly clock?: ClockOptions
  /** Milliseconds between two looks of the worker at the chains. */
  readonly pollMs?: number
  /** ABIs whose errors the worker can name. */
  readonly errorAbis?: readonly Abi[]
}

/** A moment of all chains together. It can be reverted to any number of times. */
export interface DevnetSnapshot {
  readonly chains: readonly Hex[]
  readonly time: bigint
  readonly worker: WorkerCheckpoint
}

/** Local chains with LayerZero V2, one asset over all of them, and a worker that delivers messages. */
export interface AssetDevnet {
  readonly chains: readonly AssetChain[]
  readonly accounts: DevnetAccounts
  readonly confirmations: bigint
  readonly worker: Worker
  readonly clock: DevnetClock
  /** The chain with this index, eid or name. */
  chain(which: number | string): AssetChain
  /**
   * Gives `to` an amount of the asset, in shared decimals (6): minted on the first chain and, for the others, sent
   * over the OFT and delivered by the worker.
   */
  fundAsset(chain: AssetChain, to: Address, amountShared: bigint): Promise<void>
  /** Gives `to` an amount of collateral, 18 decimals. */
  fundCollateral(chain: AssetChain, to: Address, amount: bigint): Promise<void>
  sendAsset(parameters: SendAssetParameters): Promise<SentAsset>
  snapshot(): Promise<DevnetSnapshot>
  revert(snapshot: DevnetSnapshot): Promise<void>
  /** Stops worker, clock and chains. */
  close(): Promise<void>
}

/**
 * Starts local chains with LayerZero and the asset on them, without Isobar. Whatever happens, no process outlives this one.
 *
 * @example
 * const devnet = await createAssetDevnet({ chains: 3 })
 * await devnet.fundAsset(devnet.chain('base'), devnet.accounts.user(0).address, 1_000_000n)
 * await devnet.close()
 */
export async function createAssetDevnet(options: AssetDevnetOptions = {}): Promise<AssetDevnet> {
  const protocol = await createProtocolDevnet(options)
  const { accounts, confirmations } = protocol
  const opened: (() => Promise<void>)[] = [protocol.close]
  let closing: Promise<void> | undefined
  const close = (): Promise<void> => {
    closing ??= (async () => {
      for (const closeOne of opened.reverse()) await closeOne()
    })()
    return closing
  }
  try {
    const chains = await deployAssets({
      chains: protocol.chains,
      accounts,
      confirmations,
      options: options.asset,
    })
    const { pollMs, errorAbis } = options
    const worker = createWorker({ chains, accounts, confirmations, pollMs, errorAbis })
    opened.push(worker.stop)
    const clock = createClock(chains, options.clock)
    opened.push(clock.stop)
    const funding = createFunding(chains, accounts, worker)
    return {
      ...{ chains, accounts, confirmations, worker, clock, sendAsset, close },
      ...funding,
      ...createSnapshots(chains, worker, clock),
      chain(which) {
        const found = chains.find(
          (chain, index) => which === index || which === chain.eid || which === chain.name,
        )
        const names = chains.map(({ name, eid }, index) => `${index} (${name}, ${eid})`)
        if (!found) throw new UnknownChainError(which, names)
        return found
      },
    }
  } catch (error) {
    await close()
    throw error
  }
}

function createFunding(
  chains: readonly AssetChain[],
  accounts: DevnetAccounts,
  worker: Worker,
): Pick<AssetDevnet, 'fundAsset' | 'fundCollateral'> {
  const [home] = chains
  const account = accounts.deployer
  let approved: Promise<unknown> | undefined
  const mint = (chain: AssetChain, token: Address, to: Address, amount: bigint): Promise<unknown> => {
    const write = { account, address: token, abi: testTokenAbi } as const
    return chain.sender.write({ ...write, functionName: 'mint', args: [to, amount] })
  }
  return {
    fundCollateral: async (chain, to, amount) => void (await mint(chain, chain.collateral, to, amount)),
    async fundAsset(chain, to, amountShared) {
      if (!home || amountShared <= 0n)
        throw new RangeError(`An amount to fund is positive, not ${amountShared}`)
      if (chain.eid === home.eid) return void (await mint(home, home.asset, to, amountShared))
      // Approved once, here: parallel sends would each find no allowance.
      const approval = { account, address: home.asset, abi: testTokenAbi } as const
      approved ??= home.sender.write({ ...approval, functionName: 'approve', args: [home.oft, maxUint256] })
      await Promise.all([approved, mint(home, home.asset, account.address, amountShared)])
      const { guid } = await sendAsset({ from: home, toEid: chain.eid, account, to, amount: amountShared })
      await worker.delivered(guid)
    },
  }
}

function createSnapshots(
  chains: readonly AssetChain[],
  worker: Worker,
  clock: DevnetClock,
): Pick<AssetDevnet, 'snapshot' | 'revert'> {
  /** A node forgets a snapshot that it reverted to, so each revert takes the same one again. */
  const ids = new Map<DevnetSnapshot, readonly Hex[]>()
  const take = (): Promise<Hex[]> => Promise.all(chains.map((chain) => chain.testClient.snapshot()))
  return {
    snapshot: () =>
      worker.exclusive(async () => {
        const snapshot = { chains: await take(), time: clock.now(), worker: worker.checkpoint() }
        ids.set(snapshot, snapshot.chains)
        return snapshot
      }),
    revert: (snapshot) =>
      worker.exclusive(async () => {
        const current = ids.get(snapshot)
        if (!current) throw new Error('This snapshot is not of this devnet')
        await clock.setTo(snapshot.time, async () => {
          await Promise.all(chains.map((chain, index) => chain.testClient.revert({ id: current[index]! })))
          ids.set(snapshot, await take())
          worker.restore(snapshot.worker)
        })
      }),
  }
}
