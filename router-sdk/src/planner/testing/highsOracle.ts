import loadHighs from 'highs'
import type { PlanInput } from '../input.js'

/** Amounts in the oracle's programs are in thousands of the asset, costs in millionths: HiGHS's tolerances are absolute. */
const amountScale = 1e9
const costScale = 1e6

export interface Oracle {
  /** Gain of the best plan for a network with segment curves, in shared-decimal units. */
  readonly gain: (input: PlanInput) => number
}

/** HiGHS as an independent reference: the program is written from the input alone, fixed costs as binaries. */
export async function createOracle(): Promise<Oracle> {
  // Its types are written for CommonJS, where the loader would be a property of the module.
  const highs = await (loadHighs as unknown as typeof loadHighs.default)()
  return {
    gain: (input) => {
      const result = highs.solve(writeProgram(input), {
        mip_rel_gap: 0,
        mip_abs_gap: 1e-9,
        mip_feasibility_tolerance: 1e-10,
        primal_feasibility_tolerance: 1e-10,
        dual_feasibility_tolerance: 1e-10,
      })
      if (result.Status !== 'Optimal') throw new Error(`HiGHS ended with ${result.Status}`)
      return (result.ObjectiveValue * amountScale) / costScale
    },
  }
}

/** The program in CPLEX LP format. */
export function writeProgram(input: PlanInput): string {
  const years = input.horizonDays / 365
  const objective: string[] = []
  const rows: string[] = []
  const bounds: string[] = []
  const binaries: string[] = []
  for (const [i, chain] of input.chains.entries()) {
    if (chain.curve.kind !== 'segments') throw new Error('the oracle knows segment curves only')
    // Written as moves from the present idle, so that the objective is the gain itself, without cancellation.
    const idle = chain.idle + (chain.arrivals ?? 0n)
    const gained = [`+ r${i}`]
    const lost: string[] = []
    let start = 0n
    for (const [k, segment] of chain.curve.segments.entries()) {
      const end = start + segment.width
      const below = (idle < end ? idle : end) - start
      const price = costOf(years * segment.rate)
      if (below > 0n) {
        objective.push(`- ${price} d${i}_${k}`)
        bounds.push(`0 <= d${i}_${k} <= ${amountOf(below)}`)
        lost.push(`- d${i}_${k}`)
      }
      const above = segment.width - (below > 0n ? below : 0n)
      if (above > 0n) {
        objective.push(`+ ${price} s${i}_${k}`)
        bounds.push(`0 <= s${i}_${k} <= ${amountOf(above)}`)
        gained.push(`+ s${i}_${k}`)
      }
      start = end
    }
    if (idle > start) {
      bounds.push(`0 <= d${i}_r <= ${amountOf(idle - start)}`)
      lost.push(`- d${i}_r`)
    }
    bounds.push(`r${i} >= 0`)
    const into = input.lanes.flatMap((lane, e) => (lane.to === chain.key ? [`- x${e}`] : []))
    const out = input.lanes.flatMap((lane, e) => (lane.from === chain.key ? [`+ x${e}`] : []))
    const change = [...gained, ...lost].join(' ')
    rows.push(`b${i}: ${[change, ...into, ...out].join(' ')} = 0`)
    const spare = chain.idle - (chain.floor ?? 0n)
    if (out.length > 0) rows.push(`c${i}: ${out.join(' ')} <= ${amountOf(spare > 0n ? spare : 0n)}`)
    if (chain.ceiling === undefined) continue
    rows.push(`m${i}: ${change} <= ${amountOf(chain.ceiling > idle ? chain.ceiling - idle : 0n)}`)
  }
  for (const [e, lane] of input.lanes.entries()) {
    objective.push(`- ${costOf(lane.proportionalCost)} x${e}`)
    const minimum = lane.minimum ?? 0n
    bounds.push(`0 <= x${e} <= ${amountOf(lane.capacity)}`)
    if (lane.fixedCost === 0n && minimum === 0n) continue
    objective.push(`- ${Number(lane.fixedCost) * (costScale / amountScale)} y${e}`)
    const idle = input.chains.find((chain) => chain.key === lane.from)!.idle
    rows.push(`u${e}: x${e} - ${Math.min(amountOf(lane.capacity), amountOf(idle))} y${e} <= 0`)
    rows.push(`q${e}: x${e} - ${amountOf(minimum)} y${e} >= 0`)
    binaries.push(`y${e}`)
  }
  return [
    'Maximize',
    ` obj: ${objective.join('\n  ') || '0 r0'}`,
    'Subject To',
    // HiGHS reads lines of up to 560 characters.
    ...rows.map((row) => ` ${row.replaceAll(/ (?=[+-] x)/g, '\n  ')}`),
    'Bounds',
    ...bounds.map((bound) => ` ${bound}`),
    ...(binaries.length > 0 ? ['Binary', ` ${binaries.join('\n ')}`] : []),
    'End',
  ].join('\n')
}

function amountOf(units: bigint): number {
  return Number(units) / amountScale
}

function costOf(fraction: number): number {
  return fraction * costScale
}
