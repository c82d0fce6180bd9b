import { readFile } from 'node:fs/promises'
import { dirname, resolve } from 'node:path'
import { type Network, parseNetwork } from '@isobar/router-sdk'
import { parse } from 'yaml'
import { ConfigError } from './configError.js'
import { parseConfig } from './parseConfig.js'
import type { Config } from './schema.js'

export type LoadedConfig = { readonly config: Config; readonly network: Network }

/**
 * Reads a configuration file (YAML, of which JSON is a part) and the network file that it names.
 *
 * @throws {@link ConfigError}, {@link InvalidNetworkFileError}
 */
export async function loadConfig(path: string): Promise<LoadedConfig> {
  const file = resolve(path)
  const text = await readText(file, path, 'give the path of a configuration file with --config.')
  let value: unknown
  try {
    value = parse(text)
  } catch (error) {
    throw new ConfigError(path, [`not YAML: ${error instanceof Error ? error.message : error}`], {
      cause: error,
    })
  }
  const config = parseConfig(value, path)
  const networkFile = resolve(dirname(file), config.network)
  const network = parseNetwork(
    await readText(networkFile, path, "'network' is a path from the configuration file's folder."),
  )
  checkChains(config, network, path)
  return { config, network }
}

async function readText(file: string, source: string, advice: string): Promise<string> {
  try {
    return await readFile(file, 'utf8')
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    throw new ConfigError(source, [`${file} cannot be read: ${reason}`], { advice, cause: error })
  }
}

/** Names in the configuration must be chains of the network, and every chain of it needs a node. */
export function checkChains(config: Config, network: Network, source: string): void {
  const names = network.chains.map(({ name }) => name)
  const unknown = (where: string, name: string): string[] =>
    names.includes(name) ? [] : [`${where}: the network has no chain '${name}'; it has ${names.join(', ')}`]
  const problems = [
    ...Object.keys(config.chains).flatMap((name) => unknown(`chains.${name}`, name)),
    ...names.flatMap((name) =>
      config.chains[name] ? [] : [`chains: '${name}' is missing; it needs an rpcUrl or rpcUrlEnv`],
    ),
    ...config.agents.rebalancer.lanes.flatMap(({ from, to }, index) =>
      [...new Set([from, to])].flatMap((name) => unknown(`agents.rebalancer.lanes.${index}`, name)),
    ),
  ]
  if (problems.length > 0) throw new ConfigError(source, problems)
}
