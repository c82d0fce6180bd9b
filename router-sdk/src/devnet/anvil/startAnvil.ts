import { spawn } from 'node:child_process'
import { Socket } from 'node:net'
import { setTimeout as delay } from 'node:timers/promises'
import { findAnvil } from './findAnvil.js'
import { freePort } from './freePort.js'
import { startGuardian } from './guardian.js'
import type { ProcessGuard } from './processGuard.js'

export interface AnvilOptions {
  readonly chainId: number
  /** Seconds between blocks; a block per transaction when absent. */
  readonly blockTime?: number
  /** Base fee of the first block, in wei. It falls while blocks stay empty. */
  readonly baseFee?: bigint
  /** Blocks whose state can still be read. */
  readonly history?: number
}

export interface Anvil {
  readonly pid: number
  readonly url: string
  /** Kills the process and waits until it is gone. */
  stop(): Promise<void>
}

/** Thrown when anvil does not come up. */
export class AnvilStartError extends Error {
  override readonly name = 'AnvilStartError'
}

const READY_TIMEOUT_MS = 15_000
const PORT_ATTEMPTS = 5
/** Blocks of pipelined set-up transactions must not fill up: anvil would leave the rest waiting for the next one. */
const BLOCK_GAS_LIMIT = 300_000_000
const DEFAULT_HISTORY = 256

function anvilArguments(options: AnvilOptions, port: number): string[] {
  const history = options.history ?? DEFAULT_HISTORY
  return [
    ...['--port', `${port}`, '--chain-id', `${options.chainId}`, '--accounts', '1', '--quiet'],
    // Without pruning anvil writes old states to the user's home folder.
    ...['--gas-limit', `${BLOCK_GAS_LIMIT}`, '--prune-history', `${history}`],
    ...(options.baseFee === undefined ? [] : ['--block-base-fee-per-gas', `${options.baseFee}`]),
    ...(options.blockTime === undefined ? [] : ['--block-time', `${options.blockTime}`]),
  ]
}

async function respondsWithChain(url: string, chainId: number): Promise<boolean> {
  try {
    const body = JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'eth_chainId', params: [] })
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body,
    })
    const answer = (await response.json()) as { result?: string }
    return Number(answer.result) === chainId
  } catch {
    return false
  }
}

async function tryStart(
  binary: string,
  options: AnvilOptions,
  guard: ProcessGuard,
): Promise<Anvil | undefined> {
  const port = await freePort()
  const url = `http://127.0.0.1:${port}`
  // Detached: Ctrl-C in a terminal reaches the whole foreground group, and we want to stop the chains ourselves, last.
  const child = spawn(binary, anvilArguments(options, port), {
    stdio: ['ignore', 'ignore', 'pipe'],
    detached: true,
  })
  let stderr = ''
  child.stderr.on('data', (chunk: Buffer) => {
    stderr = (stderr + chunk.toString()).slice(-2_000)
  })
  const state: { failure?: Error } = {}
  const exited = new Promise<void>((resolve) => {
    child.once('exit', () => resolve())
    child.once('error', (error) => {
      state.failure = error
      resolve()
    })
  })
  const pid = child.pid
  if (pid === undefined) {
    await exited
    throw new AnvilStartError(`${binary} could not be started: ${state.failure?.message ?? 'unknown reason'}`)
  }
  const guardian = startGuardian(pid)
  guard.watch(child)
  child.unref()
  if (child.stderr instanceof Socket) child.stderr.unref()

  const running = (): boolean => child.exitCode === null && child.signalCode === null
  const stop = async (): Promise<void> => {
    // The guardian goes first, so that it can never hit a process that got the same pid later.
    guardian.kill('SIGKILL')
    if (running()) child.kill('SIGKILL')
    child.ref()
    await exited
    child.stderr.destroy()
    guard.forget(child)
  }
  for (const deadline = Date.now() + READY_TIMEOUT_MS; Date.now() < deadline && running(); await delay(8)) {
    if ((await respondsWithChain(url, options.chainId)) && running()) return { pid, url, stop }
  }
  const died = !running()
  await stop()
  if (died && /in use/i.test(stderr)) return undefined
  throw new AnvilStartError(
    `anvil ${died ? 'stopped' : `was not ready after ${READY_TIMEOUT_MS} ms`}: ${stderr.trim()}`,
  )
}

/** Starts an anvil on a port of its own and waits until it answers. It never outlives this process. */
export async function startAnvil(options: AnvilOptions, guard: ProcessGuard): Promise<Anvil> {
  const binary = findAnvil()
  for (let attempt = 0; attempt < PORT_ATTEMPTS; attempt += 1) {
    const anvil = await tryStart(binary, options, guard)
    if (anvil) return anvil
  }
  throw new AnvilStartError(`No free port for anvil after ${PORT_ATTEMPTS} attempts`)
}
