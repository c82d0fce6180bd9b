import { z } from 'zod'
import { scenarioSchema } from './scenarioSchema.js'

/**
 * The JSON schema of scenario files as text, as committed in scenario.schema.json. After a change of the format:
 *
 *     ISOBAR_WRITE_SCHEMA=1 npx vitest run router-sdk/src/scenario
 */
export function writeScenarioSchema(): string {
  const schema = z.toJSONSchema(scenarioSchema, { io: 'input', reused: 'inline' })
  return `${JSON.stringify(schema, null, 2)}\n`
}
