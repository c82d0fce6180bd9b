#!/usr/bin/env node
// Lets forge use the compiler that npm installed: answers the two calls that forge makes, `--version` and
// `--standard-json`. CommonJS, because forge runs the file itself and the root package is ESM.
const { readFileSync } = require('node:fs')
const solc = require('solc')

const asked = new Set(process.argv.slice(2))
if (asked.has('--version')) {
  process.stdout.write(`solc, the solidity compiler commandline interface\nVersion: ${solc.version()}\n`)
} else if (asked.has('--standard-json')) {
  process.stdout.write(solc.compile(readFileSync(0, 'utf8')))
} else {
  process.stderr.write(`solc.cjs answers --version and --standard-json only, not ${[...asked].join(' ')}\n`)
  process.exit(1)
}
