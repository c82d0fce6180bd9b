import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { planFromJson } from '../planner/planJson.js'
import { runCli } from './runCli.js'

const examples = new URL('../../../examples/scenarios/', import.meta.url)

function run(...args: string[]) {
  const out: string[] = []
  const errors: string[] = []
  const code = runCli(args, {
    read: (file) => readFileSync(new URL(file, examples), 'utf8'),
    print: (line) => out.push(line),
    complain: (line) => errors.push(line),
  })
  return { code, out: out.join('\n'), errors: errors.join('\n') }
}

test('plan FILE explains the plan', () => {
  const { code, out } = run('plan', 'threeChains.json')
  expect(code).toBe(0)
  expect(out).toContain('base→arbitrum: move')
  expect(out).toContain('proven optimal')
})

test('plan FILE --json prints the plan', () => {
  const { code, out } = run('plan', 'threeChains.json', '--json')
  expect(code).toBe(0)
  const plan = planFromJson(out)
  expect(plan.optimal).toBe('proven')
  expect(plan.transfers.every(({ amount }) => amount > 0n)).toBe(true)
})

test.each([
  [['plan'], 2, 'one file'],
  [['plan', 'threeChains.json', '--fast'], 2, '--fast'],
  [['route'], 2, 'route'],
  [[], 2, ''],
  [['plan', 'missing.json'], 1, 'missing.json'],
  [['plan', '../../package.json'], 1, 'horizonDays'],
])('%j ends with %i', (args, code, message) => {
  const result = run(...args)
  expect(result.code).toBe(code)
  expect(result.errors).toContain(message)
})

test('help', () => expect(run('--help').code).toBe(0))
