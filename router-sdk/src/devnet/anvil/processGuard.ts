import type { ChildProcess } from 'node:child_process'

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const
const OURS = Symbol.for('isobar.devnet.signal')

/** Kills its children when this process ends, however it ends. */
export interface ProcessGuard {
  watch(child: ChildProcess): void
  forget(child: ChildProcess): void
  /** Removes every listener. */
  release(): void
}

const isRunning = (child: ChildProcess): boolean => child.exitCode === null && child.signalCode === null

/**
 * Watches children until released: they are killed on exit, and on SIGINT, SIGTERM and SIGHUP when nobody else handles
 * those. An application with a handler of its own closes the devnet when it is ready to.
 */
export function createProcessGuard(): ProcessGuard {
  const children = new Set<ChildProcess>()
  const kill = (): void => {
    for (const child of children) if (isRunning(child)) child.kill('SIGKILL')
  }
  const handlers = SIGNALS.map((signal) => {
    const onSignal = (): void => {
      const handledElsewhere = process.listeners(signal).some((listener) => !(OURS in listener))
      if (handledElsewhere) return
      kill()
      process.off(signal, handler)
      // The last guard hands the signal on: with no listener left it ends the process as usual.
      if (process.listenerCount(signal) === 0) process.kill(process.pid, signal)
    }
    const handler = Object.assign(onSignal, { [OURS]: true })
    process.on(signal, handler)
    return { signal, handler }
  })
  process.on('exit', kill)
  return {
    watch: (child) => void children.add(child),
    forget: (child) => void children.delete(child),
    release() {
      process.off('exit', kill)
      for (const { signal, handler } of handlers) process.off(signal, handler)
    },
  }
}
