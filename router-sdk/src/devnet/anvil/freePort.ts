import { createServer } from 'node:net'

/** A TCP port that was free a moment ago. Another process may take it first, so the caller must be ready to retry. */
export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer()
    server.once('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      if (address === null || typeof address === 'string') return reject(new Error('No port was assigned'))
      server.close(() => resolve(address.port))
    })
  })
}
