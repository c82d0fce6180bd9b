import { setTimeout as delay } from 'node:timers/promises'
import type { LocalChain } from '../chain/createChain.js'

export interface ClockOptions {
  /** Seconds of chain time to a second of wall time. */
  readonly speed: number
  /** Milliseconds of wall time between two steps. */
  readonly tickMs?: number
}

/** The time of all chains together. */
export interface DevnetClock {
  readonly speed: number
  /** Chain time in seconds. Blocks lag it by at most one step of an accelerated clock. */
  now(): bigint
  /** Moves every chain ahead by `seconds` and mines a block on each, all with the same timestamp. */
  advance(seconds: number | bigint): Promise<void>
  /** Continues on every chain from `time`, after `before`, during which the clock makes no step. */
  setTo(time: bigint, before?: () => Promise<void>): Promise<void>
  /** Stops the steps; chain time then runs no faster than wall time. */
  stop(): Promise<void>
}

/** Thrown for a clock that could not keep the chains in step. */
export class ClockOptionsError extends Error {
  override readonly name = 'ClockOptionsError'
}

const DEFAULT_TICK_MS = 200
const seconds = (ms: number): number => Math.floor(ms / 1000)

/**
 * Starts the clock. Anvils by themselves follow wall time; an accelerated clock drives all of them with one loop, so
 * that their block times differ by one step at most.
 */
export function createClock(
  chains: readonly LocalChain[],
  options: ClockOptions = { speed: 1 },
): DevnetClock {
  const { speed, tickMs = DEFAULT_TICK_MS } = options
  if (!(speed >= 1)) throw new ClockOptionsError(`The clock's speed is at least 1, not ${speed}`)
  if (speed > 1 && speed * tickMs < 1000) {
    throw new ClockOptionsError(
      `At speed ${speed} a step of ${tickMs} ms is less than a second of chain time`,
    )
  }
  /** Chain time in ms is base + speed × wall time since. */
  let base = Date.now()
  let since = Date.now()
  let newest = seconds(base)
  let stopped = speed === 1
  /** Steps and jumps follow each other: two at once could set a time that another has passed. */
  let turn: Promise<unknown> = Promise.resolve()
  const abort = new AbortController()

  const chainMs = (): number => base + (Date.now() - since) * (stopped ? 1 : speed)

  function inTurn<result>(run: () => Promise<result>): Promise<result> {
    const next = turn.then(run, run)
    turn = next.catch(() => undefined)
    return next
  }

  async function mineAt(time: number): Promise<void> {
    newest = Math.max(newest, time)
    await Promise.all(
      chains.map(async ({ testClient, publicClient }) => {
        try {
          await testClient.setNextBlockTimestamp({ timestamp: BigInt(time) })
        } catch (error) {
          // A transaction's block may have passed the time already; the next step catches up.
          const { timestamp } = await publicClient.getBlock()
          if (timestamp < BigInt(time)) throw error
        }
        await testClient.mine({ blocks: 1 })
      }),
    )
  }

  async function tick(): Promise<void> {
    while (!stopped) {
      await delay(tickMs, undefined, { signal: abort.signal }).catch(() => undefined)
      if (stopped) return
      const step = inTurn(async () => {
        const time = seconds(chainMs())
        if (!stopped && time > newest) await mineAt(time)
      })
      // A chain that does not answer is reported by whoever reads it; the others keep their time.
      await step.catch(() => undefined)
    }
  }

  function rebase(ms: number): void {
    base = ms
    since = Date.now()
  }

  const ticking = tick()
  return {
    speed,
    now: () => BigInt(seconds(chainMs())),
    advance: (by) =>
      inTurn(async () => {
        rebase(chainMs() + Number(by) * 1000)
        await mineAt(Math.max(seconds(chainMs()), newest))
      }),
    setTo: (time, before) =>
      inTurn(async () => {
        await before?.()
        const blocks = await Promise.all(chains.map(({ publicClient }) => publicClient.getBlock()))
        newest = Math.max(Number(time), ...blocks.map(({ timestamp }) => Number(timestamp)))
        rebase(newest * 1000)
        await mineAt(newest)
      }),
    async stop() {
      if (stopped) return
      rebase(chainMs())
      stopped = true
      abort.abort()
      await ticking
    },
  }
}
