import { existsSync } from 'node:fs'
import { defineConfig } from 'tsup'

const entries = {
  index: 'src/index.ts',
  planner: 'src/planner/index.ts',
  deployment: 'src/deployment/index.ts',
  devnet: 'src/devnet/index.ts',
  scenario: 'src/scenario/index.ts',
  cli: 'src/cli/main.ts',
}

export default defineConfig({
  entry: Object.fromEntries(Object.entries(entries).filter(([, file]) => existsSync(file))),
  format: ['esm', 'cjs'],
  target: 'es2022',
  platform: 'neutral',
  dts: true,
  tsconfig: '../tsconfig.json',
  clean: true,
  splitting: true,
  // Gives the CommonJS build its import.meta.url.
  shims: true,
  external: [/^node:/],
})
