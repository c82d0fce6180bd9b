import type { Clock } from './clock.js'

/** Runs something again and again, never twice at a time. */
export type Loop = {
  /** Starts; does nothing when it runs already. */
  readonly start: () => void
  /** Runs once, now, or joins the run that is under way. */
  readonly runOnce: () => Promise<void>
  /** Ends after the run under way, whose signal is aborted so that it waits for nothing any more. */
  readonly stop: () => Promise<void>
}

/**
 * @param run - must not reject; `signal` aborts when the loop is stopped.
 * @param intervalMs - from the start of a run to the start of the next; a longer run is followed at once.
 */
export function createLoop(
  run: (signal: AbortSignal) => Promise<void>,
  intervalMs: number,
  clock: Clock,
): Loop {
  let abort = new AbortController()
  let looping: Promise<void> | undefined
  let running: Promise<void> | undefined

  function runOnce(): Promise<void> {
    running ??= run(abort.signal).finally(() => {
      running = undefined
    })
    return running
  }

  async function loop(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      const started = clock.now()
      await runOnce()
      await clock.sleep(Math.max(0, started + intervalMs - clock.now()), signal)
    }
  }

  return {
    start() {
      if (looping) return
      abort = new AbortController()
      looping = loop(abort.signal)
    },
    runOnce,
    async stop() {
      abort.abort()
      await Promise.all([looping, running])
      looping = undefined
      abort = new AbortController()
    },
  }
}
