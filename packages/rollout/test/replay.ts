import { isJson, isJsonObject, type JsonObject } from '@slipway/release'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { appliedFrom, defaultTimeoutMs, judge, listAt, numberAt, textAt, type Applied, type Soak, type Verdict } from '../src/index.ts'

const folder = join(import.meta.dirname, '../../../test/fixtures/recordings')

/** A recorded scenario and the verdict that is right for it. */
export interface Scenario {
  readonly file: string
  readonly verdict: string
  readonly appliedAtMs: number
}

/** The recorded Deployments (StatefulSets, DaemonSets and Jobs are not judged yet). */
export function deployments(): Scenario[] {
  return json(readFileSync(join(folder, 'index.json'), 'utf8')).flatMap((entry) => {
    const file = textAt(entry, 'file')
    const verdict = textAt(entry, 'verdict')
    const appliedAtMs = numberAt(entry, 'appliedAtMs')
    if (file === undefined || verdict === undefined || appliedAtMs === undefined) return []
    return /^(statefulset|daemonset|job)-/.test(file) ? [] : [{ file, verdict, appliedAtMs }]
  })
}

/** Feeds a recording event by event; afterwards the clock runs on for two minutes. The first final verdict ends it. */
export function replay(scenario: Scenario): { verdict: Verdict; afterMs: number } {
  const events = readFileSync(join(folder, scenario.file), 'utf8').trim().split('\n').flatMap(json)
  const objects = new Map<string, JsonObject>()
  let applied: Applied | undefined
  let soak: Soak | undefined
  let verdict: Verdict = { state: 'undecided', waitingFor: 'the write' }
  const judgeAt = (nowMs: number): void => {
    if (!applied) return
    const kind = (name: string): JsonObject[] => [...objects.values()].filter((object) => object['kind'] === name)
    const [deployment] = kind('Deployment')
    const limits = { soakMs: 10_000, timeoutMs: defaultTimeoutMs(deployment) }
    const observed = { deployment, replicaSets: kind('ReplicaSet'), pods: kind('Pod') }
    ;({ verdict, soak } = judge(observed, applied, limits, { nowMs, writtenMs: scenario.appliedAtMs }, soak))
  }
  const isFinal = (): boolean => ['healthy', 'failed', 'superseded'].includes(verdict.state)
  let nowMs = 0
  const runUntil = (endMs: number): boolean => {
    // The clock is looked at whenever a soak ends, as a follower's timer does.
    while (verdict.state === 'soaking' && verdict.untilMs <= endMs) {
      nowMs = verdict.untilMs
      judgeAt(nowMs)
    }
    return isFinal()
  }
  for (const event of events) {
    const ms = numberAt(event, 'ms')
    const object = event['object']
    if (ms === undefined || !isJsonObject(object)) continue
    if (runUntil(ms)) return { verdict, afterMs: nowMs - scenario.appliedAtMs }
    nowMs = ms
    const key = `${textAt(object, 'kind') ?? ''}/${textAt(object, 'metadata', 'name') ?? ''}`
    if (event['type'] === 'APPLIED' && ms === scenario.appliedAtMs) applied = appliedFrom(object)
    else if (event['type'] === 'DELETED') objects.delete(key)
    else if (event['type'] === 'ADDED' || event['type'] === 'MODIFIED') objects.set(key, object)
    judgeAt(nowMs)
    if (isFinal()) return { verdict, afterMs: nowMs - scenario.appliedAtMs }
  }
  if (!runUntil(nowMs + 120_000)) judgeAt(nowMs + 120_000)
  return { verdict, afterMs: nowMs - scenario.appliedAtMs }
}

function json(text: string): JsonObject[] {
  const parsed: unknown = JSON.parse(text)
  if (!isJson(parsed)) return []
  return (isJsonObject(parsed) ? [parsed] : listAt({ parsed }, 'parsed')).filter(isJsonObject)
}
