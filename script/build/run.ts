import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { resolve } from 'node:path'

/** Runs a tool of node_modules/.bin, or of the PATH, and ends the build with its exit code when it fails. */
export function run(tool: string, args: readonly string[], folder = '.'): void {
  const local = resolve('node_modules/.bin', tool)
  const command = existsSync(local) ? local : tool
  const { status, error } = spawnSync(command, args, { cwd: folder, stdio: ['ignore', 2, 2] })
  if (error) {
    console.error(`${tool} could not be started: ${error.message}. Run npm ci first.`)
    process.exit(1)
  }
  if (status !== 0) process.exit(status ?? 1)
}
