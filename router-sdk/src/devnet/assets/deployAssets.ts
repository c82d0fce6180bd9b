import { type Address, encodeFunctionData, getContractAddress, type Hex } from 'viem'
import { testFeedAbi } from '../../abi/devnet/index.js'
import { encodeOptions } from '../../layerzero/options.js'
import { addressToBytes32 } from '../../layerzero/packet.js'
import type { DevnetAccounts } from '../accounts.js'
import type { LocalChain } from '../chain/createChain.js'
import type { LayerZeroDeployment } from '../layerzero/deployProtocol.js'
import { localOAppConfig } from '../layerzero/oappPaths.js'
import { testFeedArtifact, testOftAdapterArtifact, testOftArtifact, testTokenArtifact } from './artifacts.js'
import { oappAbi } from './oappAbi.js'

/** A local chain with LayerZero V2 on it. */
export interface ProtocolChain extends LocalChain {
  readonly layerzero: LayerZeroDeployment
}

/** A local chain with the asset, a collateral token and its price feed. */
export interface AssetChain extends ProtocolChain {
  /** The ERC-20 that vaults hold. */
  readonly asset: Address
  /** The IOFT that moves it: the adapter on the first chain, the asset itself on the others. */
  readonly oft: Address
  /** Decimals of the asset here; LayerZero's shared decimals are 6. */
  readonly decimals: number
  /** An 18-decimals ERC-20 that the deployer mints. */
  readonly collateral: Address
  /** Chainlink-style price of the collateral in the asset, 8 decimals. */
  readonly feed: Address
}

export interface AssetOptions {
  readonly name?: string
  readonly symbol?: string
  /** Price of a unit of collateral, 8 decimals. */
  readonly collateralPrice?: bigint
}

export const COLLATERAL_DECIMALS = 18
const FEED_DECIMALS = 8
const DEFAULT_COLLATERAL_PRICE = 3_000n * 10n ** 8n
const SEND = 1
const SEND_AND_CALL = 2
/** Gas of the first delivery on a path, plus 30 %: a first message costs over twice a later one. */
const SEND_GAS = 120_000n
const SEND_AND_CALL_GAS = 180_000n

/** The home chain has the 6-decimals ERC-20 itself; the others alternate, so that both conversions are always tested. */
const assetDecimals = (index: number): number => (index % 2 === 1 ? 18 : 6)

async function deployTokens(
  chain: ProtocolChain,
  index: number,
  owner: DevnetAccounts['deployer'],
  options: AssetOptions,
) {
  const { name = 'USD Coin', symbol = 'USDC', collateralPrice = DEFAULT_COLLATERAL_PRICE } = options
  const decimals = assetDecimals(index)
  const { endpoint } = chain.layerzero
  const deploy = (artifact: typeof testTokenArtifact, args: readonly unknown[]): Promise<Address> =>
    chain.sender.deploy({ account: owner, ...artifact, args })
  const deployHome = async () => {
    const nonce = BigInt(await chain.publicClient.getTransactionCount({ address: owner.address }))
    const predicted = getContractAddress({ from: owner.address, nonce })
    const [asset, oft] = await Promise.all([
      deploy(testTokenArtifact, [name, symbol, decimals, owner.address]),
      deploy(testOftAdapterArtifact, [predicted, endpoint, owner.address]),
    ])
    return { asset, oft }
  }
  const deployRemote = async () => {
    const oft = await deploy(testOftArtifact, [name, symbol, decimals, endpoint, owner.address])
    return { asset: oft, oft }
  }
  const { asset, oft } = index === 0 ? await deployHome() : await deployRemote()
  const [collateral, feed] = await Promise.all([
    deploy(testTokenArtifact, ['Wrapped Ether', 'WETH', COLLATERAL_DECIMALS, owner.address]),
    deploy(testFeedArtifact, [FEED_DECIMALS, `WETH / ${symbol}`, collateralPrice]),
  ])
  return { ...chain, asset, oft, decimals, collateral, feed }
}

function meshCalls(
  chain: AssetChain,
  others: readonly AssetChain[],
  confirmations: bigint,
): { to: Address; data: Hex }[] {
  const enforced = others.flatMap(({ eid }) => [
    { eid, msgType: SEND, options: encodeOptions([{ type: 'receive', gas: SEND_GAS }]) },
    { eid, msgType: SEND_AND_CALL, options: encodeOptions([{ type: 'receive', gas: SEND_AND_CALL_GAS }]) },
  ])
  const toOft = (data: Hex) => ({ to: chain.oft, data })
  return [
    ...others.map((other) => {
      const args = [other.eid, addressToBytes32(other.oft)] as const
      return toOft(encodeFunctionData({ abi: oappAbi, functionName: 'setPeer', args }))
    }),
    toOft(encodeFunctionData({ abi: oappAbi, functionName: 'setEnforcedOptions', args: [enforced] })),
    ...localOAppConfig({
      oapp: chain.oft,
      layerzero: chain.layerzero,
      remoteEids: others.map((other) => other.eid),
      confirmations,
    }),
    {
      to: chain.feed,
      data: encodeFunctionData({ abi: testFeedAbi, functionName: 'setAlwaysFresh', args: [true] }),
    },
  ]
}

/**
 * Deploys one asset as a mesh: the ERC-20 and its lockbox on the first chain, OFTs on the others, all joined with
 * explicit security settings. Nothing is minted: supply of other chains arrives by real sends.
 */
export async function deployAssets(parameters: {
  readonly chains: readonly ProtocolChain[]
  readonly accounts: DevnetAccounts
  readonly confirmations: bigint
  readonly options?: AssetOptions
}): Promise<AssetChain[]> {
  const { chains, accounts, confirmations, options = {} } = parameters
  const owner = accounts.deployer
  const deployed = await Promise.all(chains.map((chain, index) => deployTokens(chain, index, owner, options)))
  const calls = deployed.flatMap((chain) => {
    const others = deployed.filter((other) => other !== chain)
    return meshCalls(chain, others, confirmations).map((call) =>
      chain.sender.transact({ account: owner, ...call }),
    )
  })
  await Promise.all(calls)
  return deployed
}
