import { type Address, encodeFunctionData, type Hex } from 'viem'
import { laneRouterAbi, oftRailAbi } from '../abi/index.js'
import { configureOApp } from '../layerzero/configureOApp.js'
import { encodeOptions } from '../layerzero/options.js'
import { addressToBytes32 } from '../layerzero/packet.js'
import type { NetworkChain } from '../network/network.js'
import type { ParsedChainDescription, ParsedNetworkDescription } from './networkDescription.js'
import type { DeploymentStep } from './pipeline.js'

/** Gas that a delivery must bring, as the router's constants say. */
export interface MessageGas {
  readonly statement: bigint
  readonly order: bigint
}

/** Message kinds of the router's enforced options. */
const STATEMENT = 1
const ORDERS = 2
/** What the endpoint does around a delivery, the first message of a path included. */
const ENDPOINT_GAS = 70_000n
const CALL_GAS = 300_000n
const CONFIG_GAS_PER_PATH = 500_000n

const options = (gas: bigint): Hex => encodeOptions([{ type: 'receive', gas: gas + ENDPOINT_GAS }])

/** The terms of the lane that the vault on `from` keeps with the vault on `to`. */
export function laneTerms(
  { lanes }: Pick<ParsedNetworkDescription, 'lanes'>,
  from: string,
  to: string,
): ParsedNetworkDescription['lanes']['default'] {
  const { default: terms, overrides } = lanes
  const own = overrides.find((override) => override.from === from && override.to === to)
  return {
    cap: own?.cap ?? terms.cap,
    maxCredit: own?.maxCredit ?? terms.maxCredit,
    creditTarget: own?.creditTarget ?? terms.creditTarget,
  }
}

export interface WiringParameters {
  readonly description: ParsedNetworkDescription
  readonly chain: Omit<NetworkChain, 'deployedAt'>
  readonly remotes: readonly Omit<NetworkChain, 'deployedAt'>[]
  readonly gas: MessageGas
  /** Whether the OFT's LayerZero settings are made explicit too; its delegate must be the deployer. */
  readonly configureOft: boolean
}

/**
 * Plans what joins a chain with the others: explicit LayerZero settings for every path, peers, enforced options, terms.
 * Settings come before peers, so that no path is open under settings that are not ours.
 */
export function planWiring(parameters: WiringParameters): DeploymentStep[] {
  const { description, chain, remotes, gas, configureOft } = parameters
  const { router, rail } = chain.isobar
  const { layerzero } = chain
  const confirmationsOf = (name: string): bigint => {
    const found = description.chains.find((other: ParsedChainDescription) => other.name === name)!
    return BigInt(found.confirmations)
  }
  const configure = (label: string, oapp: Address): DeploymentStep[] => {
    const paths = remotes.map((remote) => ({
      remoteEid: remote.eid,
      sendConfirmations: confirmationsOf(chain.name),
      receiveConfirmations: confirmationsOf(remote.name),
      requiredDvns: layerzero.dvns,
      executor: layerzero.executor,
    }))
    const calls = configureOApp({ ...layerzero, oapp, paths })
    const perCall = CALL_GAS + CONFIG_GAS_PER_PATH * BigInt(remotes.length)
    return calls.map((call) => ({ ...call, label: `configure LayerZero of the ${label}`, gas: perCall }))
  }
  const enforced = remotes.flatMap(({ eid }) => [
    { eid, msgType: STATEMENT, options: options(gas.statement) },
    { eid, msgType: ORDERS, options: options(gas.statement + gas.order) },
  ])
  const call = (label: string, to: Address, data: Hex): DeploymentStep => ({ label, to, data, gas: CALL_GAS })
  return [
    ...configure('router', router),
    ...(configureOft ? configure('OFT', chain.asset.oft) : []),
    {
      ...call(
        'set enforced options',
        router,
        encodeFunctionData({ abi: laneRouterAbi, functionName: 'setEnforcedOptions', args: [enforced] }),
      ),
      gas: CALL_GAS * BigInt(remotes.length),
    },
    ...remotes.flatMap((remote) => {
      const routerPeer = [remote.eid, addressToBytes32(remote.isobar.router)] as const
      const railPeer = [remote.eid, addressToBytes32(remote.isobar.rail)] as const
      const terms = [remote.eid, laneTerms(description, chain.name, remote.name)] as const
      const toRouter = { abi: laneRouterAbi } as const
      return [
        call(
          `set the router's peer on ${remote.name}`,
          router,
          encodeFunctionData({ ...toRouter, functionName: 'setPeer', args: routerPeer }),
        ),
        call(
          `set the rail's peer on ${remote.name}`,
          rail,
          encodeFunctionData({ abi: oftRailAbi, functionName: 'setRailPeer', args: railPeer }),
        ),
        call(
          `set the lane's terms for ${remote.name}`,
          router,
          encodeFunctionData({ ...toRouter, functionName: 'setLaneTerms', args: terms }),
        ),
      ]
    }),
  ]
}
