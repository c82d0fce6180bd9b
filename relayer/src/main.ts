import { parseArgs } from 'node:util'
import { describeAction } from './chain/prepareAction.js'
import { loadConfig } from './config/loadConfig.js'
import { relayerFromConfig } from './config/relayerFromConfig.js'
import type { DryRun } from './daemon.js'
import { describeError, describeEvent } from './describeEvent.js'

/** What the command line takes from its process. */
export type CommandLine = {
  readonly environment: Readonly<Record<string, string | undefined>>
  readonly nodeVersion: string
  readonly write: (line: string) => void
  readonly fail: (line: string) => void
  /** Calls `stop` when the process is asked to end. */
  readonly onStop: (stop: () => void) => void
}

const USAGE = `isobar-relayer: keeps an Isobar network's liquidity even.

  isobar-relayer run  --config <file>   works until it is stopped (Ctrl-C ends it after the step under way)
  isobar-relayer plan --config <file>   prints what it would do now, and why; sends nothing, needs no key`

const EXIT = { ok: 0, failed: 1, usage: 2 } as const
const OLDEST_NODE = [22, 18] as const

/** Runs the command line. Resolves with the exit code: 0 done, 1 failed, 2 not understood. */
export async function main(argv: readonly string[], io: CommandLine): Promise<number> {
  if (!isRecent(io.nodeVersion)) {
    io.fail(`isobar-relayer needs Node ${OLDEST_NODE.join('.')} or newer; this is ${io.nodeVersion}.`)
    return EXIT.failed
  }
  const parsed = parseCommand(argv)
  if (typeof parsed === 'string') {
    io.fail(`${parsed}\n\n${USAGE}`)
    return EXIT.usage
  }
  if (parsed.command === 'help') {
    io.write(USAGE)
    return EXIT.ok
  }
  try {
    const loaded = await loadConfig(parsed.config)
    if (parsed.command === 'plan') {
      const relayer = relayerFromConfig(loaded, { environment: io.environment, withoutKeys: true })
      for (const line of describeDryRun(await relayer.plan())) io.write(line)
      return EXIT.ok
    }
    const relayer = relayerFromConfig(loaded, { environment: io.environment })
    relayer.on((event) => {
      const line = describeEvent(event)
      const write = event.type === 'error' ? io.fail : io.write
      if (line !== undefined) write(`${new Date(event.at).toISOString()} ${line}`)
    })
    const stopped = new Promise<void>((resolve) => io.onStop(resolve))
    relayer.start()
    await stopped
    io.write('stopping after the step under way')
    await relayer.stop()
    return EXIT.ok
  } catch (error) {
    io.fail(describeError(error))
    return EXIT.failed
  }
}

function parseCommand(
  argv: readonly string[],
): { readonly command: 'run' | 'plan'; readonly config: string } | { readonly command: 'help' } | string {
  try {
    const { values, positionals } = parseArgs({
      args: [...argv],
      options: { config: { type: 'string', short: 'c' }, help: { type: 'boolean', short: 'h' } },
      allowPositionals: true,
    })
    if (values.help) return { command: 'help' }
    const [command, ...rest] = positionals
    if (command === undefined) return 'Which command?'
    if (command !== 'run' && command !== 'plan') return `There is no command '${command}'.`
    if (rest.length > 0) return `Unexpected: ${rest.join(' ')}`
    if (values.config === undefined) return 'Which configuration? Give --config <file>.'
    return { command, config: values.config }
  } catch (error) {
    return error instanceof Error ? error.message : String(error)
  }
}

/** A dry run in lines of text. */
export function describeDryRun({ state, stale, decisions }: DryRun): string[] {
  return [
    ...state.chains.map(({ name, utilization, block }) => {
      const reason = stale.get(name)
      const left = reason === undefined ? '' : `; left alone: ${reason}`
      return `${name}: utilization ${(Number(utilization) / 1e16).toFixed(1)} % at block ${block.number}${left}`
    }),
    ...decisions.flatMap(({ agent, proposals, idle, plan }) => [
      '',
      `${agent}:`,
      ...proposals.map(({ action, reason }) => `  would ${describeAction(action)}: ${reason}`),
      ...(idle === undefined ? [] : [`  nothing to do: ${idle}`]),
      ...(plan?.lines.map((line) => `  ${line}`) ?? []),
    ]),
  ]
}

function isRecent(version: string): boolean {
  const [major = 0, minor = 0] = version.split('.').map(Number)
  return major > OLDEST_NODE[0] || (major === OLDEST_NODE[0] && minor >= OLDEST_NODE[1])
}
