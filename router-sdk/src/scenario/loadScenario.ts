import { z } from 'zod'
import { checkInput } from '../planner/checkInput.js'
import type { PlanInput } from '../planner/input.js'
import { InvalidPlanInput } from '../planner/invalidPlanInput.js'
import { InvalidScenarioError } from './InvalidScenarioError.js'
import { scenarioSchema } from './scenarioSchema.js'

export interface Scenario {
  readonly name: string
  readonly description?: string
  /** What `planRebalance` takes; amounts in shared-decimal units. */
  readonly input: PlanInput
}

/**
 * A network described in JSON: the text of a scenario file, or what JSON.parse made of it. The format is that
 * of docs/scenario.md and of the schema in `@isobar/router-sdk/scenario.schema.json`.
 *
 * @throws {@link InvalidScenarioError} with a line for every problem.
 *
 * @example
 * ```ts
 * import { readFile } from 'node:fs/promises'
 * import { planRebalance } from '@isobar/router-sdk/planner'
 * import { loadScenario } from '@isobar/router-sdk/scenario'
 *
 * const { input } = loadScenario(await readFile('examples/scenarios/threeChains.json', 'utf8'))
 * const plan = planRebalance(input)
 * ```
 */
export function loadScenario(json: unknown): Scenario {
  const result = scenarioSchema.safeParse(typeof json === 'string' ? parseText(json) : json)
  if (!result.success) throw new InvalidScenarioError(problems(result.error), result.error)
  const { name, description, horizonDays, latencyRate, chains, lanes } = result.data
  const input = withoutUndefined({ horizonDays, latencyRate, chains, lanes }) as PlanInput
  try {
    checkInput(input)
  } catch (error) {
    if (error instanceof InvalidPlanInput) throw new InvalidScenarioError([error.message], error)
    throw error
  }
  return { name, ...(description === undefined ? {} : { description }), input }
}

function parseText(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    throw new InvalidScenarioError([`not JSON: ${String(error)}`], error)
  }
}

function problems(error: z.ZodError): string[] {
  return error.issues.map((issue) => {
    const path = z.core.toDotPath(issue.path)
    return path === '' ? issue.message : `${path}: ${issue.message}`
  })
}

function withoutUndefined<T extends object>(value: T): Partial<T> {
  return Object.fromEntries(Object.entries(value).filter(([, field]) => field !== undefined)) as Partial<T>
}
