import type { NetworkClients } from '@isobar/router-sdk'
import { createPublicClient, type Hex, http, type LocalAccount, parseGwei } from 'viem'
import { generatePrivateKey, privateKeyToAccount } from 'viem/accounts'
import { type ChainOptions, createRelayerChains } from '../createRelayerChains.js'
import { createRelayer, type Relayer, type RelayerOptions } from '../daemon.js'
import { ConfigError } from './configError.js'
import type { LoadedConfig } from './loadConfig.js'
import type { ChainConfig } from './schema.js'

type Environment = Readonly<Record<string, string | undefined>>

/** What a configuration leaves to code. */
export type FromConfigOptions = Pick<RelayerOptions, 'store' | 'clock'> & {
  readonly environment: Environment
  /** Takes any key: for dry runs, which send nothing. */
  readonly withoutKeys?: boolean
}

/**
 * A relayer as its configuration describes it, with the keys and addresses that come from the environment.
 *
 * @throws {@link ConfigError} naming the variables that are missing or are not what they should be.
 */
export function relayerFromConfig({ config, network }: LoadedConfig, options: FromConfigOptions): Relayer {
  const { environment, withoutKeys = false, store, clock } = options
  const problems: string[] = []
  const accountFrom = (name: string): LocalAccount =>
    privateKeyToAccount(withoutKeys ? generatePrivateKey() : readKey(environment, name, problems))
  const account = accountFrom(config.privateKeyEnv)
  const clients: NetworkClients = Object.fromEntries(
    network.chains.map(({ name }) => {
      const url = rpcUrl(name, config.chains[name]!, environment, problems)
      return [name, createPublicClient({ transport: http(url, { batch: true }) })]
    }),
  )
  const chainOptions = Object.fromEntries(
    Object.entries(config.chains).map(([name, { confirmations, maxFeePerGasGwei, gas, privateKeyEnv }]) => {
      const chain: ChainOptions = {
        confirmations,
        maxFeePerGas: maxFeePerGasGwei === undefined ? undefined : parseGwei(String(maxFeePerGasGwei)),
        gas: Object.fromEntries(Object.entries(gas).map(([kind, units]) => [kind, BigInt(units)])),
        account: privateKeyEnv === undefined ? undefined : accountFrom(privateKeyEnv),
      }
      return [name, chain]
    }),
  )
  if (problems.length > 0)
    throw new ConfigError('environment', problems, { advice: 'set the variables and start again.' })
  return createRelayer({
    ...{ network, clients, store, clock },
    chains: createRelayerChains({ network, clients, account, options: chainOptions, clock }),
    agents: config.agents,
    tickMs: config.tickSeconds * 1000,
    receiptWaitMs: config.receiptWaitSeconds * 1000,
    maxChainLag: config.staleness.maxChainLagSeconds,
    maxBlockAge: config.staleness.maxBlockAgeSeconds,
  })
}

/** Never puts the value into an error: it may be a key with a typing mistake. */
function readKey(environment: Environment, name: string, problems: string[]): Hex {
  const value = environment[name]?.trim()
  const key = value?.startsWith('0x') ? value : `0x${value}`
  if (value && /^0x[0-9a-fA-F]{64}$/.test(key)) return key as Hex
  problems.push(
    value
      ? `${name}: not a private key, which has 64 hexadecimal digits`
      : `${name}: not set; it holds the relayer's private key`,
  )
  // The caller throws once all problems are known; this key is not used.
  return generatePrivateKey()
}

function rpcUrl(
  chain: string,
  { rpcUrl, rpcUrlEnv }: ChainConfig,
  environment: Environment,
  problems: string[],
): string {
  if (rpcUrl !== undefined) return rpcUrl
  const value = environment[rpcUrlEnv!]?.trim()
  if (value && URL.canParse(value)) return value
  problems.push(
    `${rpcUrlEnv}: ${value ? 'not a URL' : 'not set'}; it holds the address of the node of '${chain}'`,
  )
  return 'http://unset.invalid'
}
