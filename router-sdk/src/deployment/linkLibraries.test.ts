import { expect, test } from 'vitest'
import { isobarArtifacts } from './artifacts.js'
import { linkLibraries } from './linkLibraries.js'

const library = '0x00000000000000000000000000000000000000Ab'

test('puts the library where the compiler left room for it', () => {
  const { bytecode } = isobarArtifacts.laneRouter
  expect(bytecode).toContain('__$')
  const linked = linkLibraries(isobarArtifacts.laneRouter, { LaneKeeping: library })
  expect(linked).toHaveLength(bytecode.length)
  expect(linked).not.toContain('__$')
  expect(linked.split(library.slice(2).toLowerCase()).length).toBeGreaterThan(2)
})

test('refuses to leave room unfilled', () => {
  expect(() => linkLibraries(isobarArtifacts.laneRouter, {})).toThrow(/LaneKeeping/)
})
