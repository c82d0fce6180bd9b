import { z } from 'zod'
import { ConfigError } from './configError.js'
import { type AgentSettings, type Config, type ConfigInput, configSchema } from './schema.js'

/**
 * Checks a configuration and fills in its defaults.
 *
 * @param source - where it came from, for errors.
 * @throws {@link ConfigError} naming every mistake; for an unknown key, also the keys that are allowed there.
 *
 * @example
 * ```ts
 * import { parseConfig } from '@isobar/relayer'
 *
 * const config = parseConfig({
 *   network: './deployments/mainnet.json',
 *   privateKeyEnv: 'ISOBAR_KEY',
 *   chains: { ethereum: { rpcUrlEnv: 'ETHEREUM_RPC' }, base: { rpcUrlEnv: 'BASE_RPC' } },
 * })
 * ```
 */
export function parseConfig(input: ConfigInput | unknown, source = 'object'): Config {
  return parse(configSchema, input, source)
}

/** The agents' settings alone, with defaults: for those who put a relayer together in code. */
export function parseAgentSettings(input: ConfigInput['agents'] = {}): AgentSettings {
  return parse(configSchema.shape.agents, input, 'agents')
}

function parse<schema extends z.ZodType>(schema: schema, input: unknown, source: string): z.output<schema> {
  const result = schema.safeParse(input)
  if (result.success) return result.data
  throw new ConfigError(
    source,
    result.error.issues.flatMap((issue) => describeIssue(schema, issue)),
  )
}

function describeIssue(schema: z.ZodType, issue: z.core.$ZodIssue): string[] {
  const where = issue.path.length > 0 ? `${issue.path.join('.')}: ` : ''
  if (issue.code !== 'unrecognized_keys') return [`${where}${issue.message}`]
  const allowed = allowedKeys(schema, issue.path)
  return issue.keys.map((key) => {
    const hint =
      /key$/i.test(key) && /private|secret/i.test(key)
        ? ' (keys come from the environment: privateKeyEnv)'
        : ''
    return `${where}unknown key '${key}'; allowed here: ${allowed.join(', ')}${hint}`
  })
}

/** The keys of the object that a path leads to. */
function allowedKeys(schema: z.ZodType, path: readonly PropertyKey[]): string[] {
  let current: unknown = schema
  for (const part of path) {
    const outer = unwrap(current)
    if (outer instanceof z.ZodObject) current = outer.shape[String(part)]
    else if (outer instanceof z.ZodRecord) current = outer.valueType
    else if (outer instanceof z.ZodArray) current = outer.element
  }
  const inner = unwrap(current)
  return inner instanceof z.ZodObject ? Object.keys(inner.shape) : []
}

function unwrap(schema: unknown): unknown {
  let inner = schema
  while (inner instanceof z.ZodOptional || inner instanceof z.ZodDefault || inner instanceof z.ZodPrefault) {
    inner = inner.unwrap()
  }
  return inner
}
