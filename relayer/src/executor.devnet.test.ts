import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { readNetwork, serializeNetwork } from '@isobar/router-sdk'
import { createDevnet, type Devnet, devnetKey } from '@isobar/router-sdk/devnet'
import type { LocalAccount } from 'viem'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { prepareAction } from './chain/prepareAction.js'
import { createSender } from './chain/sender.js'
import { systemClock } from './clock.js'
import { createRelayerChains } from './createRelayerChains.js'
import type { RelayerNotice } from './events.js'
import { createExecutor } from './executor.js'
import { main } from './main.js'
import type { Proposal } from './store/intent.js'
import { createMemoryIntentStore, type IntentStore } from './store/intentStore.js'
import { setScene } from './testing/setScene.js'

let devnet: Devnet
let clean: Awaited<ReturnType<Devnet['snapshot']>>
const never = new AbortController().signal

beforeAll(async () => {
  devnet = await createDevnet({ chains: 2 })
  await setScene(devnet, [
    { supply: 1_000_000_000_000n, utilization: 0.9 },
    { supply: 1_000_000_000_000n, utilization: 0.1 },
  ])
  clean = await devnet.snapshot()
})
afterEach(() => devnet.revert(clean))
afterAll(() => devnet?.close())

const read = () => readNetwork(devnet.network, devnet.clients)

function keeper(
  account: LocalAccount = devnet.accounts.relayer,
  store: IntentStore = createMemoryIntentStore(),
) {
  const { network, clients } = devnet
  const notices: RelayerNotice[] = []
  const chains = createRelayerChains({ network, clients, account })
  const options = { chains, store, clock: systemClock, receiptWaitMs: 5_000 }
  const executor = createExecutor({ ...options, notify: (notice) => notices.push(notice) })
  const types = () => notices.map(({ type }) => type)
  return { executor, notices, types, chains }
}

async function move(amount?: bigint): Promise<Proposal> {
  const { chains } = await read()
  const lane = chains[1]!.lanes[0]!
  const action = { kind: 'rebalance', from: 'base', to: 'ethereum', moveNumber: lane.moveNumber } as const
  return {
    agent: 'test',
    reason: 'test',
    action: { ...action, amount: (amount ?? lane.maxRebalance) as typeof lane.maxRebalance },
  }
}

describe('executor', () => {
  test('writes an intent, sends it, and follows it until its value is booked at the destination', async () => {
    const { executor, types, notices } = keeper()
    await executor.submit([await move()], await read(), never)
    expect(types()).toEqual(['intent', 'submitted', 'confirmed'])
    await devnet.worker.settled()
    await executor.follow(await read())
    expect(types().at(-1)).toBe('delivered')
    expect(executor.open()).toEqual([])
    const last = notices.at(-1)!
    expect(last.type === 'delivered' && last.intent.delivery?.hash).toMatch(/^0x/)
    const { chains } = await read()
    expect(chains[0]!.lanes[0]!.counters.railIn).toBe(chains[1]!.lanes[0]!.counters.railOut)
  })

  test('does not take tokens that have arrived without their compose for a delivery', async () => {
    const { executor, types } = keeper()
    const end = devnet.worker.holdComposes(() => true)
    await executor.submit([await move()], await read(), never)
    await devnet.worker.settled()
    await executor.follow(await read())
    expect(types()).not.toContain('delivered')
    end()
    await devnet.worker.settled()
    await executor.follow(await read())
    expect(types()).toContain('delivered')
  })

  test('of two keepers with one move number, one succeeds', async () => {
    const first = keeper()
    const second = keeper(devnet.accounts.user(5))
    const [proposal, state] = [await move(), await read()]
    await Promise.all([first, second].map(({ executor }) => executor.submit([proposal], state, never)))
    const outcomes = [first, second].map(({ types }) => types().at(-1)).sort()
    expect(outcomes).toEqual(['confirmed', 'refused'])
    const winner = [first, second].flatMap(({ executor }) => executor.open())
    expect(winner).toHaveLength(1)
    const { chains } = await read()
    expect(winner[0]!.action).toMatchObject({ amount: chains[1]!.lanes[0]!.counters.railOut })
  })

  test('is refused before anything is sent, with the reason', async () => {
    const { executor, notices } = keeper()
    const stale = await move()
    await executor.submit([await move()], await read(), never)
    notices.length = 0
    await executor.submit([stale], await read(), never)
    expect(notices).toMatchObject([
      { type: 'refused', reason: expect.stringMatching(/recent-move|MoveNumberUsed/) },
    ])
  })

  test('clips a move to what is admitted', async () => {
    const { executor, notices } = keeper()
    const { action } = await move()
    await executor.submit([await move(10n ** 12n)], await read(), never)
    const sent = notices.find((notice) => notice.type === 'submitted')
    const amount =
      sent?.type === 'submitted' && sent.intent.action.kind === 'rebalance' && sent.intent.action.amount
    expect(amount).toBeLessThanOrEqual(action.kind === 'rebalance' ? action.amount : 0n)
    expect(amount).toBeGreaterThan(0n)
  })

  test('an intent outlives the process: the next one follows it from the store', async () => {
    const store = createMemoryIntentStore()
    await keeper(undefined, store).executor.submit([await move()], await read(), never)
    const next = keeper(undefined, store)
    await next.executor.resume()
    expect(next.executor.open()).toHaveLength(1)
    await devnet.worker.settled()
    await next.executor.follow(await read())
    expect(next.types()).toEqual(['delivered'])
    expect(await store.open()).toEqual([])
  })

  test('follows a statement until it, or a newer one, is accepted', async () => {
    const { executor, types } = keeper()
    const sync: Proposal = {
      agent: 'test',
      reason: 'test',
      action: { kind: 'sync', from: 'base', to: 'ethereum' },
    }
    await executor.submit([sync], await read(), never)
    await devnet.worker.settled()
    await executor.follow(await read())
    expect(types()).toEqual(['intent', 'submitted', 'confirmed', 'delivered'])
  })

  test('reports an account that cannot pay, and goes on', async () => {
    const account = devnet.accounts.user(6)
    for (const { testClient } of devnet.chains)
      await testClient.setBalance({ address: account.address, value: 0n })
    const { executor, types } = keeper(account)
    await executor.submit([await move()], await read(), never)
    expect(types()).not.toContain('submitted')
    expect(executor.open()).toEqual([])
  })
})

describe('sender without automatic blocks', () => {
  const chain = () => devnet.chain('base')
  beforeEach(() => chain().testClient.setAutomine(false))
  afterEach(() => chain().testClient.setAutomine(true))
  const sender = () =>
    createSender({
      ...{ name: 'base', chainId: chain().chainId, client: chain().publicClient, clock: systemClock },
      account: devnet.accounts.relayer,
    })
  const transaction = () =>
    ({ to: devnet.accounts.user(9).address, data: '0x', value: 1n, gas: 21_000n }) as const
  const record = async () => undefined

  test('gives out nonces in order, also to callers at the same time', async () => {
    const { send } = sender()
    const attempts = await Promise.all([1, 2, 3].map(() => send(transaction(), record)))
    const first = attempts[0]!.nonce
    expect(attempts.map(({ nonce }) => nonce)).toEqual([first, first + 1, first + 2])
    await chain().testClient.mine({ blocks: 1 })
  })

  test('tells pending, mined and replaced apart', async () => {
    const { send, outcome } = sender()
    const attempt = await send(transaction(), record)
    expect(await outcome([attempt])).toEqual({ status: 'pending' })
    await chain().testClient.dropTransaction({ hash: attempt.hash })
    const other = await sender().send({ ...transaction(), value: 2n }, record)
    expect(other.nonce).toBe(attempt.nonce)
    await chain().testClient.mine({ blocks: 1 })
    expect(await outcome([attempt])).toEqual({ status: 'replaced' })
    expect(await outcome([attempt, other])).toMatchObject({ status: 'mined' })
  })

  test('sends nothing that could not be written down first', async () => {
    const failing = async () => {
      throw new Error('disk full')
    }
    await expect(sender().send(transaction(), failing)).rejects.toThrow('disk full')
    const { publicClient } = chain()
    const { address } = devnet.accounts.relayer
    const count = (blockTag: 'pending' | 'latest') => publicClient.getTransactionCount({ address, blockTag })
    expect(await count('pending')).toBe(await count('latest'))
  })
})

describe('prepareAction', () => {
  test('names the limit that refuses a grant', async () => {
    const { chains } = keeper()
    const refill = { kind: 'refill', from: 'base', to: 'ethereum', amount: 1n } as const
    const prepared = prepareAction(chains.get('base')!, devnet.network.chains[0]!, refill as never)
    await expect(prepared).rejects.toThrow(/NothingToGrant/)
  })
})

describe('command line', () => {
  let folder: string
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'isobar-relayer-'))
    await writeFile(join(folder, 'network.json'), serializeNetwork(devnet.network))
  })
  afterAll(() => rm(folder, { recursive: true }))

  async function run(argv: readonly string[], config?: object, environment: Record<string, string> = {}) {
    const file = join(folder, 'relayer.yaml')
    if (config) await writeFile(file, JSON.stringify(config))
    const out: string[] = []
    const err: string[] = []
    const io = {
      ...{ environment, nodeVersion: '24.0.0' },
      write: (line: string) => out.push(line),
      fail: (line: string) => err.push(line),
      onStop: (stop: () => void) => void setTimeout(stop, 1_500),
    }
    const code = await main(config ? [...argv, '--config', file] : argv, io)
    return { code, out: out.join('\n'), err: err.join('\n') }
  }
  const config = () => ({
    network: 'network.json',
    privateKeyEnv: 'RELAYER_KEY',
    tickSeconds: 0.2,
    agents: { rebalancer: { horizonDays: 30, costs: { fixed: '1' } } },
    chains: Object.fromEntries(devnet.chains.map(({ name, rpcUrl }) => [name, { rpcUrl }])),
  })

  test('plan prints what it would do and why, needs no key, and sends nothing', async () => {
    const before = await read()
    const { code, out } = await run(['plan'], config())
    expect(code).toBe(0)
    expect(out).toMatch(/would move \d+\.\d+ from base to ethereum/)
    expect((await read()).chains[1]!.lanes).toEqual(before.chains[1]!.lanes)
  })

  test('run works until it is stopped', async () => {
    const { code, out, err } = await run(['run'], config(), { RELAYER_KEY: devnetKey('relayer') })
    expect(err).toBe('')
    expect(code).toBe(0)
    expect(out).toMatch(/rebalancer: move .* sent as 0x/)
    await devnet.worker.settled()
  })

  test('run says which variables are missing or are no keys, and never what they hold', async () => {
    expect(await run(['run'], config())).toMatchObject({
      code: 1,
      err: expect.stringContaining('RELAYER_KEY: not set'),
    })
    const wrong = await run(['run'], config(), { RELAYER_KEY: 'swordfish' })
    expect(wrong).toMatchObject({ code: 1, err: expect.stringContaining('not a private key') })
    expect(wrong.err).not.toContain('swordfish')
  })

  test('names chains that the network does not have, and those that are missing', async () => {
    const chains = { ethereum: { rpcUrl: 'http://localhost:1' }, solana: { rpcUrl: 'http://localhost:2' } }
    const { code, err } = await run(['plan'], { ...config(), chains })
    expect(code).toBe(1)
    expect(err).toContain("chains.solana: the network has no chain 'solana'; it has ethereum, base")
    expect(err).toContain("'base' is missing")
  })

  test('reports a node that is down', async () => {
    const chains = { ...config().chains, base: { rpcUrl: 'http://127.0.0.1:9' } }
    const { code, err } = await run(['plan'], { ...config(), chains })
    expect(code).toBe(1)
    expect(err).toContain('The RPC endpoint of chain "base" is not available')
  })

  test('reports a file that is not there, an unknown key, a wrong command, an old Node', async () => {
    expect((await run(['plan', '--config', 'nowhere.yaml'])).err).toContain('nowhere.yaml')
    expect((await run(['plan'], { ...config(), tick: 1 })).err).toContain("unknown key 'tick'")
    expect((await run(['plan'], { ...config(), network: 'none.json' })).err).toContain(
      'none.json cannot be read',
    )
    expect(await run(['dance'])).toMatchObject({
      code: 2,
      err: expect.stringContaining("no command 'dance'"),
    })
    expect(await run(['run'])).toMatchObject({ code: 2, err: expect.stringContaining('--config') })
    const io = { environment: {}, nodeVersion: '20.1.0', write: () => undefined, onStop: () => undefined }
    const lines: string[] = []
    expect(await main([], { ...io, fail: (line) => lines.push(line) })).toBe(1)
    expect(lines[0]).toContain('needs Node 22.18')
  })
})
