import { existsSync } from 'node:fs'
import { createRequire } from 'node:module'
import { delimiter, dirname, join } from 'node:path'
import { pathToFileURL } from 'node:url'

/** Thrown when no anvil binary can be found. */
export class AnvilNotFoundError extends Error {
  override readonly name = 'AnvilNotFoundError'
  constructor() {
    super(
      'anvil was not found. Install it with `npm install --save-dev @foundry-rs/anvil-linux-amd64` (Linux x64), or install Foundry (https://getfoundry.sh) so that anvil is on the PATH.',
    )
  }
}

const PACKAGE = `@foundry-rs/anvil-${process.platform === 'win32' ? 'win32' : process.platform}-${process.arch === 'x64' ? 'amd64' : process.arch}`

/** The anvil binary: the npm package of this platform, then node_modules/.bin of any parent folder, then the PATH. */
export function findAnvil(): string {
  const executable = process.platform === 'win32' ? 'anvil.exe' : 'anvil'
  const fromPackage = [import.meta.url, pathToFileURL(join(process.cwd(), 'package.json')).href].map(
    (base) => {
      try {
        return join(dirname(createRequire(base).resolve(`${PACKAGE}/package.json`)), 'bin', executable)
      } catch {
        return undefined
      }
    },
  )
  const parents: string[] = []
  for (let folder = process.cwd(); ; folder = dirname(folder)) {
    parents.push(join(folder, 'node_modules', '.bin', executable))
    if (dirname(folder) === folder) break
  }
  const onPath = (process.env.PATH ?? '').split(delimiter).map((folder) => join(folder, executable))
  const found = [...fromPackage, ...parents, ...onPath].find((path) => path !== undefined && existsSync(path))
  if (!found) throw new AnvilNotFoundError()
  return found
}
