import {
  type Address,
  createWalletClient,
  erc20Abi,
  getAddress,
  type Hex,
  http,
  maxUint256,
  zeroAddress,
} from 'viem'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { testTokenAbi } from '../abi/devnet/index.js'
import { laneRouterAbi, vaultAbi } from '../abi/index.js'
import { createDevnet, type Devnet } from '../devnet/index.js'
import { MissingClientError, UnknownChainError } from '../errors/index.js'
import { local, shared } from '../network/amounts.js'
import { chainOf } from '../network/chainOf.js'
import { buildTransfer } from './buildTransfer.js'
import { explainRefusal } from './explainRefusal.js'
import { laneEnds } from './laneEnds.js'
import { quoteTransfer } from './quoteTransfer.js'
import { sendTransfer } from './sendTransfer.js'
import { trackTransfer } from './trackTransfer.js'
import {
  BelowMinimumTransferError,
  DeadlinePassedError,
  DustAmountError,
  InsufficientBalanceError,
  InsufficientCreditError,
  InvalidTransferError,
  SameChainError,
  TransferNotFoundError,
  TransferTimeoutError,
  WrongWalletError,
  ZeroAmountError,
} from './transferErrors.js'
import { waitForTransfer } from './waitForTransfer.js'

const SUPPLY = 1_000_000_000_000n
/** The devnet's target of 20,000 as routers store it: with 18 significant bits, rounded down. */
const CREDIT = 19_999_883_264n
const recipient: Address = '0x00000000000000000000000000000000000a11ce'

let devnet: Devnet

/** What `from` grants `to` can be sold at `to` for payouts at `from`. */
async function grant(from: string, to: string): Promise<void> {
  const { network, accounts } = devnet
  const chain = chainOf(network, from)
  const { sender, publicClient } = devnet.chain(from)
  const router = { address: chain.isobar.router, abi: laneRouterAbi } as const
  const args = [chainOf(network, to).eid] as const
  const value = await publicClient.readContract({ ...router, functionName: 'quoteSync', args })
  await sender.write({ ...router, account: accounts.deployer, functionName: 'refillCredit', args, value })
}

async function supply(name: string): Promise<void> {
  const { accounts, network } = devnet
  const chain = chainOf(network, name)
  const account = accounts.user(0)
  const { sender } = devnet.chain(name)
  await devnet.fundAsset(devnet.chain(name), account.address, SUPPLY)
  const token = { account, address: chain.asset.token, abi: erc20Abi } as const
  await sender.write({ ...token, functionName: 'approve', args: [chain.isobar.vault, maxUint256] })
  const vault = { account, address: chain.isobar.vault, abi: vaultAbi } as const
  const assets = SUPPLY * 10n ** BigInt(chain.asset.decimals - 6)
  await sender.write({ ...vault, functionName: 'deposit', args: [assets, account.address] })
}

function wallet(chain: string, user = 1) {
  const { rpcUrl, chain: definition } = devnet.chain(chain)
  return createWalletClient({
    account: devnet.accounts.user(user),
    chain: definition,
    transport: http(rpcUrl, { retryCount: 0 }),
  })
}

const balance = (chain: string, account: Address) =>
  devnet.chain(chain).publicClient.readContract({
    address: chainOf(devnet.network, chain).asset.token,
    abi: erc20Abi,
    functionName: 'balanceOf',
    args: [account],
  })

const lane = { from: 'ethereum', to: 'base' } as const
const sdk = () => ({ network: devnet.network, clients: devnet.clients })

beforeAll(async () => {
  // Arbitrum grants nothing: a lane without credit.
  devnet = await createDevnet({ chains: 3 })
  await Promise.all(['ethereum', 'base'].map(supply))
  await Promise.all([grant('base', 'ethereum'), grant('ethereum', 'base')])
  await devnet.worker.settled()
  for (const chain of devnet.chains) {
    await devnet.fundAsset(chain, devnet.accounts.user(1).address, 50_000_000_000n)
  }
})
afterAll(() => devnet?.close())

describe('quoteTransfer', () => {
  test('quotes over a lane from 6 to 18 decimals', async () => {
    const quote = await quoteTransfer({ ...sdk(), ...lane, amount: local(250_000000n) })
    expect(quote).toMatchObject({ ...lane, amount: 250_000000n, gross: 250_000000n, available: CREDIT })
    expect(quote.receivedLocal).toBe((quote.gross - quote.fee) * 10n ** 12n)
    expect(quote.messageFee).toBeGreaterThan(0n)
  })

  test('takes no dust on the way from 18 to 6 decimals', async () => {
    const amount = local(1_123456_789_000_000_000n)
    const quote = await quoteTransfer({ ...sdk(), from: 'base', to: 'ethereum', amount })
    expect(quote).toMatchObject({
      amount: 1_123456_000_000_000_000n,
      gross: 1_123456n,
      receivedLocal: 1_123456n,
    })
  })

  test('takes endpoint ids for names', async () => {
    const quote = await quoteTransfer({ ...sdk(), from: 30101, to: 30184, amount: local(5_000000n) })
    expect(quote).toMatchObject(lane)
  })

  test('refuses an unknown chain, naming those there are', async () => {
    const error = await quoteTransfer({ ...sdk(), from: 'ethereum', to: 'solana', amount: local(1n) }).catch(
      (e) => e,
    )
    expect(error).toBeInstanceOf(UnknownChainError)
    expect(error.message).toContain('ethereum, base, arbitrum')
  })

  test('refuses a transfer to the same chain', () =>
    expect(quoteTransfer({ ...sdk(), from: 'base', to: 'base', amount: local(1n) })).rejects.toThrow(
      SameChainError,
    ))

  test.each([0n, -1n])('refuses an amount of %s', (amount) =>
    expect(quoteTransfer({ ...sdk(), ...lane, amount: local(amount) })).rejects.toThrow(ZeroAmountError),
  )

  test('refuses dust, saying how much is enough', async () => {
    const amount = local(10n ** 12n - 1n)
    const error = await quoteTransfer({ ...sdk(), from: 'base', to: 'ethereum', amount }).catch((e) => e)
    expect(error).toBeInstanceOf(DustAmountError)
    expect(error.sharedUnit).toBe(10n ** 12n)
  })

  test('refuses less than the minimum, saying what that is', async () => {
    const error = await quoteTransfer({ ...sdk(), ...lane, amount: local(999_999n) }).catch((e) => e)
    expect(error).toBeInstanceOf(BelowMinimumTransferError)
    expect(error.minimum).toBe(1_000000n)
  })

  test('refuses more than there is credit for, saying how much there is', async () => {
    const error = await quoteTransfer({ ...sdk(), ...lane, amount: local(CREDIT + 1n) }).catch((e) => e)
    expect(error).toBeInstanceOf(InsufficientCreditError)
    expect(error).toMatchObject({ ...lane, requested: CREDIT + 1n, available: CREDIT })
    expect(error.message).toContain('at most 19999.883264')
  })

  test('refuses a lane without credit', async () => {
    const to = 'arbitrum'
    const error = await quoteTransfer({ ...sdk(), from: 'base', to, amount: local(10n ** 20n) }).catch(
      (e) => e,
    )
    expect(error).toBeInstanceOf(InsufficientCreditError)
    expect(error.available).toBe(0n)
  })

  test('says which client is missing', () =>
    expect(quoteTransfer({ ...sdk(), clients: {}, ...lane, amount: local(5_000000n) })).rejects.toThrow(
      MissingClientError,
    ))
})

describe('buildTransfer', () => {
  test('gives an exact approval and the transfer, unsigned', async () => {
    const built = await buildTransfer({ ...sdk(), ...lane, amount: local(5_000000n), recipient })
    const ethereum = chainOf(devnet.network, 'ethereum')
    expect(built.transactions.map(({ to }) => to)).toEqual([ethereum.asset.token, ethereum.isobar.router])
    expect(built.transactions[1]?.value).toBeGreaterThan(built.quote.messageFee)
    expect(built.minReceived).toBe((built.quote.received * 999n) / 1000n)
    expect(built.chainId).toBe(ethereum.chainId)
  })

  test.each([
    ['a recipient of zero', { recipient: zeroAddress }],
    ['a recipient that is no address', { recipient: '0x12' as Address }],
    [
      'a recipient with a wrong checksum',
      { recipient: '0x00000000000000000000000000000000000A11CE' as Address },
    ],
    ['a minimum above the quote', { recipient, minReceived: shared(5_000001n) }],
    ['a slippage above 1', { recipient, slippage: 2 }],
    ['a deadline in the past', { recipient, deadlineSeconds: -5 }],
  ])('refuses %s', (_, terms) =>
    expect(buildTransfer({ ...sdk(), ...lane, amount: local(5_000000n), ...terms })).rejects.toThrow(
      InvalidTransferError,
    ),
  )
})

describe('sendTransfer, trackTransfer, waitForTransfer', () => {
  const send = (amount: bigint, changes: { recipient?: Address; deadlineSeconds?: number } = {}) =>
    sendTransfer({
      ...sdk(),
      walletClient: wallet('ethereum'),
      ...lane,
      recipient,
      amount: local(amount),
      ...changes,
    })

  test('pays the recipient, and follows the transfer from sent to paid', async () => {
    const before = await balance('base', recipient)
    const end = devnet.worker.hold(({ dstEid }) => dstEid === 30184)
    await devnet.worker.pause()
    const { guid, hash, quote, sentAt } = await send(7_000000n)
    expect(await trackTransfer({ ...sdk(), guid })).toMatchObject({
      status: 'sent',
      guid,
      sent: { hash, at: sentAt },
    })
    devnet.worker.resume()
    const statuses: string[] = []
    const abort = new AbortController()
    const waiting = waitForTransfer({
      ...sdk(),
      hash,
      pollMs: 20,
      signal: abort.signal,
      onStatus: ({ status }) => statuses.push(status),
    })
    await expect.poll(() => statuses, { timeout: 5_000 }).toContain('verified')
    end()
    const settled = await waiting
    expect(settled).toMatchObject({
      ...lane,
      status: 'paid',
      guid,
      recipient: getAddress(recipient),
      received: 7_000000n,
    })
    expect(settled.settled.hash).not.toBe(hash)
    expect(settled.settled.at).toBeGreaterThanOrEqual(sentAt)
    expect(statuses.at(-1)).toBe('paid')
    expect((await balance('base', recipient)) - before).toBe(quote.receivedLocal)
  })

  test('gives back what LayerZero does not need, and leaves no allowance', async () => {
    const client = devnet.chain('ethereum').publicClient
    const ethereum = chainOf(devnet.network, 'ethereum')
    await send(3_000000n)
    expect(await client.getBalance({ address: ethereum.isobar.router })).toBe(0n)
    const owner = devnet.accounts.user(1).address
    const token = { address: ethereum.asset.token, abi: erc20Abi } as const
    const args = [owner, ethereum.isobar.router] as const
    expect(await client.readContract({ ...token, functionName: 'allowance', args })).toBe(0n)
  })

  test('reports a payment that the token refused as parked', async () => {
    const refused: Address = '0x000000000000000000000000000000000000bad1'
    const { sender } = devnet.chain('base')
    const token = { address: chainOf(devnet.network, 'base').asset.token, abi: testTokenAbi } as const
    const account = devnet.accounts.deployer
    await sender.write({ ...token, account, functionName: 'setBlocked', args: [refused, true] })
    const { guid } = await send(2_000000n, { recipient: refused })
    expect(await waitForTransfer({ ...sdk(), guid, pollMs: 20 })).toMatchObject({ status: 'parked' })
  })

  test('refuses when the sender has too little of the asset', async () => {
    const walletClient = wallet('ethereum', 2)
    await expect(
      sendTransfer({ ...sdk(), walletClient, ...lane, recipient, amount: local(5_000000n) }),
    ).rejects.toThrow(InsufficientBalanceError)
  })

  test('refuses a wallet on another chain, or without an account', async () => {
    const transfer = { ...sdk(), ...lane, recipient, amount: local(5_000000n) }
    await expect(sendTransfer({ ...transfer, walletClient: wallet('base') })).rejects.toThrow(
      WrongWalletError,
    )
    const anonymous = createWalletClient({ transport: http(devnet.chain('ethereum').rpcUrl) })
    await expect(sendTransfer({ ...transfer, walletClient: anonymous })).rejects.toThrow(WrongWalletError)
  })

  test('explains a deadline that passed before the transfer was sent', async () => {
    const snapshot = await devnet.snapshot()
    const built = await buildTransfer({
      ...sdk(),
      ...lane,
      amount: local(5_000000n),
      recipient,
      deadlineSeconds: 5,
    })
    await devnet.clock.advance(60)
    const client = devnet.chain('ethereum').publicClient
    const transaction = built.transactions.at(-1)!
    const account = devnet.accounts.user(1).address
    const error = await client
      .call({ account, ...transaction })
      .catch((cause: unknown) => explainRefusal(cause, laneEnds(devnet.network, 'ethereum', 'base')))
    expect(error).toBeInstanceOf(DeadlinePassedError)
    await devnet.revert(snapshot)
  })

  test('says where a transfer is that does not arrive in time', async () => {
    const end = devnet.worker.hold(({ dstEid }) => dstEid === 30184)
    const { guid } = await send(1_000000n)
    const error = await waitForTransfer({ ...sdk(), guid, pollMs: 20, timeoutMs: 500 }).catch((e) => e)
    expect(error).toBeInstanceOf(TransferTimeoutError)
    expect(error.message).toMatch(/it is (sent|verified)/)
    end()
    await waitForTransfer({ ...sdk(), guid, pollMs: 20 })
  })

  test('ends a wait when it is aborted', async () => {
    const abort = new AbortController()
    const guid: Hex = `0x${'12'.repeat(32)}`
    const waiting = waitForTransfer({ ...sdk(), guid, pollMs: 20, signal: abort.signal })
    abort.abort(new Error('enough'))
    await expect(waiting).rejects.toThrow('enough')
  })

  test('says when there is no such transfer', async () => {
    const guid: Hex = `0x${'12'.repeat(32)}`
    await expect(trackTransfer({ ...sdk(), guid })).rejects.toThrow(TransferNotFoundError)
    await expect(trackTransfer({ ...sdk(), hash: guid, from: 'base' })).rejects.toThrow(TransferNotFoundError)
    await expect(waitForTransfer({ ...sdk(), guid, pollMs: 20, timeoutMs: 100 })).rejects.toThrow(
      TransferNotFoundError,
    )
  })
})
