import { spawn } from 'node:child_process'
import { closeSync, existsSync, openSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import type { Bed } from './bed.ts'

/** A program that goes on while the bed stands. */
export interface Daemon {
  readonly name: string
  readonly program: string
  readonly words: readonly string[]
  readonly environment?: Readonly<Record<string, string>>
  /** Whether it serves; asked until it does. */
  readonly isReady: () => Promise<boolean>
}

const readyWithinMs = 60_000
/**
 * Go's own setting lets heaps double before they are collected, which takes a sixth of what an API server does here. In
 * memory there is room; the two cores are shared with what is tested, which on EKS no control plane runs beside.
 */
const goCollector = { GOGC: '400' }
/** In the environment of all that a bed starts, and of what that starts in turn: the bed's folder. */
const mark = 'SLIPWAY_BED_RUN'

/** Starts a program unless it runs already, and waits until it serves. It outlives us, and is ended by `stopDaemons`. */
export async function startDaemon(bed: Bed, { name, program, words, environment = {}, isReady }: Daemon): Promise<void> {
  const log = join(bed.logs, `${name}.log`)
  if (running(bed, name) === undefined) {
    const file = openSync(log, 'a')
    const child = spawn(program, words, { cwd: bed.run, env: { ...process.env, ...goCollector, ...environment, [mark]: bed.run }, stdio: ['ignore', file, file], detached: true })
    closeSync(file)
    const pid = await new Promise<number>((resolve, reject) => {
      child.on('error', reject).on('spawn', () => {
        resolve(child.pid ?? 0)
      })
    })
    child.unref()
    writeFileSync(pidFile(bed, name), `${pid} ${startOf(pid) ?? ''}`)
  }
  const endsAt = performance.now() + readyWithinMs
  while (!(await isReady().catch(() => false))) {
    if (running(bed, name) === undefined) throw new Error(`${name} has ended; its last words:\n${lastWords(log)}`)
    if (performance.now() > endsAt) throw new Error(`${name} does not serve after ${readyWithinMs / 1000} s; its last words:\n${lastWords(log)}`)
    await setTimeout(50)
  }
}

/** Ends what `startDaemon` began: also after a crash, and nothing that only got the same number since. */
export async function stopDaemons(bed: Bed): Promise<string[]> {
  const names = readdirSync(bed.run).filter((file) => file.endsWith('.pid')).map((file) => file.slice(0, -'.pid'.length))
  const pids = names.flatMap((name) => running(bed, name) ?? [])
  await endProcesses(pids)
  for (const name of names) rmSync(pidFile(bed, name), { force: true })
  return names
}

/** Asks processes to end, and makes them after ten seconds. */
export async function endProcesses(pids: readonly number[]): Promise<void> {
  signal(pids, 'SIGTERM')
  const endsAt = performance.now() + 10_000
  while (pids.some((pid) => isAlive(pid)) && performance.now() < endsAt) await setTimeout(50)
  signal(pids, 'SIGKILL')
  while (pids.some((pid) => isAlive(pid))) await setTimeout(20)
}

/** All that a bed has started, also by others' hands: shims outlive the containerd that started them. Who only looks into its folders is none of it. */
export function processesOf(bed: Bed): number[] {
  return readdirSync('/proc').filter((name) => /^\d+$/.test(name)).map(Number).filter((pid) => environmentOf(pid).includes(`${mark}=${bed.run}`))
}

function running(bed: Bed, name: string): number | undefined {
  if (!existsSync(pidFile(bed, name))) return undefined
  const [pid = '', start = ''] = readFileSync(pidFile(bed, name), 'utf8').split(' ')
  return isAlive(Number(pid)) && startOf(Number(pid)) === start ? Number(pid) : undefined
}

function pidFile(bed: Bed, name: string): string {
  return join(bed.run, `${name}.pid`)
}

/** When a process began, which tells it from a later one with its number. */
function startOf(pid: number): string | undefined {
  return statusOf(pid)?.[19]
}

/** A zombie does nothing any more. */
function isAlive(pid: number): boolean {
  const state = statusOf(pid)?.[0]
  return state !== undefined && state !== 'Z'
}

/** The fields of /proc/<pid>/stat from the state on. */
function statusOf(pid: number): string[] | undefined {
  const text = read(`/proc/${pid}/stat`)
  return text === '' ? undefined : text.slice(text.lastIndexOf(')') + 2).split(' ')
}

function environmentOf(pid: number): string[] {
  return read(`/proc/${pid}/environ`).split('\0')
}

function read(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return ''
  }
}

function signal(pids: readonly number[], name: NodeJS.Signals): void {
  for (const pid of pids) {
    try {
      if (isAlive(pid)) process.kill(pid, name)
    } catch {
      // It ended by itself just now.
    }
  }
}

function lastWords(log: string): string {
  return read(log).split('\n').slice(-15).join('\n')
}
