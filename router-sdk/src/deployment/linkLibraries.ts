import { type Address, concat, type Hex, size } from 'viem'
import type { ContractArtifact } from './artifacts.js'

/**
 * A contract's creation code with the addresses of its libraries in place.
 *
 * @throws RangeError when a library's address is not given.
 *
 * @example
 * const bytecode = linkLibraries(isobarArtifacts.laneRouter, { LaneKeeping: address })
 */
export function linkLibraries(
  { bytecode, linkReferences }: Pick<ContractArtifact, 'bytecode' | 'linkReferences'>,
  libraries: Readonly<Record<string, Address>>,
): Hex {
  let code = bytecode.slice(2)
  for (const [name, references] of Object.values(linkReferences).flatMap((file) => Object.entries(file))) {
    const address = libraries[name]
    if (!address) throw new RangeError(`the contract is linked with ${name}, whose address is not given`)
    for (const { start, length } of references) {
      const value = address
        .slice(2)
        .toLowerCase()
        .padStart(length * 2, '0')
      code = code.slice(0, start * 2) + value + code.slice((start + length) * 2)
    }
  }
  const linked = concat([`0x${code}`])
  if (!/^0x[0-9a-f]+$/i.test(linked) || size(linked) !== size(bytecode))
    throw new RangeError('the creation code still has placeholders')
  return linked
}
