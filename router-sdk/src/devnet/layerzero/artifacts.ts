import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { Abi, Hex } from 'viem'

/** A compiled contract, ready to deploy. */
export interface ContractArtifact {
  readonly abi: Abi
  readonly bytecode: Hex
}

const PROTOCOL = '@layerzerolabs/lz-evm-protocol-v2'
const MESSAGELIB = '@layerzerolabs/lz-evm-messagelib-v2'

/**
 * LayerZero's own contracts are not free software (licence LZBL-1.2), so they are neither bundled nor copied: they are
 * read at run time from the packages that LayerZero publishes, which whoever runs a devnet installs.
 */
const PATHS = {
  EndpointV2: `${PROTOCOL}/artifacts/contracts/EndpointV2.sol/EndpointV2.json`,
  SendUln302: `${MESSAGELIB}/artifacts/contracts/uln/uln302/SendUln302.sol/SendUln302.json`,
  ReceiveUln302: `${MESSAGELIB}/artifacts/contracts/uln/uln302/ReceiveUln302.sol/ReceiveUln302.json`,
  Treasury: `${MESSAGELIB}/artifacts/contracts/Treasury.sol/Treasury.json`,
  PriceFeed: `${MESSAGELIB}/artifacts/contracts/PriceFeed.sol/PriceFeed.json`,
  Executor: `${MESSAGELIB}/artifacts/contracts/Executor.sol/Executor.json`,
  ExecutorFeeLib: `${MESSAGELIB}/artifacts/contracts/ExecutorFeeLib.sol/ExecutorFeeLib.json`,
  DVNFeeLib: `${MESSAGELIB}/artifacts/contracts/uln/dvn/DVNFeeLib.sol/DVNFeeLib.json`,
  DVN: `${MESSAGELIB}/artifacts/contracts/uln/dvn/DVN.sol/DVN.json`,
} as const

export type ProtocolContract = keyof typeof PATHS
export type ProtocolArtifacts = Readonly<Record<ProtocolContract, ContractArtifact>>

/** Thrown when LayerZero's packages are not installed. */
export class ProtocolArtifactsMissingError extends Error {
  override readonly name = 'ProtocolArtifactsMissingError'
  constructor(path: string, options?: ErrorOptions) {
    super(
      `A devnet runs LayerZero's own contracts, and ${path} was not found. Install them with \`npm install --save-dev ${PROTOCOL} ${MESSAGELIB}\` (licence LZBL-1.2: not for production use).`,
      options,
    )
  }
}

function read(path: string): ContractArtifact {
  const bases = [import.meta.url, pathToFileURL(join(process.cwd(), 'package.json')).href]
  let cause: unknown
  for (const base of bases) {
    try {
      const { abi, bytecode } = JSON.parse(
        readFileSync(createRequire(base).resolve(path), 'utf8'),
      ) as ContractArtifact
      return { abi, bytecode }
    } catch (error) {
      cause = error
    }
  }
  throw new ProtocolArtifactsMissingError(path, { cause })
}

/** Reads the artifacts of every contract that a chain needs. */
export function loadProtocolArtifacts(): ProtocolArtifacts {
  const names = Object.keys(PATHS) as ProtocolContract[]
  return Object.fromEntries(names.map((name) => [name, read(PATHS[name])])) as Record<
    ProtocolContract,
    ContractArtifact
  >
}
