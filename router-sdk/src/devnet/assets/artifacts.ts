import type { Abi, Hex } from 'viem'
import multicall3 from '../../../../contracts/artifacts/Multicall3.json' with { type: 'json' }
import testFeed from '../../../../contracts/artifacts/TestFeed.json' with { type: 'json' }
import testOft from '../../../../contracts/artifacts/TestOft.json' with { type: 'json' }
import testOftAdapter from '../../../../contracts/artifacts/TestOftAdapter.json' with { type: 'json' }
import testToken from '../../../../contracts/artifacts/TestToken.json' with { type: 'json' }
import type { ContractArtifact } from '../layerzero/artifacts.js'

const artifact = ({ abi, bytecode }: { abi: unknown; bytecode: string }): ContractArtifact => ({
  abi: abi as Abi,
  bytecode: bytecode as Hex,
})

/** What the build compiled from test/assets. */
export const multicall3Artifact: ContractArtifact = artifact(multicall3)
export const testFeedArtifact: ContractArtifact = artifact(testFeed)
export const testOftArtifact: ContractArtifact = artifact(testOft)
export const testOftAdapterArtifact: ContractArtifact = artifact(testOftAdapter)
export const testTokenArtifact: ContractArtifact = artifact(testToken)
