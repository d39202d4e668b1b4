import { readFileSync, readdirSync } from 'node:fs'
import { at } from './support.ts'

/** One line of a recording. */
export interface Line {
  readonly ms: number
  readonly type: string
  readonly object: unknown
}

/** What a follower reads of one object: its own states and the Events about it, each told once, in order. */
export interface Track {
  readonly kind: string
  readonly name: string
  /** The ReplicaSet of a pod. */
  readonly owner: string
  readonly states: string[]
  readonly events: string[]
}

const FOLDER = new URL('../../../../test/fixtures/recordings/', import.meta.url)

/** The names of the recordings, without their ending. */
export function recordings(): string[] {
  return readdirSync(FOLDER).flatMap((file) => (file.endsWith('.ndjson') ? [file.replace('.ndjson', '')] : []))
}

/** A recording's lines; what was done from outside stands before what came of it, though its answer came a moment later. */
export function linesOf(name: string): Line[] {
  const lines = readFileSync(new URL(`${name}.ndjson`, FOLDER), 'utf8').trim().split('\n').slice(1).map((text) => {
    const line: unknown = JSON.parse(text)
    return { ms: Number(at(line, 'ms')), type: String(at(line, 'type')), object: at(line, 'object') }
  })
  return lines.sort((a, b) => doneAt(a) - doneAt(b))
}

function doneAt({ ms, type }: Line): number {
  return type === 'APPLIED' || type === 'STEP' ? ms - 50 : ms
}

/** Gathers what watches tell, object by object, in the order of their first appearance. */
export class Tracks {
  readonly #tracks = new Map<string, Track>()

  add(type: string, object: unknown): void {
    if (at(object, 'kind') === 'Event') {
      const about = at(object, 'involvedObject')
      const told = `${text(at(about, 'fieldPath'))} ${text(at(object, 'type'))} ${text(at(object, 'reason'))}: ${masked(text(at(object, 'message')))}`.trim()
      const { events } = this.#of(text(at(about, 'kind')), text(at(about, 'name')))
      if (!events.includes(told)) events.push(told)
      return
    }
    const kind = text(at(object, 'kind'))
    const { states } = this.#of(kind, text(at(object, 'metadata', 'name')))
    const state = masked(`${type === 'DELETED' ? 'gone: ' : ''}${kind === 'Pod' ? podState(object) : conditions(object, /./)}`)
    if (states.at(-1) !== state) states.push(state)
  }

  of(kind: string): Track[] {
    return [...this.#tracks.values()].filter((track) => track.kind === kind)
  }

  /** The same without some states and Events. */
  without(left: RegExp | undefined): Tracks {
    if (left === undefined) return this
    const kept = new Tracks()
    for (const [key, track] of this.#tracks) kept.#tracks.set(key, { ...track, states: track.states.filter((state) => !left.test(state)), events: track.events.filter((event) => !left.test(event)) })
    return kept
  }

  all(): Track[] {
    return [...this.#tracks.values()]
  }

  #of(kind: string, name: string): Track {
    const key = `${kind} ${name}`
    const track = this.#tracks.get(key) ?? { kind, name, owner: name.replace(/-[^-]+$/, ''), states: [], events: [] }
    this.#tracks.set(key, track)
    return track
  }
}

function podState(pod: unknown): string {
  const containers = [...list(at(pod, 'status', 'initContainerStatuses')), ...list(at(pod, 'status', 'containerStatuses'))].map(
    (one) => `[${text(at(one, 'name'))} ${stateOf(at(one, 'state'))}, last ${stateOf(at(one, 'lastState'))}, restarts ${text(at(one, 'restartCount'))}${at(one, 'ready') === true ? ', ready' : ''}${at(one, 'started') === true ? ', started' : ''}]`,
  )
  return [text(at(pod, 'status', 'phase')), ...(at(pod, 'metadata', 'deletionTimestamp') === undefined ? [] : ['deleted']), conditions(pod, /^(Ready|PodScheduled|Initialized|PodReadyToStartContainers)$/), ...containers].join(' ')
}

/** `terminated Error 3`, `waiting CrashLoopBackOff (back-off 10s …)`; a dash where there is none. */
function stateOf(state: unknown): string {
  for (const name of ['running', 'waiting', 'terminated']) {
    const is = at(state, name)
    const message = text(at(is, 'message'))
    if (is !== undefined) return [name, text(at(is, 'reason')), text(at(is, 'exitCode')), message === '' ? '' : `(${message})`].filter((part) => part !== '').join(' ')
  }
  return '-'
}

function conditions(object: unknown, which: RegExp): string {
  return list(at(object, 'status', 'conditions'))
    .flatMap((one) => (which.test(text(at(one, 'type'))) ? [[text(at(one, 'type')), text(at(one, 'status')), text(at(one, 'reason'))].filter((part) => part !== '').join(':')] : []))
    .sort()
    .join(' ')
}

/** Without what differs from run to run: names, uids, addresses, durations and sizes. */
function masked(told: string): string {
  return told
    .replace(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, '<uid>')
    .replace(/\bapp-[a-z0-9]{7,10}(-[a-z0-9]{5})?(?![a-z0-9])/g, (_, pod?: string) => (pod === undefined ? '<replica set>' : '<pod>'))
    .replace(/10\.244\.0\.\d+/g, '<ip>')
    .replace(/in [\d.]+m?s \([\d.]+m?s including waiting\)\. Image size: \d+/, 'in <time>. Image size: <size>')
}

function list(value: unknown): unknown[] {
  return Array.isArray(value) ? value : []
}

function text(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : ''
}

/** How far `seen` shows everything that was recorded; besides, what else the objects showed until then. */
export function shows(seen: Tracks, recorded: Tracks): { missing: string[]; extra: string[] } {
  const missing: string[] = []
  const extra: string[] = []
  const pairUp = (theirs: readonly Track[], ours: readonly Track[]): void => {
    const left = [...ours]
    for (const track of theirs) {
      const index = left.findIndex((one) => lacking(one, track).length === 0)
      const [pair] = left.splice(Math.max(0, index), 1)
      missing.push(...(pair ? lacking(pair, track) : [`${track.kind} ${track.name}`, ...track.states]).map((state) => `${track.kind}: ${state}`))
      if (pair) extra.push(...pair.states.filter((state) => !track.states.includes(state)), ...pair.events.filter((event) => !track.events.includes(event)))
    }
  }
  pairUp(recorded.of('Deployment'), seen.of('Deployment'))
  const sets = seen.of('ReplicaSet')
  pairUp(recorded.of('ReplicaSet'), sets)
  // ReplicaSets are known by their order, and their pods by whom they belong to.
  for (const [index, { name }] of recorded.of('ReplicaSet').entries())
    pairUp(recorded.of('Pod').filter(({ owner }) => owner === name), seen.of('Pod').filter(({ owner }) => owner === sets[index]?.name))
  return { missing, extra }
}

/** What of the recorded track the other one does not show in this order. */
function lacking(seen: Track, recorded: Track): string[] {
  return [...outOfOrder(seen.states, recorded.states), ...outOfOrder(seen.events, recorded.events)]
}

function outOfOrder(seen: readonly string[], recorded: readonly string[]): string[] {
  let from = 0
  for (const [index, one] of recorded.entries()) {
    const found = seen.indexOf(one, from)
    if (found < 0) return recorded.slice(index)
    from = found + 1
  }
  return []
}
