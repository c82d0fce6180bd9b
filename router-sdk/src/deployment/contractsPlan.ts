import {
  type Abi,
  type Address,
  encodeDeployData,
  encodeFunctionData,
  getContractAddress,
  type Hex,
} from 'viem'
import { creditMarketAbi, laneRouterAbi } from '../abi/index.js'
import { encodeFloat24 } from '../network/float.js'
import type { NetworkChain } from '../network/network.js'
import { type ContractArtifact, isobarArtifacts } from './artifacts.js'
import { linkLibraries } from './linkLibraries.js'
import type { ParsedChainDescription, ParsedNetworkDescription } from './networkDescription.js'
import type { DeploymentStep } from './pipeline.js'

/** What will be on a chain, and the transactions that put it there. */
export interface ContractsPlan {
  readonly chain: Omit<NetworkChain, 'deployedAt'>
  readonly steps: readonly DeploymentStep[]
}

const SECONDS_PER_YEAR = 365n * 24n * 3600n
/** 200 gas a byte of code, 16 a byte of data and the constructor; the largest contract takes 5.6 million. */
const CREATE_GAS = 7_000_000n
const CALL_GAS = 400_000n

/**
 * Plans one chain's contracts. Each address is known before any of them exists: it follows from the deployer's nonce.
 *
 * @param nonce Nonce of the first transaction.
 */
export function planContracts(
  { maxInterestRate }: Pick<ParsedNetworkDescription, 'maxInterestRate'>,
  chain: ParsedChainDescription,
  deployer: Address,
  nonce: number,
): ContractsPlan {
  const steps: DeploymentStep[] = []
  const addressAfter = (created: number): Address =>
    getContractAddress({ from: deployer, nonce: BigInt(nonce + created) })
  const create = (
    name: string,
    { abi, bytecode }: Pick<ContractArtifact, 'abi' | 'bytecode'>,
    args: readonly unknown[],
  ): Address => {
    const address = addressAfter(steps.length)
    const data = encodeDeployData<Abi>({ abi, bytecode, args: [...args] })
    steps.push({ label: `create ${name}`, data, gas: CREATE_GAS })
    return address
  }
  const call = (label: string, to: Address, data: Hex): void => {
    steps.push({ label, to, data, gas: CALL_GAS })
  }

  const { asset, vault: terms, limits } = chain
  const { endpoint } = chain.layerzero
  const model = terms.rateModel
  const laneKeeping = create('LaneKeeping', isobarArtifacts.laneKeeping, [])
  const rateModel = create('KinkedRateModel', isobarArtifacts.kinkedRateModel, [
    model.baseRate,
    model.slopeBelow,
    model.slopeAbove,
    model.optimalUtilization,
  ])
  const collaterals = chain.collaterals.map(({ symbol, token, decimals, feed, maxAge }) => {
    const args = [feed, decimals, asset.decimals, BigInt(maxAge)]
    const oracle = create(`ChainlinkOracle of ${symbol}`, isobarArtifacts.chainlinkOracle, args)
    return { symbol, token, decimals, oracle, feed }
  })
  // The vault is created first and names the three that follow it.
  const [market, router, rail] = [1, 2, 3].map((later) => addressAfter(steps.length + later)) as [
    Address,
    Address,
    Address,
  ]
  const vault = create('Vault', isobarArtifacts.vault, [
    {
      asset: asset.token,
      name: terms.name ?? `Isobar ${asset.symbol}`,
      symbol: terms.symbol ?? `iso${asset.symbol}`,
      market,
      router,
      rateModel,
      reserveFactor: terms.reserveFactor,
      leverageLimit: terms.leverageLimit,
      averagingPeriod: BigInt(terms.averagingPeriod),
      vestingPeriod: BigInt(terms.vestingPeriod),
    },
  ])
  create('CreditMarket', isobarArtifacts.creditMarket, [vault, deployer])
  const { abi } = isobarArtifacts.laneRouter
  const bytecode = linkLibraries(isobarArtifacts.laneRouter, { LaneKeeping: laneKeeping })
  const maxRatePerSecond = maxInterestRate / SECONDS_PER_YEAR
  create('LaneRouter', { abi, bytecode }, [endpoint, vault, rail, maxRatePerSecond, deployer])
  create('OftRail', isobarArtifacts.oftRail, [endpoint, chain.eid, asset.oft, router, deployer])

  for (const [index, collateral] of chain.collaterals.entries()) {
    const { token, symbol, borrowFactor, liquidationThreshold, debtCeiling } = collateral
    const { oracle } = collaterals[index]!
    const data = encodeFunctionData({
      abi: creditMarketAbi,
      functionName: 'listCollateral',
      args: [token, { oracle, borrowFactor, liquidationThreshold, debtCeiling }],
    })
    call(`list collateral ${symbol}`, market, data)
  }
  const float = (amount: bigint): number => Number(encodeFloat24(amount))
  const bounds = {
    ...limits,
    cashFloor: float(limits.cashFloor),
    minimumMove: float(limits.minimumMove),
    minimumTransfer: float(limits.minimumTransfer),
  }
  call(
    'set limits',
    router,
    encodeFunctionData({ abi: laneRouterAbi, functionName: 'setLimits', args: [bounds] }),
  )

  const { name, chainId, eid, multicall3, layerzero } = chain
  const dvns = [...layerzero.dvns].sort((a, b) => (BigInt(a) < BigInt(b) ? -1 : 1))
  return {
    chain: {
      ...{ name, chainId, eid, multicall3, asset, collaterals },
      layerzero: { ...layerzero, dvns },
      isobar: { rateModel, vault, market, router, rail },
    },
    steps,
  }
}
