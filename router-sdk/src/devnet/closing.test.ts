import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { createAssetDevnet } from './createAssetDevnet.js'

const fixture = fileURLToPath(new URL('./closing.fixture.ts', import.meta.url))

/** Lets Node run the sources themselves: it transforms types, and finds `x.ts` where an import says `x.js`. */
const sources = `data:text/javascript,${encodeURIComponent(`
  import { registerHooks } from 'node:module'
  registerHooks({
    resolve(specifier, context, next) {
      const ours = specifier.startsWith('.') && context.parentURL?.endsWith('.ts')
      return next(ours ? specifier.replace(/\\.js$/, '.ts') : specifier, context)
    },
  })
`)}`

/** A process that has ended may stay in the table until init collects it, which is not ours to wait for. */
function isZombie(pid: number): boolean {
  try {
    return / Z /.test(readFileSync(`/proc/${pid}/stat`, 'utf8'))
  } catch {
    return false
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return !isZombie(pid)
  } catch {
    return false
  }
}

async function expectGone(pids: readonly number[]): Promise<void> {
  await expect.poll(() => pids.filter(isAlive), { timeout: 3_000, interval: 10 }).toEqual([])
}

const finished = (child: ChildProcess) =>
  once(child, 'close') as Promise<[number | null, NodeJS.Signals | null]>

/** Starts the fixture and waits until its chains are up. */
async function start(mode: string) {
  const child = spawn(
    process.execPath,
    ['--no-warnings', '--experimental-transform-types', '--import', sources, fixture, mode],
    {
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  )
  const output = { text: '' }
  child.stderr.on('data', (chunk: Buffer) => {
    output.text += chunk.toString()
  })
  const pids = await new Promise<number[]>((resolve, reject) => {
    child.stdout.on('data', (chunk: Buffer) => {
      output.text += chunk.toString()
      const line = output.text.split('\n').find((candidate) => candidate.startsWith('['))
      if (line) resolve(JSON.parse(line) as number[])
    })
    child.once('close', () => reject(new Error(`The fixture ended early: ${output.text}`)))
  })
  return { child, pids, output }
}

test('close stops every process and removes every listener', async () => {
  const events = ['exit', 'SIGINT', 'SIGTERM', 'SIGHUP'] as const
  const before = events.map((event) => process.listenerCount(event))
  const devnet = await createAssetDevnet({ chains: 2 })
  const pids = devnet.chains.map(({ pid }) => pid)
  expect(pids.every(isAlive)).toBe(true)
  await devnet.close()
  await devnet.close()
  expect(pids.filter(isAlive)).toEqual([])
  expect(events.map((event) => process.listenerCount(event))).toEqual(before)
})

test.each([
  ['close', 0],
  ['exit', 3],
  ['throw', 1],
])('a process that ends by %s leaves no chain behind', async (mode, code) => {
  const { child, pids } = await start(mode)
  expect((await finished(child))[0]).toBe(code)
  await expectGone(pids)
})

test.each(['SIGINT', 'SIGTERM'] as const)('%s ends the process and its chains', async (signal) => {
  const { child, pids } = await start('wait')
  expect(pids).toHaveLength(2)
  child.kill(signal)
  expect((await finished(child))[1]).toBe(signal)
  await expectGone(pids)
})

test('SIGKILL cannot be handled, and still no chain outlives the process', async () => {
  const { child, pids } = await start('wait')
  child.kill('SIGKILL')
  await finished(child)
  await expectGone(pids)
})

test('an application with a signal handler of its own closes when it is ready', async () => {
  const { child, pids, output } = await start('handler')
  child.kill('SIGINT')
  expect((await finished(child))[0]).toBe(0)
  expect(output.text).toContain('block true')
  await expectGone(pids)
})
