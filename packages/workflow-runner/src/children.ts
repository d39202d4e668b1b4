import { spawn } from 'node:child_process'
import { readdir, readFile } from 'node:fs/promises'

/** How long a stopped process has after SIGINT, and after SIGTERM; the real runner's times. */
const patience = { interrupted: 7_500, terminated: 2_500 }

export interface ChildOptions {
  file: string
  args: string[]
  cwd: string
  env: Record<string, string>
  onLine: (line: string) => void
  /** SIGINT to the process alone, then SIGTERM, then SIGKILL to everything that it started. */
  stop: AbortSignal
  /** SIGKILL to everything, at once. */
  dead: AbortSignal
}

/** Runs a process to its end; gives its exit code, 128 where a signal ended it. */
export function runChild({ file, args, cwd, env, onLine, stop, dead }: ChildOptions): Promise<number> {
  return new Promise((resolve, reject) => {
    const child = spawn(file, args, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'], detached: true })
    const timers: NodeJS.Timeout[] = []
    const later = (milliseconds: number, act: () => void): void => void timers.push(setTimeout(act, milliseconds))
    const killTree = (): void => {
      if (child.pid !== undefined) signalGroup(child.pid)
      void killTracked(env['RUNNER_TRACKING_ID'])
    }
    const interrupt = (): void => {
      child.kill('SIGINT')
      later(patience.interrupted, () => {
        child.kill('SIGTERM')
        later(patience.terminated, killTree)
      })
    }
    const ended = (code: number): void => {
      for (const timer of timers) clearTimeout(timer)
      stop.removeEventListener('abort', interrupt)
      dead.removeEventListener('abort', killTree)
      for (const stream of streams) stream.flush()
      resolve(code)
    }
    const streams = [lines(child.stdout, onLine), lines(child.stderr, onLine)]
    child.once('error', reject)
    child.once('close', (code) => { ended(code ?? 128) })
    // A process left behind may hold the pipes open; the real runner waits 5 s for them.
    child.once('exit', (code) => { later(5_000, () => { child.stdout.destroy(); child.stderr.destroy(); ended(code ?? 128) }) })
    stop.addEventListener('abort', interrupt, { once: true })
    dead.addEventListener('abort', killTree, { once: true })
    if (dead.aborted) killTree()
    else if (stop.aborted) interrupt()
  })
}

/** Kills every process that carries the tracking id in its environment, also those that left their group. */
export async function killTracked(trackingId: string | undefined): Promise<void> {
  if (trackingId === undefined) return
  for (let found = true, round = 0; found && round < 5; round += 1) {
    found = false
    for (const pid of (await readdir('/proc').catch(() => [])).filter((name) => /^\d+$/.test(name))) {
      const environment = await readFile(`/proc/${pid}/environ`, 'utf8').catch(() => '')
      if (!environment.split('\0').includes(`RUNNER_TRACKING_ID=${trackingId}`)) continue
      found = true
      try {
        process.kill(Number(pid), 'SIGKILL')
      } catch {
        // It ended by itself.
      }
    }
  }
}

function signalGroup(pid: number): void {
  try {
    process.kill(-pid, 'SIGKILL')
  } catch {
    // The group is empty already.
  }
}

/** Splits a stream where .NET's ReadLine does: a lone carriage return ends a line too. */
function lines(stream: NodeJS.ReadableStream, onLine: (line: string) => void): { flush(): void } {
  let rest = ''
  stream.setEncoding('utf8').on('data', (chunk: string) => {
    const whole = rest + chunk
    const held = whole.endsWith('\r') ? 1 : 0
    const parts = whole.slice(0, whole.length - held).split(/\r\n|\r|\n/)
    rest = (parts.pop() ?? '') + '\r'.repeat(held)
    for (const part of parts) onLine(part)
  })
  return {
    flush: () => {
      if (rest !== '') onLine(rest.replace(/\r$/, ''))
      rest = ''
    },
  }
}
