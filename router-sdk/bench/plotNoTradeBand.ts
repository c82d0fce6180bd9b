import { writeFileSync } from 'node:fs'
import { planRebalance } from '../src/planner/planRebalance.js'

/**
 * Draws docs/noTradeBand.svg: what planRebalance leaves of a gap in utilization between two equal vaults.
 *
 *     node --no-deprecation --import ./script/register.mjs router-sdk/bench/plotNoTradeBand.ts
 */
const million = 1_000_000_000000n
const resting = 60
const lines = [
  { fixedCost: 0, colour: '#2a78d6', label: 'no fixed cost' },
  { fixedCost: 20, colour: '#1baf7a', label: '$20 a move' },
  { fixedCost: 100, colour: '#eb6834', label: '$100 a move' },
]
const width = 680
const height = 400
const left = 64
const right = 150
const top = 20
const bottom = 52
const most = 30
const x = (gap: number) => left + (gap / most) * (width - left - right)
const y = (gap: number) => height - bottom - (gap / most) * (height - top - bottom)

function gapAfter(gap: number, fixedCost: number): number {
  const chain = (key: string, utilization: number) => {
    const borrowed = (5n * million * BigInt(Math.round(utilization * 1e6))) / 100_000_000n
    const curve = {
      kind: 'kinked',
      base: 0,
      slope1: 0.06,
      slope2: 0.75,
      optimum: 0.92,
      reserveFactor: 0.1,
    } as const
    return { key, borrowed, idle: 5n * million - borrowed, curve }
  }
  const plan = planRebalance({
    horizonDays: 7,
    chains: [chain('short', resting + gap), chain('rich', resting)],
    lanes: [
      {
        from: 'rich',
        to: 'short',
        proportionalCost: 0.0001,
        fixedCost: BigInt(fixedCost) * 1_000_000n,
        capacity: 5n * million,
      },
    ],
  })
  const after = (key: string) => plan.chains.find((outcome) => outcome.key === key)!.utilizationAfter * 100
  return after('short') - after('rich')
}

const grid = [0, 5, 10, 15, 20, 25, 30].map(
  (at) =>
    `<line x1="${left}" x2="${width - right}" y1="${y(at)}" y2="${y(at)}" stroke="#e4e4e0"/>` +
    `<text x="${left - 8}" y="${y(at) + 4}" text-anchor="end">${at}</text>` +
    `<text x="${x(at)}" y="${height - bottom + 18}" text-anchor="middle">${at}</text>`,
)
const curves = lines.map(({ fixedCost, colour, label }, index) => {
  const gaps = Array.from({ length: 10 * most + 1 }, (_, k) => k / 10)
  const points = gaps.map((gap) => `${x(gap).toFixed(1)},${y(gapAfter(gap, fixedCost)).toFixed(1)}`)
  const key = top + 12 + 20 * index
  return (
    `<polyline points="${points.join(' ')}" fill="none" stroke="${colour}" stroke-width="2"/>` +
    `<line x1="${width - right + 12}" x2="${width - right + 32}" y1="${key}" y2="${key}" stroke="${colour}" stroke-width="2"/>` +
    `<text x="${width - right + 38}" y="${key + 4}">${label}</text>`
  )
})
const svg = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" font-family="system-ui, sans-serif" font-size="12" fill="#52514e">
<title>Gap in utilization before and after a plan, for three fixed costs</title>
<rect width="${width}" height="${height}" fill="#fcfcfb"/>
${grid.join('\n')}
<line x1="${x(0)}" y1="${y(0)}" x2="${x(most)}" y2="${y(most)}" stroke="#a3a29c" stroke-dasharray="4 4"/>
${curves.join('\n')}
<text x="${x(most / 2)}" y="${height - 10}" text-anchor="middle">gap in utilization before, points</text>
<text transform="translate(18 ${y(most / 2)}) rotate(-90)" text-anchor="middle">gap after, points</text>
</svg>
`
writeFileSync(new URL('../../docs/noTradeBand.svg', import.meta.url), svg)
