import { IsobarError } from '@isobar/router-sdk'

/** Thrown for a configuration that cannot be used. `problems` holds one line for each thing that is wrong. */
export class ConfigError extends IsobarError {
  override readonly name = 'ConfigError'
  constructor(
    readonly source: string,
    readonly problems: readonly string[],
    options: { readonly advice?: string; readonly cause?: unknown } = {},
  ) {
    const count = problems.length === 1 ? 'a mistake' : `${problems.length} mistakes`
    super(`The relayer's configuration (${source}) has ${count}.`, {
      context: problems,
      advice: options.advice ?? 'correct the file and start again; nothing was sent.',
      cause: options.cause,
    })
  }
}
