import type { NetworkDescription } from '../deployment/networkDescription.js'
import { type AssetChain, COLLATERAL_DECIMALS } from './assets/deployAssets.js'

type ChainDescription = NetworkDescription['chains'][number]
type CollateralTerms = Omit<ChainDescription['collaterals'][number], 'symbol' | 'token' | 'decimals' | 'feed'>
type VaultTerms = Omit<ChainDescription['vault'], 'rateModel'>
type RateModel = ChainDescription['vault']['rateModel']

/** Terms of one chain's contracts that differ from the defaults. */
export interface ChainTermsOverrides {
  readonly vault?: Partial<VaultTerms>
  readonly rateModel?: Partial<RateModel>
  readonly limits?: Partial<ChainDescription['limits']>
  readonly collateral?: Partial<CollateralTerms>
}

/** What a devnet's network has that differs from the defaults: for all chains, then for single ones by name. */
export interface DevnetNetworkOverrides extends ChainTermsOverrides {
  readonly name?: string
  readonly maxInterestRate?: NetworkDescription['maxInterestRate']
  readonly lanes?: {
    readonly default?: Partial<NetworkDescription['lanes']['default']>
    readonly overrides?: NetworkDescription['lanes']['overrides']
  }
  readonly chains?: Readonly<Record<string, ChainTermsOverrides>>
}

const HOUR = 3600

const VAULT: VaultTerms = {
  reserveFactor: 0.1,
  leverageLimit: 1,
  averagingPeriod: 4 * HOUR,
  vestingPeriod: 6 * HOUR,
}
const RATE_MODEL: RateModel = { baseRate: 0, slopeBelow: 0.04, slopeAbove: 0.75, optimalUtilization: 0.9 }
const LIMITS: ChainDescription['limits'] = {
  deadBand: 0.04,
  statementMaxAge: 1_800,
  moveInterval: 600,
  reservedShare: 0.25,
  peerShare: 0.5,
  grantUtilization: 0.9,
  cashFloor: 1_000,
  minimumMove: 100,
  minimumTransfer: 1,
}
const COLLATERAL: CollateralTerms = {
  maxAge: 72 * HOUR,
  borrowFactor: 0.8,
  liquidationThreshold: 0.85,
  debtCeiling: 10_000_000,
}
const LANE = { cap: 400_000, maxCredit: 200_000, creditTarget: 20_000 }
/** Twice what any rate model in use pays. */
const MAX_INTEREST_RATE = 2

/**
 * Describes the Isobar network of a devnet, with terms as they would be in production.
 *
 * @example
 * const description = describeDevnet(devnet, { lanes: { default: { cap: 1_000_000 } } })
 * const network = await deployNetwork(description, { clients, account: devnet.accounts.deployer })
 */
export function describeDevnet(
  devnet: {
    readonly chains: readonly AssetChain[]
    readonly confirmations: bigint
  },
  overrides: DevnetNetworkOverrides = {},
): NetworkDescription {
  const { name = 'devnet', maxInterestRate = MAX_INTEREST_RATE, lanes, chains = {} } = overrides
  return {
    name,
    local: true,
    maxInterestRate,
    chains: devnet.chains.map((chain) => {
      const own = chains[chain.name] ?? {}
      const { endpoint, sendLibrary, receiveLibrary, executor, dvns } = chain.layerzero
      return {
        name: chain.name,
        chainId: chain.chainId,
        eid: chain.eid,
        rpcUrl: chain.rpcUrl,
        multicall3: chain.multicall3,
        confirmations: Number(devnet.confirmations),
        layerzero: { endpoint, sendLibrary, receiveLibrary, executor, dvns: [...dvns] },
        asset: { symbol: 'USDC', token: chain.asset, oft: chain.oft, decimals: chain.decimals },
        collaterals: [
          {
            ...{ symbol: 'WETH', token: chain.collateral, decimals: COLLATERAL_DECIMALS, feed: chain.feed },
            ...{ ...COLLATERAL, ...overrides.collateral, ...own.collateral },
          },
        ],
        vault: {
          ...{ ...VAULT, ...overrides.vault, ...own.vault },
          rateModel: { ...RATE_MODEL, ...overrides.rateModel, ...own.rateModel },
        },
        limits: { ...LIMITS, ...overrides.limits, ...own.limits },
      }
    }),
    lanes: { default: { ...LANE, ...lanes?.default }, overrides: lanes?.overrides ?? [] },
  }
}
