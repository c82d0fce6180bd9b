// Builds what changed: contracts, their artifacts and ABIs, then the packages. `npm run build -- --force` builds all,
// `npm run build -- contracts` only the named steps (contracts, sdk, relayer).
import { existsSync } from 'node:fs'
import { exportArtifacts } from './build/exportArtifacts.js'
import { run } from './build/run.js'
import { contentHash, runStep, type Step } from './build/step.js'

const force = process.argv.includes('--force')
const wanted = process.argv.slice(2).filter((argument) => !argument.startsWith('--'))

const TOOLS = ['package-lock.json', 'script/build']
const contracts: Step = {
  name: 'contracts',
  inputs: ['contracts', 'test/assets', 'test/gas/Stubs.sol', 'foundry.toml', 'script/solc.cjs', ...TOOLS],
  extensions: ['.sol', '.toml', '.cjs', '.ts', 'package-lock.json'],
  ignored: ['contracts/artifacts'],
  outputs: ['out/Vault.sol/Vault.json', 'contracts/artifacts', 'router-sdk/src/abi/index.ts'],
  run() {
    run('forge', ['build', 'contracts', 'test/assets', 'test/gas/Stubs.sol'])
    exportArtifacts()
  },
}
const sdk: Step = {
  name: 'sdk',
  inputs: ['router-sdk', 'contracts/artifacts', 'tsconfig.json', ...TOOLS],
  extensions: ['.ts', '.json'],
  ignored: ['router-sdk/dist', 'router-sdk/node_modules', '.test.ts'],
  outputs: ['router-sdk/dist/index.js'],
  run: () => run('tsup', [], 'router-sdk'),
}
const relayer: Step = {
  name: 'relayer',
  inputs: ['relayer', 'router-sdk/dist', 'tsconfig.json', ...TOOLS],
  extensions: ['.ts', '.tsx', '.json', '.html', '.css'],
  ignored: ['relayer/dist', 'relayer/node_modules', '.test.ts'],
  outputs: ['relayer/dist/index.js'],
  run: () => run('tsup', [], 'relayer'),
}

const steps: readonly Step[] = [contracts, sdk, ...(existsSync('relayer/src/index.ts') ? [relayer] : [])]
const unknown = wanted.find((name) => !steps.some((step) => step.name === name))
if (unknown) {
  console.error(`Unknown step ${unknown}. Steps: ${steps.map((step) => step.name).join(', ')}`)
  process.exit(1)
}
for (const step of steps) {
  if (wanted.length > 0 && !wanted.includes(step.name)) continue
  const started = performance.now()
  const built = runStep(step, { force, hash: contentHash(step) })
  const seconds = ((performance.now() - started) / 1000).toFixed(1)
  // On stderr: the output of the command that follows a build may be read by a program.
  console.error(built ? `${step.name}: built in ${seconds} s` : `${step.name}: unchanged`)
}
