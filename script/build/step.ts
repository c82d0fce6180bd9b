import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** A part of the build that runs only when its inputs have changed. */
export interface Step {
  readonly name: string
  /** Files and folders whose contents decide whether the step must run. */
  readonly inputs: readonly string[]
  /** How the names of the files that count end. */
  readonly extensions: readonly string[]
  /** Paths that start like this, or files that end like this, do not count. */
  readonly ignored: readonly string[]
  /** What must exist for the step to be up to date. */
  readonly outputs: readonly string[]
  run(): void
}

const STAMPS = '.build'

function filesOf(step: Step, path: string): string[] {
  if (!existsSync(path)) return []
  if (step.ignored.some((ignored) => path.startsWith(ignored) || path.endsWith(ignored))) return []
  if (statSync(path).isDirectory()) {
    return readdirSync(path)
      .sort()
      .flatMap((name) => filesOf(step, join(path, name)))
  }
  return step.extensions.some((extension) => path.endsWith(extension)) ? [path] : []
}

/** A hash over names and contents of a step's inputs. */
export function contentHash(step: Step): string {
  const hash = createHash('sha256')
  for (const file of step.inputs.flatMap((input) => filesOf(step, input))) {
    hash.update(`${file}\0`).update(readFileSync(file)).update('\0')
  }
  return hash.digest('hex')
}

/** Runs the step if its inputs differ from those of its last success. Returns whether it ran. */
export function runStep(step: Step, { force, hash }: { force: boolean; hash: string }): boolean {
  const stamp = join(STAMPS, step.name)
  const complete = step.outputs.every((output) => existsSync(output))
  if (!force && complete && existsSync(stamp) && readFileSync(stamp, 'utf8') === hash) return false
  rmSync(stamp, { force: true })
  step.run()
  mkdirSync(STAMPS, { recursive: true })
  writeFileSync(stamp, hash)
  return true
}
