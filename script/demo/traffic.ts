import {
  erc20Abi,
  InsufficientCreditError,
  type Network,
  type NetworkClients,
  quoteTransfer,
  type SharedAmount,
  sendTransfer,
  shared,
  toLocal,
  waitForTransfer,
} from '@isobar/router-sdk'
import type { Devnet } from '@isobar/router-sdk/devnet'
import { type Address, createWalletClient, type Hex, http, keccak256, stringToHex } from 'viem'
import { units } from './amounts.js'
import type { Random } from './random.js'
import { senderAccounts } from './scenario.js'

export type UserTransfer = {
  readonly from: string
  readonly to: string
  readonly recipient: Address
  readonly received: SharedAmount
  readonly guid: Hex
  /** Wall-clock milliseconds from handing it to the wallet until the recipient had the asset. */
  readonly filledMs?: number
}

export type Traffic = {
  readonly transfers: () => readonly UserTransfer[]
  /** Slots in which no lane had credit for the amount. */
  readonly unsold: () => number
  /** Resolves when all planned transfers are paid; rejects with what went wrong. */
  readonly done: Promise<void>
  readonly stop: () => Promise<void>
}

export type TrafficOptions = {
  readonly devnet: Devnet
  readonly network: Network
  readonly clients: NetworkClients
  readonly random: Random
  readonly seed: number
  /** Transfers to send; more follow only when this is `Infinity`. */
  readonly count: number
  /** Milliseconds between two transfers. */
  readonly everyMs: number
}

/** Seeded users who send the asset from chain to chain, each to an address of its own that owned nothing before. */
export function startTraffic(options: TrafficOptions): Traffic {
  const { devnet, network, clients, random, count, everyMs } = options
  const senders = senderAccounts(devnet)
  const paths = network.chains.flatMap((from) =>
    network.chains.filter((to) => to !== from).map((to) => ({ from, to })),
  )
  const transfers: UserTransfer[] = []
  const abort = new AbortController()
  /** A wallet sends one transaction at a time on a chain. */
  const turns = new Map<string, Promise<unknown>>()
  let unsold = 0
  let number = 0

  function inTurn<result>(key: string, run: () => Promise<result>): Promise<result> {
    const next = (turns.get(key) ?? Promise.resolve()).then(run)
    turns.set(
      key,
      next.catch(() => undefined),
    )
    return next
  }

  /** Sends one transfer over the first lane, in a seeded order, that has credit for it. */
  async function send(): Promise<boolean> {
    const amount = shared(units(random.between(100, 2_500)) + BigInt(random.between(0, 1_000_000)))
    const sender = random.between(0, senders.length)
    const first = random.between(0, paths.length)
    for (let step = 0; step < paths.length; step += 1) {
      const { from, to } = paths[(first + step) % paths.length]!
      const account = senders[sender]!
      const wallet = createWalletClient({
        account,
        chain: devnet.chain(from.eid).chain,
        transport: http(devnet.chain(from.eid).rpcUrl),
        pollingInterval: 50,
      })
      const recipient = recipientOf(options.seed, number)
      try {
        const started = Date.now()
        const sent = await inTurn(`${from.name} ${sender}`, async () => {
          const quote = await quoteTransfer({
            network,
            clients,
            from: from.name,
            to: to.name,
            amount: toLocal(amount, from.asset.decimals),
          })
          return sendTransfer({ network, clients, walletClient: wallet, quote, recipient })
        })
        number += 1
        const index = transfers.push({
          from: from.name,
          to: to.name,
          recipient,
          received: sent.quote.received,
          guid: sent.guid,
        })
        paid.push(follow(index - 1, sent.guid, from.name, started))
        return true
      } catch (error) {
        // Another user may have taken the credit between quote and sale; another lane will do.
        if (!(error instanceof InsufficientCreditError)) throw error
      }
    }
    return false
  }

  async function follow(index: number, guid: Hex, from: string, started: number): Promise<void> {
    const settled = await waitForTransfer({
      ...{ network, clients, from, guid, pollMs: 60, timeoutMs: 60_000 },
      signal: abort.signal,
    })
    const filledMs = Date.now() - started
    const transfer = transfers[index]!
    const to = network.chains.find(({ name }) => name === transfer.to)!
    if (settled.status !== 'paid') throw new Error(`transfer ${guid} is ${settled.status}, not paid`)
    const balance = await clients[to.name]!.readContract({
      address: to.asset.token,
      abi: erc20Abi,
      functionName: 'balanceOf',
      args: [transfer.recipient],
    })
    const expected = toLocal(transfer.received, to.asset.decimals)
    if (balance !== expected)
      throw new Error(`transfer ${guid}: the recipient on ${to.name} has ${balance}, not ${expected}`)
    transfers[index] = { ...transfer, filledMs }
  }

  const paid: Promise<void>[] = []
  async function run(): Promise<void> {
    const started = Date.now()
    for (let slot = 0; number < count && !abort.signal.aborted; slot += 1) {
      await pause(started + slot * everyMs - Date.now(), abort.signal)
      if (abort.signal.aborted) return
      if (!(await send())) unsold += 1
    }
    await Promise.all(paid)
  }

  const done = run()
  // Whoever awaits `done` hears of a failure; until then it must not end the process.
  done.catch(() => undefined)
  return {
    transfers: () => transfers,
    unsold: () => unsold,
    done,
    async stop() {
      abort.abort()
      await done.catch(() => undefined)
      await Promise.allSettled(paid)
    },
  }
}

/** An address that nobody has used, from seed and number. */
const recipientOf = (seed: number, number: number): Address =>
  `0x${keccak256(stringToHex(`recipient ${number} of seed ${seed}`)).slice(26)}`

function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (ms <= 0 || signal.aborted) return resolve()
    const end = (): void => {
      clearTimeout(timer)
      signal.removeEventListener('abort', end)
      resolve()
    }
    const timer = setTimeout(end, ms)
    signal.addEventListener('abort', end, { once: true })
  })
}
