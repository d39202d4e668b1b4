import { expect, test } from '@jest/globals'
import { isJson, isJsonObject, type JsonObject } from '@slipway/release'
import { evidenceText, listAt, numberAt, textAt, type Cause, type Observation } from '@slipway/rollout'
import type { Clock } from '@slipway/wire'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { collectEvidence, type EvidenceSource } from '../src/evidence.ts'

const recording = join(import.meta.dirname, '../../../test/fixtures/recordings/crash-at-start.ndjson')
const lines = readFileSync(recording, 'utf8').trim().split('\n').flatMap(parsed)
const observed = observation()
const podName = textAt(observed.pods[0], 'metadata', 'name') ?? ''
const cause: Cause = {
  code: 'container-crashed',
  object: { kind: 'Pod', name: podName },
  container: 'app',
  reason: 'CrashLoopBackOff',
  why: 'container app ended, saying: connecting to postgres://shop:hunter22@db/shop, 3 times',
  next: 'mend it',
  evidence: { eventsOf: [{ kind: 'Pod', name: podName }], log: { pod: podName, container: 'app', previous: true }, probe: undefined, node: 'node-1' },
}

/** Time that passes when a test says so; nothing passes unless it does. */
function stoppedClock(): { clock: Clock; pass: () => void } {
  const passed = Promise.withResolvers<undefined>()
  const clock: Clock = {
    now: () => Date.parse('2026-11-21T12:00:00Z'),
    monotonic: () => 0,
    async wait(_ms, signal) {
      signal?.throwIfAborted()
      const ended = Promise.withResolvers<undefined>()
      signal?.addEventListener('abort', () => {
        ended.reject(signal.reason)
      })
      await Promise.race([passed.promise, ended.promise])
    },
  }
  return {
    clock,
    pass: () => {
      passed.resolve(undefined)
    },
  }
}

const secret = new Map([['url', Buffer.from('{"password":"hunter22"}')]])
const recorded: EvidenceSource = {
  log: (pod, container, { previous }) => Promise.resolve(recordedLog(pod, container, previous)),
  secret: () => Promise.resolve(secret),
  node: () => Promise.resolve(undefined),
}

test('the recorded log of a crash is shown without the value of the Secret in it', async () => {
  const { cause: redacted, report } = await collectEvidence(cause, observed, recorded, { clock: stoppedClock().clock })
  const text = evidenceText(report).join('\n')
  expect(text).toContain(`The log of container app of pod ${podName}:`)
  expect(text).toContain('  connecting to postgres://shop:***@db/shop')
  expect(text).toContain('fatal: relation orders does not exist')
  expect(text).toContain('BackOff')
  expect(JSON.stringify({ redacted, report })).not.toContain('hunter22')
})

test('where the container runs again, the log of the run before is shown', async () => {
  const running = { ...observed, pods: observed.pods.map((pod) => ({ ...pod, status: { containerStatuses: [{ name: 'app', restartCount: 1, state: { running: {} } }] } })) }
  const source: EvidenceSource = { ...recorded, log: (_pod, _container, { previous }) => Promise.resolve(previous ? 'it failed' : 'it begins') }
  expect((await collectEvidence(cause, running, source, { clock: stoppedClock().clock })).report.log).toMatchObject({ previous: true, lines: ['it failed'] })
  const gone: EvidenceSource = { ...recorded, log: (_pod, _container, { previous }) => Promise.resolve(previous ? 'unable to retrieve container logs for containerd://1' : 'it begins') }
  expect((await collectEvidence(cause, running, gone, { clock: stoppedClock().clock })).report.log).toMatchObject({ previous: false, lines: ['it begins'] })
})

test.each<[title: string, trouble: Partial<EvidenceSource>, isWithheld: boolean]>([
  ['an unreadable Secret withholds what the container said', { secret: () => Promise.resolve('unreadable') }, true],
  ['a Secret that throws does too', { secret: () => Promise.reject(new Error('reset')) }, true],
  ['an absent Secret has nothing to hide', { secret: () => Promise.resolve('absent'), log: () => Promise.resolve('harmless') }, false],
  ['a log that throws is told as not read', { log: () => Promise.reject(new Error('reset')) }, true],
  ['a node that throws is left out', { node: () => Promise.reject(new Error('forbidden')) }, false],
])('%s', async (_, trouble, isWithheld) => {
  const { report, cause: redacted } = await collectEvidence(cause, observed, { ...recorded, ...trouble }, { clock: stoppedClock().clock })
  expect(report.log !== undefined && 'withheld' in report.log).toBe(isWithheld)
  expect(JSON.stringify(report)).not.toContain('hunter22')
  expect(report.events.length).toBeGreaterThan(0)
  expect(redacted.evidence).toEqual(cause.evidence)
})

test('a server that never answers withholds only what it was asked for, and a stopped run waits for nothing', async () => {
  const { clock, pass } = stoppedClock()
  const never: EvidenceSource = { ...recorded, log: () => new Promise(() => undefined) }
  const collected = collectEvidence(cause, observed, never, { clock })
  pass()
  expect((await collected).report).toMatchObject({ log: { withheld: 'the API server did not give it' } })
  const stopped = await collectEvidence(cause, observed, { ...never, secret: () => new Promise(() => undefined) }, { clock: stoppedClock().clock, signal: AbortSignal.abort(new Error('SIGINT')) })
  expect(JSON.stringify(stopped.report.log)).toContain('could not be read')
})

/** The newest state of each object of the recording; its pods are given a Secret. */
function observation(): Observation {
  const objects = new Map<string, JsonObject>()
  for (const line of lines) {
    const object = line['object']
    if (isJsonObject(object) && line['type'] !== 'DELETED') objects.set(`${textAt(object, 'kind') ?? ''}/${textAt(object, 'metadata', 'name') ?? ''}`, object)
  }
  const kind = (name: string): JsonObject[] => [...objects.values()].filter((object) => object['kind'] === name)
  const pods = kind('Pod').map((pod) => ({ ...pod, spec: { containers: [{ name: 'app', envFrom: [{ secretRef: { name: 'cart-db' } }] }] } }))
  return { deployment: kind('Deployment')[0], replicaSets: kind('ReplicaSet'), pods, events: kind('Event'), answers: new Map() }
}

function recordedLog(pod: string, container: string, previous: boolean): string | undefined {
  const logs = lines.filter((line) => line['type'] === 'LOGS').flatMap((line) => listAt(line, 'object'))
  const found = logs.find((log) => isJsonObject(log) && log['pod'] === pod && log['container'] === container && log['previous'] === previous)
  return numberAt(found, 'status') === 200 ? textAt(found, 'text') : undefined
}

function parsed(text: string): JsonObject[] {
  const value: unknown = JSON.parse(text)
  return isJson(value) && isJsonObject(value) ? [value] : []
}
