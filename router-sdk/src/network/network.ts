import type { Address } from 'viem'

/** LayerZero's contracts on one chain, as far as Isobar uses them. */
export type LayerZeroContracts = {
  readonly endpoint: Address
  readonly sendLibrary: Address
  readonly receiveLibrary: Address
  readonly executor: Address
  /** Required DVNs, ascending. */
  readonly dvns: readonly Address[]
}

/** A collateral that the chain's CreditMarket accepts. */
export type CollateralContracts = {
  readonly symbol: string
  readonly token: Address
  readonly decimals: number
  readonly oracle: Address
  readonly feed: Address
}

/** Isobar's contracts on one chain. */
export type IsobarContracts = {
  readonly rateModel: Address
  readonly vault: Address
  readonly market: Address
  readonly router: Address
  readonly rail: Address
}

/** One chain of a deployed network. */
export type NetworkChain = {
  /** Short name, unique in the network: `ethereum`. */
  readonly name: string
  readonly chainId: number
  /** LayerZero V2 endpoint id. */
  readonly eid: number
  readonly multicall3: Address
  /** Block in which the first Isobar contract was created; logs are read from here. */
  readonly deployedAt: bigint
  readonly asset: {
    readonly symbol: string
    readonly token: Address
    readonly oft: Address
    readonly decimals: number
  }
  readonly layerzero: LayerZeroContracts
  readonly isobar: IsobarContracts
  readonly collaterals: readonly CollateralContracts[]
}

/** A deployed network: one asset over several chains. It is what `deployments/<name>.json` holds. */
export type Network = {
  readonly name: string
  /** Local networks may be owned by a key; others may not. */
  readonly local: boolean
  readonly chains: readonly NetworkChain[]
}
