// Runs every test of the repository: forge, then vitest (unit tests beside the code, then those that span packages).
// Ends with one line `N passed, N failed` and exits non-zero when anything failed.
import { spawn } from 'node:child_process'
import { mkdirSync, readFileSync, rmSync } from 'node:fs'

type Counts = { passed: number; failed: number }

/** Runs a command, shows its output as it comes, and gives back all of it. */
function show(
  command: string,
  args: readonly string[],
  env: NodeJS.ProcessEnv = {},
): Promise<{ code: number; output: string }> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      stdio: ['ignore', 'pipe', 'inherit'],
      env: { ...process.env, ...env },
    })
    let output = ''
    child.stdout.on('data', (chunk: Buffer) => {
      output += chunk
      process.stdout.write(chunk)
    })
    child.on('error', reject)
    child.on('close', (code) => resolve({ code: code ?? 1, output }))
  })
}

async function forge(): Promise<Counts> {
  const { code, output } = await show('forge', ['test'], { FOUNDRY_PROFILE: 'test' })
  const summary = /(\d+) tests passed, (\d+) failed/g
  const last = [...output.matchAll(summary)].at(-1)
  if (!last) return { passed: 0, failed: 1 }
  const failed = Number(last[2])
  return { passed: Number(last[1]), failed: code !== 0 && failed === 0 ? 1 : failed }
}

async function vitest(): Promise<Counts> {
  const file = '.build/vitest.json'
  mkdirSync('.build', { recursive: true })
  rmSync(file, { force: true })
  const { code } = await show('vitest', [
    'run',
    '--reporter=default',
    '--reporter=json',
    `--outputFile=${file}`,
  ])
  try {
    const report: { numPassedTests: number; numFailedTests: number } = JSON.parse(readFileSync(file, 'utf8'))
    const failed = report.numFailedTests
    // A file that does not load fails the run without failing a test.
    return { passed: report.numPassedTests, failed: code !== 0 && failed === 0 ? 1 : failed }
  } catch {
    return { passed: 0, failed: 1 }
  }
}

const results = [await forge(), await vitest()]
const passed = results.reduce((sum, { passed }) => sum + passed, 0)
const failed = results.reduce((sum, { failed }) => sum + failed, 0)
console.log(`${passed} passed, ${failed} failed`)
process.exit(failed === 0 && passed > 0 ? 0 : 1)
