// Measures gas and contract sizes beside their limits: `npm run gas`, or with `--json` one object on stdout. Every
// figure is one cold transaction (21,000 and calldata included); the figures are in snapshots/gas.json. With
// `--check` it ends with 1 when a limit is passed.
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { run } from './build/run.js'

interface Reading {
  readonly name: string
  readonly measured: number
  readonly limit: number
}

const SNAPSHOT = 'snapshots/gas.json'
/** EIP-170, bytes. */
const SIZE_LIMIT = 24_576

/** Gas at most, by the name of the snapshot; the lending rows are the best of the lending markets measured beside. */
const GAS_LIMITS: Readonly<Record<string, number>> = {
  'supply, first by user': 112_000,
  'supply again': 95_000,
  'withdraw part': 94_000,
  'supply collateral, first': 71_000,
  'borrow, first': 101_000,
  'repay part': 95_000,
  'transfer as creditor': 110_000,
  'transfer as debtor': 113_000,
  'payout to a holder': 90_000,
  'payout with interest accepted': 104_000,
  'payout to a new holder': 109_000,
  'bare statement': 53_000,
}

const CONTRACTS = [
  'Vault',
  'CreditMarket',
  'LaneRouter',
  'LaneKeeping',
  'OftRail',
  'KinkedRateModel',
  'ChainlinkOracle',
]

function gasReadings(): Reading[] {
  if (!existsSync(SNAPSHOT)) throw new Error(`${SNAPSHOT} was not written: do the tests in test/gas pass?`)
  const snapshot: Record<string, string> = JSON.parse(readFileSync(SNAPSHOT, 'utf8'))
  return Object.entries(GAS_LIMITS).map(([name, limit]) => {
    const measured = snapshot[name]
    if (measured === undefined) throw new Error(`${SNAPSHOT} has no reading of "${name}".`)
    return { name, measured: Number(measured), limit }
  })
}

function sizeReadings(): Reading[] {
  return CONTRACTS.map((name) => {
    const artifact = JSON.parse(readFileSync(join('out', `${name}.sol`, `${name}.json`), 'utf8'))
    // 0x, then two digits a byte; places where a library is linked have the length of an address.
    const measured = artifact.deployedBytecode.object.length / 2 - 1
    return { name, measured, limit: SIZE_LIMIT }
  })
}

function table(title: string, unit: string, readings: readonly Reading[]): string {
  const number = (value: number) => value.toLocaleString('en-US').padStart(9)
  const rows = readings.map(({ name, measured, limit }) => {
    const over = measured > limit ? `  over by ${(measured - limit).toLocaleString('en-US')}` : ''
    return `${name.padEnd(32)}${number(measured)}${number(limit)}${over}`
  })
  return [`${title.padEnd(32)}${unit.padStart(9)}${'limit'.padStart(9)}`, ...rows].join('\n')
}

// Tests without the optimizer, on the contracts that the build has compiled.
process.env.FOUNDRY_PROFILE = 'test'
run('forge', ['test', '--match-path', 'test/gas/*'])
const gas = gasReadings()
const sizes = sizeReadings()
if (process.argv.includes('--json')) {
  console.log(JSON.stringify({ gas, sizes }, null, 2))
} else {
  console.log(`\n${table('operation', 'gas', gas)}\n\n${table('contract', 'bytes', sizes)}`)
}
if (process.argv.includes('--check') && [...gas, ...sizes].some(({ measured, limit }) => measured > limit))
  process.exitCode = 1
