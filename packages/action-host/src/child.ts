import { spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import type { Readable } from 'node:stream'

export interface ChildOptions {
  readonly cwd?: string
  /** The child's whole environment: see `childEnvironment`. */
  readonly environment: Readonly<Record<string, string>>
  readonly input?: string
  /** Ends the child with everything that it started. */
  readonly signal: AbortSignal
  /** Each line as it comes, as it was printed: not inert yet. */
  readonly onLine: (line: string, stream: 'out' | 'err') => void
}

const patienceMs = 2_000

/**
 * Runs a program without a shell to its end, in a process group of its own, so that nothing stays behind.
 * Rejects where it cannot be started (ENOENT) and, with the signal's reason, when it was ended by the signal.
 */
export async function runChild(command: string, args: readonly string[], options: ChildOptions): Promise<{ readonly exitCode: number }> {
  options.signal.throwIfAborted()
  const child = spawn(command, args, {
    ...(options.cwd === undefined ? {} : { cwd: options.cwd }),
    env: { ...options.environment },
    detached: true,
    stdio: ['pipe', 'pipe', 'pipe'],
  })
  let killing: NodeJS.Timeout | undefined
  const end = (): void => {
    endGroup(child.pid, 'SIGTERM')
    killing = setTimeout(() => {
      endGroup(child.pid, 'SIGKILL')
    }, patienceMs)
  }
  options.signal.addEventListener('abort', end, { once: true })
  try {
    const ended = new Promise<number>((resolve, reject) => {
      child.once('error', reject)
      child.once('close', (code, signal) => {
        resolve(code ?? (signal === null ? 1 : 128))
      })
    })
    // A child that never reads its input closes the pipe; that is its right.
    child.stdin.on('error', () => undefined)
    child.stdin.end(options.input ?? '')
    const [exitCode] = await Promise.all([ended, reading(child.stdout, 'out', options), reading(child.stderr, 'err', options)])
    options.signal.throwIfAborted()
    return { exitCode }
  } finally {
    options.signal.removeEventListener('abort', end)
    clearTimeout(killing)
    // What the child left running in its group goes, too.
    endGroup(child.pid, 'SIGKILL')
  }
}

const allowed = /^(PATH|HOME|USER|LANG|LC_[A-Z]+|TZ|TMPDIR|TEMP|TMP|(https?|no|all)_proxy|(HTTPS?|NO|ALL)_PROXY|SSL_CERT_(FILE|DIR)|DOCKER_[A-Z_]+|BUILDKIT_[A-Z_]+|BUILDX_[A-Z_]+|SOURCE_DATE_EPOCH|XDG_[A-Z_]+)$/

/** The part of an environment that a child may see: no credential, no token, no input. */
export function childEnvironment(
  environment: Readonly<Record<string, string | undefined>>,
  extra: Readonly<Record<string, string>> = {},
): Record<string, string> {
  const kept = Object.entries(environment).flatMap(([name, value]) => (value !== undefined && allowed.test(name) ? [[name, value] as const] : []))
  return { ...Object.fromEntries(kept), ...extra }
}

async function reading(stream: Readable, name: 'out' | 'err', { onLine }: ChildOptions): Promise<void> {
  for await (const line of createInterface({ input: stream, crlfDelay: Infinity })) onLine(line, name)
}

function endGroup(pid: number | undefined, signal: 'SIGTERM' | 'SIGKILL'): void {
  if (pid === undefined) return
  try {
    process.kill(-pid, signal)
  } catch {
    // The group has ended already.
  }
}
