import { existsSync } from 'node:fs'
import { defineConfig } from 'tsup'

const entries = { index: 'src/index.ts', cli: 'src/cli.ts' }

export default defineConfig({
  entry: Object.fromEntries(Object.entries(entries).filter(([, file]) => existsSync(file))),
  format: ['esm'],
  target: 'node24',
  platform: 'node',
  dts: { entry: { index: 'src/index.ts' } },
  tsconfig: '../tsconfig.json',
  clean: true,
})
