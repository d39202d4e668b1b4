import { isJson, isJsonObject, type JsonObject } from '@slipway/release'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { appliedFrom, defaultLimits, defaultTimeoutMs, judge, listAt, numberAt, objectAt, textAt, unreadReasons, type Answer, type Applied, type Ask, type Limits, type Memory, type Verdict, type Warning } from '../src/index.ts'

const folder = join(import.meta.dirname, '../../../test/fixtures/recordings')
const isOfDeployment = (file: string): boolean => !/^(statefulset|daemonset|job)-/.test(file)

/** No watch asks for these. */
const unread = new Set<string>(unreadReasons)

/** A recorded scenario and the verdict that is right for it. */
export interface Scenario {
  readonly file: string
  readonly verdict: string
  readonly appliedAtMs: number
}

/** All recorded scenarios, parted by whether there is a verdict for their kind yet. */
export function scenarios(): { judged: Scenario[]; notYet: string[] } {
  const all = json(readFileSync(join(folder, 'index.json'), 'utf8')).flatMap((entry) => {
    const file = textAt(entry, 'file')
    const verdict = textAt(entry, 'verdict')
    const appliedAtMs = numberAt(entry, 'appliedAtMs')
    return file === undefined || verdict === undefined || appliedAtMs === undefined ? [] : [{ file, verdict, appliedAtMs }]
  })
  return { judged: all.filter(({ file }) => isOfDeployment(file)), notYet: all.filter(({ file }) => !isOfDeployment(file)).map(({ file }) => file) }
}

/** What a replay came to. */
export interface Replayed {
  /** The final verdict, or the last one of a recording that leaves it open. */
  readonly verdict: Verdict
  /** From the write to the first final verdict. */
  readonly afterMs: number
  /** Every final state, the first one and those that judging on would have reached. */
  readonly finals: ReadonlySet<string>
  /** Each key once, in the order in which they appeared. */
  readonly warnings: readonly (Warning & { readonly afterMs: number })[]
  /** What the verdict asked for, in order. */
  readonly asked: readonly string[]
}

/** How a replay differs from what was recorded, and from a follower that sees everything at once. */
export interface Twist {
  readonly own?: Limits['ownConfiguration']
  /** Looks once a second only: several events may have come in between. */
  readonly isCoarse?: boolean
  /** What one watch delivers comes later by so much; forever: it is never seen. */
  readonly late?: { readonly kind: string; readonly byMs: number }
}

/**
 * Feeds a recording event by event, and looks at it once a second and when a span ends, as a follower does; afterwards
 * the clock runs on for two minutes. It goes on behind a final verdict, to show that this one stays; a twisted one ends there.
 */
export function replay(scenario: Scenario, { own = [], isCoarse = false, late }: Twist = {}): Replayed {
  const events = recorded(scenario.file)
    .map((event) => ({ event, ms: (numberAt(event, 'ms') ?? 0) + (late !== undefined && isWatched(event, late.kind) ? late.byMs : 0) }))
    .filter(({ ms, event }) => ms !== Infinity && !unread.has(textAt(event, 'object', 'reason') ?? ''))
    .sort((one, other) => one.ms - other.ms)
  const objects = new Map<string, JsonObject>()
  const answers = new Map<string, Answer>()
  const warnings = new Map<string, Warning & { afterMs: number }>()
  const finals = new Set<string>()
  const asked: string[] = []
  let applied: Applied | undefined
  let timeoutMs = 0
  let memory: Memory | undefined
  let verdict: Verdict = { state: 'undecided', waitingFor: 'the write' }
  let lookAgainMs = Infinity
  let final: { verdict: Verdict; afterMs: number } | undefined

  const judgeAt = (nowMs: number): void => {
    if (!applied) return
    const kind = (name: string): JsonObject[] => [...objects.values()].filter((object) => object['kind'] === name)
    const observed = { deployment: kind('Deployment')[0], replicaSets: kind('ReplicaSet'), pods: kind('Pod'), events: kind('Event'), answers }
    const limits = { ...defaultLimits, timeoutMs, ownConfiguration: own }
    const judgement = judge(observed, applied, limits, { nowMs, writtenMs: scenario.appliedAtMs }, memory)
    ;({ verdict, memory, lookAgainMs } = judgement)
    const afterMs = nowMs - scenario.appliedAtMs
    for (const warning of judgement.warnings) if (!warnings.has(warning.key)) warnings.set(warning.key, { ...warning, afterMs })
    for (const { id, kind, name } of judgement.asks) {
      asked.push(id)
      answers.set(id, answerTo({ id, kind, name }, objects, nowMs))
    }
    if (verdict.state === 'healthy' || verdict.state === 'failed' || verdict.state === 'superseded') {
      finals.add(verdict.state)
      final ??= { verdict, afterMs }
    }
    if (judgement.asks.length > 0) judgeAt(nowMs)
  }

  let nowMs = 0
  let lookedMs = scenario.appliedAtMs
  const runUntil = (endMs: number): void => {
    while (applied && lookedMs + 1000 < endMs) {
      lookedMs = Math.min(lookedMs + 1000, lookAgainMs)
      judgeAt(lookedMs)
    }
    nowMs = endMs
  }
  for (const { event, ms } of events) {
    if (final && (isCoarse || late)) break
    const object = event['object']
    if (!isJsonObject(object)) continue
    runUntil(ms)
    const key = `${textAt(object, 'kind') ?? ''}/${textAt(object, 'metadata', 'name') ?? ''}`
    if (event['type'] === 'APPLIED' && ms === scenario.appliedAtMs) {
      applied = appliedFrom(object)
      timeoutMs = defaultTimeoutMs(object)
    } else if (event['type'] === 'DELETED') objects.delete(key)
    // No watch is held on configuration; its recording is what a GET would find.
    else if (event['type'] !== 'APPLIED' || key.startsWith('ConfigMap/') || key.startsWith('Secret/')) objects.set(key, object)
    if (isCoarse) continue
    judgeAt(nowMs)
    lookedMs = nowMs
  }
  if (!final || !(isCoarse || late)) {
    runUntil(nowMs + 120_000)
    judgeAt(nowMs)
  }
  return { ...(final ?? { verdict, afterMs: nowMs - scenario.appliedAtMs }), finals, warnings: [...warnings.values()], asked }
}

function isWatched(event: JsonObject, kind: string): boolean {
  return textAt(event, 'object', 'kind') === kind && event['type'] !== 'APPLIED'
}

const read = new Map<string, readonly JsonObject[]>()

/** The events of a recording; each file is read once. */
function recorded(file: string): readonly JsonObject[] {
  const events = read.get(file) ?? readFileSync(join(folder, file), 'utf8').trim().split('\n').flatMap(json)
  read.set(file, events)
  return events
}

function answerTo({ id }: Ask, objects: ReadonlyMap<string, JsonObject>, atMs: number): Answer {
  const object = objects.get(id)
  return { atMs, found: object === undefined ? 'absent' : 'present', keys: Object.keys(objectAt(object, 'data') ?? {}) }
}

function json(text: string): JsonObject[] {
  const parsed: unknown = JSON.parse(text)
  if (!isJson(parsed)) return []
  return (isJsonObject(parsed) ? [parsed] : listAt({ parsed }, 'parsed')).filter(isJsonObject)
}
