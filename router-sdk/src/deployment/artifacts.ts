import type { Abi, Hex } from 'viem'
import chainlinkOracle from '../../../contracts/artifacts/ChainlinkOracle.json' with { type: 'json' }
import creditMarket from '../../../contracts/artifacts/CreditMarket.json' with { type: 'json' }
import kinkedRateModel from '../../../contracts/artifacts/KinkedRateModel.json' with { type: 'json' }
import laneKeeping from '../../../contracts/artifacts/LaneKeeping.json' with { type: 'json' }
import laneRouter from '../../../contracts/artifacts/LaneRouter.json' with { type: 'json' }
import oftRail from '../../../contracts/artifacts/OftRail.json' with { type: 'json' }
import vault from '../../../contracts/artifacts/Vault.json' with { type: 'json' }

/** A compiled contract, ready to deploy. Its ABI is untyped: for calls there are the typed ones of the main entry. */
export interface ContractArtifact {
  readonly abi: Abi
  /** Creation code; where libraries' addresses go, it has placeholders. */
  readonly bytecode: Hex
  /** Where libraries' addresses go, in bytes: source file, then library. */
  readonly linkReferences: LinkReferences
}

export type LinkReferences = Readonly<
  Record<string, Readonly<Record<string, readonly { readonly start: number; readonly length: number }[]>>>
>

interface ArtifactFile {
  readonly abi: unknown
  readonly bytecode: string
  readonly linkReferences: unknown
}

const artifact = ({ abi, bytecode, linkReferences }: ArtifactFile): ContractArtifact => ({
  abi: abi as Abi,
  bytecode: bytecode as Hex,
  linkReferences: linkReferences as LinkReferences,
})

/** Isobar's contracts as the build compiled them. */
export const isobarArtifacts = {
  vault: artifact(vault),
  creditMarket: artifact(creditMarket),
  laneKeeping: artifact(laneKeeping),
  laneRouter: artifact(laneRouter),
  oftRail: artifact(oftRail),
  kinkedRateModel: artifact(kinkedRateModel),
  chainlinkOracle: artifact(chainlinkOracle),
} as const
