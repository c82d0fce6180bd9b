import { type ChildProcess, spawn } from 'node:child_process'
import { Socket } from 'node:net'

/**
 * A shell that kills `pid` when this process dies without a chance to do it itself (SIGKILL, a crashed test worker): it
 * waits on a pipe from us, which the system closes with our last breath.
 */
export function startGuardian(pid: number): ChildProcess {
  const script = 'read _; kill -9 "$1" 2>/dev/null'
  const guardian = spawn('sh', ['-c', script, 'isobar-devnet-guardian', `${pid}`], {
    stdio: ['pipe', 'ignore', 'ignore'],
    detached: true,
  })
  // Without a shell there is no guardian; the process guard still covers every ordinary end.
  guardian.on('error', () => undefined)
  guardian.stdin.on('error', () => undefined)
  if (guardian.stdin instanceof Socket) guardian.stdin.unref()
  guardian.unref()
  return guardian
}
