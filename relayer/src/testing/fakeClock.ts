import type { Clock } from '../clock.js'

export type FakeClock = Clock & {
  /** Moves time on, waking sleepers in their order. */
  readonly advance: (ms: number) => Promise<void>
  /** How many sleep now. */
  readonly sleepers: () => number
}

/** A clock that stands still until it is moved. */
export function createFakeClock(): FakeClock {
  let time = 0
  const sleeping = new Set<{ readonly until: number; readonly wake: () => void }>()
  // Lets what was woken run as far as it can.
  const settle = () => new Promise<void>((resolve) => setImmediate(resolve))
  return {
    now: () => time,
    sleep: (ms, signal) =>
      new Promise((resolve) => {
        if (signal?.aborted) return resolve()
        const wake = (): void => {
          sleeping.delete(sleeper)
          signal?.removeEventListener('abort', wake)
          resolve()
        }
        const sleeper = { until: time + ms, wake }
        sleeping.add(sleeper)
        signal?.addEventListener('abort', wake, { once: true })
      }),
    async advance(ms) {
      const end = time + ms
      await settle()
      for (;;) {
        const [next] = [...sleeping].sort((a, b) => a.until - b.until)
        if (!next || next.until > end) break
        time = next.until
        next.wake()
        await settle()
      }
      time = end
    },
    sleepers: () => sleeping.size,
  }
}
