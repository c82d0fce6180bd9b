/** A parameter of a function, event or error. */
interface AbiParameter {
  readonly name: string
  readonly type: string
  readonly indexed?: boolean
  readonly components?: readonly AbiParameter[]
}

/** An entry of a contract's ABI. */
export interface AbiEntry {
  readonly type: string
  readonly name?: string
  readonly stateMutability?: string
  readonly anonymous?: boolean
  readonly inputs?: readonly AbiParameter[]
  readonly outputs?: readonly AbiParameter[]
}

function renderParameter({ name, type, indexed, components }: AbiParameter): string {
  const fields = [`name: '${name}'`, `type: '${type}'`]
  if (indexed !== undefined) fields.push(`indexed: ${indexed}`)
  if (components) fields.push(`components: ${renderParameters(components)}`)
  return `{ ${fields.join(', ')} }`
}

const renderParameters = (parameters: readonly AbiParameter[]): string =>
  `[${parameters.map(renderParameter).join(', ')}]`

function renderEntry(entry: AbiEntry): string {
  const fields = [`type: '${entry.type}'`]
  if (entry.name !== undefined) fields.push(`name: '${entry.name}'`)
  if (entry.stateMutability !== undefined) fields.push(`stateMutability: '${entry.stateMutability}'`)
  if (entry.inputs) fields.push(`inputs: ${renderParameters(entry.inputs)}`)
  if (entry.outputs) fields.push(`outputs: ${renderParameters(entry.outputs)}`)
  return `  { ${fields.join(', ')} },\n`
}

/** An ABI as a TypeScript module whose types viem reads. Constructors are left out: deployment has its own. */
export function renderAbi(module: string, contract: string, abi: readonly AbiEntry[]): string {
  const entries = abi.filter((entry) => entry.type !== 'constructor').map(renderEntry)
  return `// Written by script/build.ts from the compiled contract.\n\n/** ABI of ${contract}. */\nexport const ${module}Abi = [\n${entries.join('')}] as const\n`
}
