import { IsobarError } from '../errors/IsobarError.js'
import { InvalidPlanInput } from '../planner/invalidPlanInput.js'
import { planCommand } from './planCommand.js'

/** What a command needs of the process, so that tests can stand in for it. */
export interface CliContext {
  /** Text of a file, or of the standard input for `-`. */
  readonly read: (file: string) => string
  readonly print: (line: string) => void
  readonly complain: (line: string) => void
}

const usage = `isobar plan FILE [--json]

  Plans the network that FILE describes (docs/scenario.md); - reads it from the standard input.
  --json  the whole plan with prices, bound and reasons; amounts in shared-decimal units, as strings`

/** Runs the `isobar` binary; returns its exit code: 0 done, 1 the input cannot be planned, 2 wrong usage. */
export function runCli(args: readonly string[], context: CliContext): number {
  const [command, ...rest] = args
  if (command === undefined || command === 'help' || args.includes('--help')) {
    context.print(usage)
    return command === undefined ? 2 : 0
  }
  const json = rest.includes('--json')
  const files = rest.filter((argument) => argument !== '--json')
  const unknown = files.find((argument) => argument.startsWith('-') && argument !== '-')
  if (command !== 'plan' || files.length !== 1 || unknown !== undefined) {
    context.complain(
      command === 'plan'
        ? unknown === undefined
          ? 'plan takes one file.'
          : `Unknown option ${unknown}.`
        : `Unknown command ${command}.`,
    )
    context.complain(usage)
    return 2
  }
  try {
    planCommand(files[0]!, json, context)
    return 0
  } catch (error) {
    const known = error instanceof IsobarError || error instanceof InvalidPlanInput || isFileError(error)
    if (!known) throw error
    context.complain(error.message)
    return 1
  }
}

function isFileError(error: unknown): error is Error {
  return error instanceof Error && 'code' in error && 'syscall' in error
}
