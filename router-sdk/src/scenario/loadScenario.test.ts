import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { planRebalance } from '../planner/planRebalance.js'
import { verifyPlan } from '../planner/verify/verifyPlan.js'
import { amountFromText, amountToText } from './amountText.js'
import { InvalidScenarioError } from './InvalidScenarioError.js'
import { loadScenario } from './loadScenario.js'
import { writeScenarioSchema } from './writeScenarioSchema.js'

const schemaFile = new URL('./scenario.schema.json', import.meta.url)
const examples = new URL('../../../examples/scenarios/', import.meta.url)

test('the committed JSON schema is that of the code', () => {
  if (process.env.ISOBAR_WRITE_SCHEMA) writeFileSync(schemaFile, writeScenarioSchema())
  expect(JSON.parse(readFileSync(schemaFile, 'utf8'))).toEqual(JSON.parse(writeScenarioSchema()))
})

const files = readdirSync(examples).filter((file) => file.endsWith('.json'))
test('there are examples', () => expect(files.length).toBeGreaterThanOrEqual(4))
test.each(files)('the example %s loads, and its plan is proven and in order', (file) => {
  const { input } = loadScenario(readFileSync(new URL(file, examples), 'utf8'))
  const plan = planRebalance(input)
  expect(plan.optimal).toBe('proven')
  expect(verifyPlan(input, plan)).toEqual([])
})

const scenario = {
  name: 'two',
  horizonDays: 7,
  chains: [
    {
      key: 'a',
      borrowed: 1000.25,
      idle: '123456789012.654321',
      arrivals: 1,
      claims: '2.5',
      floor: 3,
      ceiling: '999999999999',
      curve: { kind: 'kinked', base: 0, slope1: 0.04, slope2: 0.75, optimum: 0.8, reserveFactor: 0.1 },
      demand: { mean: 10, deviation: '0.000001', penalty: 0.002 },
    },
    { key: 'b', borrowed: 0, idle: 0, curve: { kind: 'segments', segments: [{ width: 5, rate: 0.1 }] } },
  ],
  lanes: [
    {
      from: 'a',
      to: 'b',
      proportionalCost: 0.0005,
      fixedCost: '1.5',
      capacity: 100,
      minimum: 1,
      latencySeconds: 60,
    },
  ],
}

test('amounts are exact, whether numbers or strings', () => {
  const { input } = loadScenario(JSON.stringify(scenario))
  const [a] = input.chains
  expect(a).toMatchObject({ borrowed: 1_000_250_000n, idle: 123_456_789_012_654_321n, claims: 2_500_000n })
  expect(a?.demand).toEqual({ mean: 10_000_000n, deviation: 1n, penalty: 0.002 })
  expect(input.lanes[0]).toMatchObject({ fixedCost: 1_500_000n, capacity: 100_000_000n, latencySeconds: 60 })
  for (const units of [0n, 1n, 999_999n, 1_000_000n, 123_456_789n]) {
    expect(amountFromText(amountToText(units))).toBe(units)
  }
})

describe('what is wrong is named', () => {
  const [first, second] = scenario.chains
  const [lane] = scenario.lanes
  test.each<[string, unknown]>([
    ['not JSON', '{'],
    ['horizonDays', { ...scenario, horizonDays: 0 }],
    ['horizon', { ...scenario, horizon: 3 }],
    ['chains[0].idle', { ...scenario, chains: [{ ...first, idle: '1.0000001' }, second] }],
    ['chains[0].idle', { ...scenario, chains: [{ ...first, idle: -1 }, second] }],
    ['chains[0].borrowed', { ...scenario, chains: [{ ...first, borrowed: 1e30 }, second] }],
    ['chains[0].curve', { ...scenario, chains: [{ ...first, curve: { kind: 'cubic' } }, second] }],
    ['chains[1].key', { ...scenario, chains: [first, { ...second, key: 'a' }] }],
    ['lanes[0].to', { ...scenario, lanes: [{ ...lane, to: 'x' }] }],
    ['lanes[0].capacity', { ...scenario, lanes: [{ ...lane, capacity: undefined }] }],
  ])('%s', (path, json) => {
    const attempt = () => loadScenario(json)
    expect(attempt).toThrow(InvalidScenarioError)
    expect(attempt).toThrow(path)
  })
})
