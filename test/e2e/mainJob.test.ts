import { type ChildProcess, spawn } from 'node:child_process'
import { expect, test } from 'vitest'
import type { Summary } from '../../script/demo/report.js'

const DEMO = ['--no-deprecation', '--import', './script/register.mjs', 'script/demo.ts']

type Run = { readonly code: number | null; readonly stdout: string; readonly stderr: string }

function startDemo(args: readonly string[]): { readonly child: ChildProcess; readonly ended: Promise<Run> } {
  const child = spawn(process.execPath, [...DEMO, ...args], { stdio: ['ignore', 'pipe', 'pipe'] })
  let stdout = ''
  let stderr = ''
  child.stdout.on('data', (chunk: Buffer) => {
    stdout += chunk
  })
  child.stderr.on('data', (chunk: Buffer) => {
    stderr += chunk
  })
  const ended = new Promise<Run>((resolve, reject) => {
    child.on('error', reject)
    child.on('close', (code) => resolve({ code, stdout, stderr }))
  })
  return { child, ended }
}

test.each([1, 2, 3])('the main job evens out three chains and pays every transfer, seed %i', async (seed) => {
  const { code, stdout, stderr } = await startDemo(['--once', '--json', '--seed', String(seed)]).ended
  expect(code, stderr).toBe(0)
  const summary: Summary = JSON.parse(stdout)

  expect(summary.gapBefore).toBeGreaterThanOrEqual(0.7)
  expect(summary.deadBand).toBeLessThanOrEqual(0.05)
  expect(summary.gapAfter).toBeLessThanOrEqual(summary.deadBand)
  const before = summary.chains.map(({ utilizationBefore }) => utilizationBefore)
  for (const [index, target] of [0.92, 0.55, 0.12].entries()) expect(before[index]).toBeCloseTo(target, 2)

  expect(summary.transfers.sent).toBeGreaterThanOrEqual(40)
  expect(summary.transfers.filled).toBe(summary.transfers.sent)
  expect(summary.transfers.p50Ms).toBeGreaterThan(0)
  // Every move and every transfer is a message of its own.
  const { sent, delivered } = summary.messages
  expect(sent).toBeGreaterThanOrEqual(summary.transfers.sent + summary.rebalances.count)
  expect(delivered).toBe(sent)
  expect(summary.rebalances.count).toBeGreaterThan(0)
  expect(Number(summary.rebalances.volume)).toBeGreaterThan(500_000)
  expect(BigInt(summary.rebalances.messageFeesWei)).toBeGreaterThan(0n)
  expect(summary.audit).toEqual({ ok: true, violations: [] })
  expect(summary.wallMs).toBeGreaterThan(0)
})

test('Ctrl-C ends the main job, audits, and leaves no chain running', async () => {
  const { child, ended } = startDemo([])
  const urls = await new Promise<string[]>((resolve, reject) => {
    let text = ''
    child.stdout?.on('data', (chunk: Buffer) => {
      text += chunk
      if (text.includes('transfers: ')) resolve(text.match(/http:\/\/127\.0\.0\.1:\d+/g) ?? [])
    })
    child.on('close', () => reject(new Error(`ended before it was running:\n${text}`)))
  })
  expect(urls).toHaveLength(3)
  child.kill('SIGINT')
  const { code, stdout } = await ended
  expect(stdout).toContain('Audit: every unit is in exactly one place.')
  expect(code).toBe(0)
  for (const url of urls) await expect(fetch(url)).rejects.toThrow()
})

test('an unknown option is refused with what there is', async () => {
  const { code, stderr } = await startDemo(['--onc']).ended
  expect(code).toBe(1)
  expect(stderr).toContain("Unknown option '--onc'")
  expect(stderr).toContain('--once')
})
