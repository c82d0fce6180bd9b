import { parseArgs } from 'node:util'

export type DemoOptions = {
  /** End when the network is even and every transfer is paid. */
  readonly once: boolean
  /** Print one JSON object on stdout, the rest on stderr. */
  readonly json: boolean
  readonly seed: number
}

export const USAGE = `npm start -- [--once] [--seed N] [--json]

  --once    end by itself when all gaps are inside the dead band and every transfer is paid
  --seed N  choose the user transfers; a whole number, default 1
  --json    print one JSON object on stdout (with --once)`

export class UsageError extends Error {
  override readonly name = 'UsageError'
}

/** Reads the command line; anything unknown is an error that says what is known. */
export function readOptions(args: readonly string[]): DemoOptions {
  let values: { once?: boolean; json?: boolean; seed?: string }
  try {
    values = parseArgs({
      args: [...args],
      options: { once: { type: 'boolean' }, json: { type: 'boolean' }, seed: { type: 'string' } },
    }).values
  } catch (error) {
    throw new UsageError(`${error instanceof Error ? error.message : error}\n\n${USAGE}`)
  }
  const seed = values.seed ?? '1'
  if (!/^\d{1,9}$/.test(seed)) throw new UsageError(`--seed takes a whole number, not ${seed}\n\n${USAGE}`)
  if (values.json && !values.once)
    throw new UsageError(`--json needs --once: it prints a summary\n\n${USAGE}`)
  return { once: values.once ?? false, json: values.json ?? false, seed: Number(seed) }
}
