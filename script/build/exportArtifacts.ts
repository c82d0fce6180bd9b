import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type AbiEntry, renderAbi } from './renderAbi.js'

const OUT = 'out'
const ARTIFACTS = 'contracts/artifacts'
const ABIS = 'router-sdk/src/abi'

/** Typed ABIs for the SDK, by module name. What does not exist (yet) is left out. */
const SDK_ABIS = {
  vault: 'Vault',
  creditMarket: 'CreditMarket',
  laneRouter: 'LaneRouter',
  oftRail: 'OftRail',
  kinkedRateModel: 'KinkedRateModel',
  chainlinkOracle: 'ChainlinkOracle',
  oft: 'IOFT',
  endpointV2: 'ILayerZeroEndpointV2',
  erc20: 'ERC20',
  aggregatorV3: 'IAggregatorV3',
} as const
/** Typed ABIs of the assets that only local chains have. */
const DEVNET_ABIS = {
  testToken: 'TestToken',
  testOft: 'TestOft',
  testOftAdapter: 'TestOftAdapter',
  testFeed: 'TestFeed',
} as const

/** Where libraries' addresses go in a bytecode, in bytes: source, then library name. */
type LinkReferences = Readonly<
  Record<string, Readonly<Record<string, readonly { readonly start: number; readonly length: number }[]>>>
>

interface ForgeArtifact {
  readonly abi: readonly AbiEntry[]
  readonly bytecode: { readonly object: string; readonly linkReferences?: LinkReferences }
  readonly metadata?: { readonly settings: { readonly compilationTarget: Readonly<Record<string, string>> } }
}

interface CompiledContract {
  readonly name: string
  readonly source: string
  readonly abi: readonly AbiEntry[]
  readonly bytecode: string
  readonly linkReferences: LinkReferences
}

function compiledContracts(): CompiledContract[] {
  return readdirSync(OUT, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.json') && path.includes('.sol'))
    .sort()
    .flatMap((path) => {
      const artifact = JSON.parse(readFileSync(join(OUT, path), 'utf8')) as ForgeArtifact
      const target = Object.entries(artifact.metadata?.settings.compilationTarget ?? {})[0]
      // Forge leaves the artifacts of deleted sources behind.
      if (!target || !existsSync(target[0])) return []
      const { object: bytecode, linkReferences = {} } = artifact.bytecode
      return [{ source: target[0], name: target[1], abi: artifact.abi, bytecode, linkReferences }]
    })
}

/** Contracts, and the libraries that they are linked with; other libraries are compiled into their users. */
function isDeployable(
  { name, source, bytecode }: CompiledContract,
  _: number,
  all: readonly CompiledContract[],
): boolean {
  const ours = source.startsWith('contracts/') || source.startsWith('test/assets/')
  const isLibrary = new RegExp(`^library ${name}\\b`, 'm').test(readFileSync(source, 'utf8'))
  const linked = all.some(({ linkReferences }) => linkReferences[source]?.[name])
  return ours && bytecode !== '0x' && (!isLibrary || linked)
}

/** Writes only what differs, so that watchers and incremental builds stay quiet. */
function writeIfChanged(file: string, content: string): void {
  if (!existsSync(file) || readFileSync(file, 'utf8') !== content) writeFileSync(file, content)
}

function writeModules(
  folder: string,
  modules: Readonly<Record<string, string>>,
  contracts: CompiledContract[],
): void {
  mkdirSync(folder, { recursive: true })
  const written = Object.entries(modules).flatMap(([module, name]) => {
    const contract = contracts.find((candidate) => candidate.name === name)
    if (!contract) return []
    writeIfChanged(join(folder, `${module}.ts`), renderAbi(module, name, contract.abi))
    return [module]
  })
  const index = written.sort().map((module) => `export { ${module}Abi } from './${module}.js'\n`)
  writeIfChanged(join(folder, 'index.ts'), index.join(''))
  for (const file of readdirSync(folder)) {
    const known = file === 'index.ts' || written.some((module) => file === `${module}.ts`)
    if (file.endsWith('.ts') && !known) rmSync(join(folder, file))
  }
}

/** Exports what forge compiled: an artifact for every contract, and typed ABIs for the SDK. */
export function exportArtifacts(): void {
  const contracts = compiledContracts()
  mkdirSync(ARTIFACTS, { recursive: true })
  const deployable = contracts.filter(isDeployable)
  for (const { name, abi, bytecode, linkReferences } of deployable) {
    writeIfChanged(join(ARTIFACTS, `${name}.json`), `${JSON.stringify({ abi, bytecode, linkReferences })}\n`)
  }
  for (const file of readdirSync(ARTIFACTS)) {
    if (!deployable.some(({ name }) => file === `${name}.json`)) rmSync(join(ARTIFACTS, file))
  }
  writeModules(ABIS, SDK_ABIS, contracts)
  writeModules(join(ABIS, 'devnet'), DEVNET_ABIS, contracts)
}
