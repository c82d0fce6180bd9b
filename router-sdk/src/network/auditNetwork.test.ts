import { encodeFunctionData } from 'viem'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { endpointV2Abi, erc20Abi } from '../abi/index.js'
import { createDevnet, type Devnet, type DevnetSnapshot } from '../devnet/createDevnet.js'
import { createAuditor } from './audit/createAuditor.js'
import { auditNetwork } from './auditNetwork.js'
import { createLiveNetwork, fillNetwork, type LiveNetwork } from './testing/liveNetwork.js'
import { type LaneField, tamperCash, tamperLane } from './testing/tamper.js'

const UNIT = 10n ** 6n
let devnet: Devnet
let live: LiveNetwork
let clean: DevnetSnapshot

async function startClean(): Promise<void> {
  devnet.worker.release('all')
  await devnet.revert(clean)
}
const audit = () => auditNetwork(devnet.network, devnet.clients)

beforeAll(async () => {
  devnet = await createDevnet({ chains: 3 })
  live = createLiveNetwork(devnet)
  await fillNetwork(live)
  await devnet.worker.settled()
  clean = await devnet.snapshot()
})
afterAll(() => devnet?.close())

describe('a network in order', () => {
  beforeEach(startClean)
  test('is settled', async () => {
    const started = performance.now()
    const report = await audit()
    console.log(`audited in ${Math.round(performance.now() - started)} ms`)
    expect(report.violations).toEqual([])
    expect(report).toMatchObject({ status: 'settled', consistent: true, notices: [] })
    expect(report.inFlight).toMatchObject({ orders: { count: 0 }, rails: { count: 0 }, messages: 0 })
  })

  test('stays in order through transfers, moves and time', async () => {
    const auditor = createAuditor(devnet.network, devnet.clients)
    await live.transfer('ethereum', 'arbitrum', 5_000n * UNIT + 1n)
    await live.transfer('base', 'ethereum', 700n * UNIT)
    await devnet.worker.settled()
    await devnet.clock.advance(40 * 24 * 3600)
    await live.syncAll()
    const moved = await live.rebalance('arbitrum', 'ethereum')
    expect(moved).toBeGreaterThan(0n)
    await live.transfer('arbitrum', 'base', 333_333_333n)
    await devnet.worker.settled()
    await live.syncAll()
    const report = await auditor.audit()
    expect(report.violations).toEqual([])
    expect(report.status).toBe('settled')
    expect((await auditor.audit()).status).toBe('settled')
  })

  test('is read anew after the chains were taken back', async () => {
    const auditor = createAuditor(devnet.network, devnet.clients)
    expect((await auditor.audit()).status).toBe('settled')
    await live.transfer('ethereum', 'base', 9_000_000n)
    await devnet.worker.settled()
    expect((await auditor.audit()).status).toBe('settled')
    await devnet.revert(clean)
    expect(await auditor.audit()).toMatchObject({ status: 'settled', violations: [], notices: [] })
  })
})

describe('a network in motion', () => {
  beforeEach(startClean)
  test('counts an order that is not delivered', async () => {
    devnet.worker.hold(() => true)
    await live.transfer('ethereum', 'base', 1_234_567n)
    const report = await audit()
    expect(report.violations).toEqual([])
    expect(report).toMatchObject({ status: 'moving', consistent: true })
    expect(report.inFlight.orders).toEqual({ count: 1, amount: 1_234_567n })
    expect(report.inFlight.messages).toBe(1)
  })

  test('counts value on a rail before its delivery and before its compose', async () => {
    // Averages have to see the gap too.
    await devnet.clock.advance(2 * 24 * 3600)
    await live.syncAll()
    devnet.worker.hold(() => true)
    const moved = await live.rebalance('arbitrum', 'ethereum')
    expect(moved).toBeGreaterThan(0n)
    const sent = await audit()
    expect(sent.violations).toEqual([])
    expect(sent).toMatchObject({ status: 'moving', inFlight: { rails: { count: 1, amount: moved } } })

    devnet.worker.holdComposes(() => true)
    await devnet.worker.settled()
    const { guid } = devnet.worker.packets().at(-1)!
    await devnet.worker.deliver(guid)
    const waiting = await audit()
    expect(waiting.violations).toEqual([])
    expect(waiting).toMatchObject({ status: 'moving', inFlight: { rails: { count: 1, amount: moved } } })
    expect(waiting.notices).toMatchObject([{ kind: 'waiting-compose', amount: moved }])
  })

  test('is never called violated under traffic', async () => {
    const auditor = createAuditor(devnet.network, devnet.clients)
    let busy = true
    const traffic = (async () => {
      const lanes = [
        ['ethereum', 'base'],
        ['base', 'arbitrum'],
        ['arbitrum', 'ethereum'],
      ] as const
      for (let round = 0; round < 8; round += 1) {
        await Promise.all(lanes.map(([from, to]) => live.transfer(from, to, 11_000_000n)))
      }
      busy = false
    })()
    const statuses: string[] = []
    while (busy) {
      const report = await auditor.audit()
      expect(report.violations).toEqual([])
      statuses.push(report.status)
    }
    await traffic
    await devnet.worker.settled()
    console.log(`${statuses.length} audits under traffic:`, [...new Set(statuses)].join(', '))
    expect((await auditor.audit()).status).toBe('settled')
  })

  test('tells of donated tokens without calling them a fault', async () => {
    const { vault } = live.site('base').isobar
    await devnet.fundAsset(devnet.chain('base'), vault, 5n)
    const report = await audit()
    expect(report.violations).toEqual([])
    expect(report.notices).toMatchObject([
      { kind: 'surplus-tokens', subject: { chain: 'base' }, amount: 5n * 10n ** 12n },
    ])
  })
})

describe('a tampered counter', () => {
  const counters: [LaneField, string][] = [
    ['ordered', 'orders-sold'],
    ['paid', 'orders-paid'],
    ['railOut', 'rail-sent'],
    ['railIn', 'rail-arrived'],
    ['charged', 'interest-charged'],
    ['earned', 'interest-accepted'],
    ['granted', 'credit-granted'],
    ['returned', 'credit-returned'],
    ['scaledDebt', 'debt-total'],
    ['remoteRailIn', 'remote-view'],
  ]
  const subject = { from: 'ethereum', to: 'arbitrum' }
  let aged: DevnetSnapshot

  beforeAll(async () => {
    await startClean()
    await live.transfer('ethereum', 'arbitrum', 5_000n * UNIT)
    await live.transfer('arbitrum', 'ethereum', 2_000n * UNIT)
    await devnet.worker.settled()
    await devnet.clock.advance(30 * 24 * 3600)
    await live.syncAll()
    // Debts go on growing after the lanes were last touched.
    await devnet.clock.advance(10 * 24 * 3600)
    expect(await audit()).toMatchObject({ status: 'settled', violations: [], notices: [] })
    aged = await devnet.snapshot()
  })
  beforeEach(() => devnet.revert(aged))

  test.each(counters)('is named: one unit of %s', async (field, invariant) => {
    for (const change of [1n, -1n]) {
      const [here, there] = [live.site('ethereum'), live.site('arbitrum')]
      const changed = await tamperLane(devnet.chain('ethereum'), here, there, field, change)
      // A counter that is still zero cannot be lowered.
      if (!changed) continue
      const { status, violations } = await audit()
      expect(status).toBe('violated')
      const found = violations.find((violation) => violation.invariant === invariant)
      expect(found, `violations: ${violations.map((violation) => violation.invariant)}`).toBeDefined()
      if (field !== 'scaledDebt') expect(found).toMatchObject({ subject, difference: change })
      await devnet.revert(aged)
    }
  })
})

describe('a tampered network', () => {
  beforeEach(startClean)
  test.each([1n, -1n])('is named: %s unit of cash', async (change) => {
    await tamperCash(devnet.chain('base'), live.site('base'), change)
    const report = await audit()
    expect(report.status).toBe('violated')
    const violation = report.violations.find(({ invariant }) => invariant === 'cash-history')
    expect(violation).toMatchObject({ subject: { chain: 'base' }, difference: change })
    expect(report.violations.some(({ invariant }) => invariant === 'conservation')).toBe(true)
    expect(report.violations.some(({ invariant }) => invariant === 'tokens-held')).toBe(change > 0n)
  })

  test('is named: an order that was cleared instead of delivered', async () => {
    devnet.worker.hold(() => true)
    await live.transfer('ethereum', 'base', 7_000_000n)
    await devnet.worker.settled()
    const packet = devnet.worker.packets().at(-1)!
    const { guid, srcEid, sender, nonce, message, receiver } = packet
    const base = devnet.chain('base')
    await base.sender.write({
      ...{ account: devnet.accounts.deployer, address: base.layerzero.endpoint, abi: endpointV2Abi },
      functionName: 'clear',
      args: [receiver, { srcEid, sender, nonce }, guid, message],
    })
    const report = await audit()
    expect(report.status).toBe('violated')
    const violation = report.violations.find(({ invariant }) => invariant === 'orders-paid')
    expect(violation).toMatchObject({ subject: { from: 'base', to: 'ethereum' }, difference: -7_000_000n })
    expect(violation?.explanation).toContain(guid)
  })

  test('is named: a message whose source forgot that it sent it', async () => {
    const ethereum = devnet.chain('ethereum')
    const id = await ethereum.testClient.snapshot()
    await live.transfer('ethereum', 'base', 8_000_000n)
    await devnet.worker.settled()
    await devnet.worker.exclusive(() => ethereum.testClient.revert({ id }))
    const { status, consistent, violations } = await audit()
    expect({ status, consistent }).toEqual({ status: 'violated', consistent: false })
    const subject = { from: 'ethereum', to: 'base' }
    expect(violations).toMatchObject([{ invariant: 'messages', subject, expected: 2n, actual: 3n }])
  })

  test('is named: tokens that left the vault', async () => {
    const base = devnet.chain('base')
    const { vault } = live.site('base').isobar
    await base.testClient.impersonateAccount({ address: vault })
    await base.testClient.setBalance({ address: vault, value: 10n ** 18n })
    const args = [devnet.accounts.user(9).address, 3n] as const
    const data = encodeFunctionData({ abi: erc20Abi, functionName: 'transfer', args })
    const hash = await base.testClient.request({
      method: 'eth_sendTransaction' as never,
      params: [{ from: vault, to: base.asset, data }] as never,
    })
    expect(hash).toBeDefined()
    const { status, violations } = await audit()
    expect(status).toBe('violated')
    const subject = { chain: 'base' }
    expect(violations).toMatchObject([
      { invariant: 'tokens-held', subject, difference: -3n, unit: 'local decimals' },
    ])
  })
})
