#!/usr/bin/env node
import { readFileSync } from 'node:fs'
import { runCli } from './runCli.js'

// A reader that has seen enough, as in `isobar plan FILE | head`, is no error.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error
})
process.exitCode = runCli(process.argv.slice(2), {
  // File descriptor 0 is the standard input.
  read: (file) => readFileSync(file === '-' ? 0 : file, 'utf8'),
  print: (line) => console.log(line),
  complain: (line) => console.error(line),
})
