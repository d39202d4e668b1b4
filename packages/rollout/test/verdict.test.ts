import { afterAll, describe, expect, test } from '@jest/globals'
import { textTable } from '@slipway/report'
import type { Cause } from '../src/index.ts'
import { replay, scenarios, type Replayed } from './replay.ts'

const { judged, notYet } = scenarios()
const replayed = new Map(judged.map((scenario) => [scenario.file.replace('.ndjson', ''), { ...scenario, ...replay(scenario), right: scenario.verdict }]))

function of(name: string): Replayed & { readonly right: string } {
  const found = replayed.get(name)
  if (found === undefined) throw new Error(`there is no recording ${name}`)
  return found
}

function causeOf(name: string): Cause {
  const { verdict } = of(name)
  if (verdict.state !== 'failed') throw new Error(`${name} is ${verdict.state}`)
  return verdict.cause
}

const names = (right: string): string[] => [...replayed].flatMap(([name, scenario]) => (scenario.right === right ? [name] : []))

afterAll(() => {
  const rows = [...replayed].map(([name, { verdict, afterMs, warnings }]) => {
    const warned = warnings[0] === undefined ? '' : `warned after ${warnings[0].afterMs} ms: ${warnings[0].key}`
    if (verdict.state !== 'failed') return [name, verdict.state, verdict.state === 'undecided' ? '' : String(afterMs), warned]
    const { code, object, container, reason } = verdict.cause
    return [name, verdict.state, String(afterMs), `${code}: ${object.kind} ${object.name}${container === undefined ? '' : ` (${container})`}, ${reason}`]
  })
  process.stdout.write(`\n${textTable([['scenario', 'verdict', 'ms', 'cause'], ...rows])}\nnot judged yet: ${notYet.join(', ')}\n`)
})

describe('on what a real cluster sent', () => {
  test.each(judged)('$file is $verdict', ({ file, verdict }) => {
    expect(of(file.replace('.ndjson', '')).verdict.state).toBe(verdict)
  })

  // The manifest's own deadline is final, though the pods were ready ten seconds later.
  test.each(names('failed').filter((name) => name !== 'deadline-but-then-healthy'))('%s stays failed when judged on', (name) => {
    expect([...of(name).finals]).toEqual(['failed'])
  })

  test.each(names('healthy'))('%s is never seen failed, before nor after', (name) => {
    expect([...of(name).finals]).toEqual(['healthy'])
  })

  test('StatefulSets, DaemonSets and Jobs are not judged yet, and nothing else is left out', () => {
    expect(notYet).toEqual([
      'daemonset-crashes.ndjson', 'daemonset-healthy.ndjson', 'job-fails.ndjson', 'job-succeeds.ndjson', 'statefulset-healthy.ndjson', 'statefulset-update-stuck.ndjson',
    ])
    expect(judged).toHaveLength(43)
  })

  test.each([
    ['configmap-key-missing', 'config-missing', 'ConfigMap', 'CreateContainerConfigError', /no key B.* 15\.0 s/, 17_000],
    ['configmap-missing', 'config-missing', 'ConfigMap', 'CreateContainerConfigError', /ConfigMap settings, .* does not exist/, 17_000],
    ['secret-volume-missing', 'config-missing', 'Secret', 'FailedMount', /Secret absent, .* does not exist/, 17_000],
    ['crash-at-start', 'container-crashed', 'Pod', 'CrashLoopBackOff', /container app ended with exit code 3, 3 times/, 18_000],
    ['crash-one-replica', 'container-crashed', 'Pod', 'CrashLoopBackOff', /exit code 1, 3 times/, 18_000],
    ['update-crashes', 'container-crashed', 'Pod', 'CrashLoopBackOff', /exit code 1, 3 times/, 18_000],
    ['exit-zero-at-start', 'container-crashed', 'Pod', 'CrashLoopBackOff', /exit code 0, though it should go on running/, 18_000],
    ['init-container-fails', 'container-crashed', 'Pod', 'CrashLoopBackOff', /init container migrate ended with exit code 7/, 18_000],
    ['out-of-memory', 'out-of-memory', 'Pod', 'OOMKilled', /out of memory \(limit 16Mi\)/, 18_000],
    ['startup-probe-kills', 'probe-failed', 'Pod', 'CrashLoopBackOff', /killed by its startup probe, .* statuscode: 404/, 24_000],
    ['executable-missing', 'start-failed', 'Pod', 'RunContainerError', /does not exist .*\/no\/such\/binary/, 400],
    ['image-digest-missing', 'image-not-found', 'Pod', 'ErrImagePull', /no image .*web@sha256:0{64}/, 2000],
    ['image-name-invalid', 'image-name-invalid', 'Pod', 'InvalidImageName', /must be lowercase/, 2000],
    ['image-pull-never', 'image-not-found', 'Pod', 'ErrImageNeverPull', /imagePullPolicy Never/, 2000],
    ['image-repository-missing', 'image-not-found', 'Pod', 'ErrImagePull', /no image .*nothing\/here:1/, 2000],
    ['image-tag-missing', 'image-not-found', 'Pod', 'ErrImagePull', /no image .*web:nope/, 2000],
    ['update-image-missing', 'image-not-found', 'Pod', 'ErrImagePull', /no image .*web:3/, 2000],
    ['image-wrong-platform', 'image-wrong-platform', 'Pod', 'ErrImagePull', /nothing for the platform/, 2000],
    ['registry-unauthorized', 'image-pull-refused', 'Pod', 'ImagePullBackOff', /2 times: .*401 Unauthorized/, 14_000],
    ['host-path-wrong-type', 'volume-failed', 'Pod', 'FailedMount', /3 times: .*hostPath type check failed/, 2000],
    ['pod-security-denied', 'pods-refused', 'ReplicaSet', 'FailedCreate', /PodSecurity denies .*allowPrivilegeEscalation/, 50],
    ['quota-exceeded-first', 'quota-exceeded', 'ReplicaSet', 'FailedCreate', /ResourceQuota small allows: requested: pods=1/, 50],
    ['deadline-but-then-healthy', 'rollout-deadline', 'Deployment', 'ProgressDeadlineExceeded', /10\.0 s .*0 of 2.* connection refused \(\d+ times\)/, 11_000],
    ['readiness-never', 'rollout-deadline', 'Deployment', 'ProgressDeadlineExceeded', /30\.0 s .*0 of 2.* statuscode: 404 \(\d+ times\)/, 31_000],
  ])('%s: %s of a %s, %s', (name, code, kind, reason, why, withinMs) => {
    const cause = causeOf(name)
    expect(cause).toMatchObject({ code, object: { kind }, reason })
    expect(cause.object.name).not.toBe('')
    expect(cause.why).toMatch(why)
    expect(of(name).afterMs).toBeLessThanOrEqual(withinMs)
  })

  test('each failure that is recorded is in that table', () => {
    expect(names('failed')).toHaveLength(24)
  })

  test.each([
    ['paused', 'paused', 10],
    ['registry-unreachable', 'pull/127.0.0.1:5999/web:1/passing', 500],
    ['unschedulable-cpu', 'unschedulable', 50],
    ['unschedulable-node-selector', 'unschedulable', 50],
    ['quota-blocks-surge', 'quota/small', 200],
    ['healthy-registry-was-down', 'pull/127.0.0.1:5003/web:2/passing', 1000],
    ['healthy-slow-start', 'probe/app/Readiness', 2000],
    ['configmap-comes-late', 'configuration/ConfigMap/settings/', 300],
  ])('%s is warned of at once: %s', (name, key, withinMs) => {
    const warning = of(name).warnings.find((one) => one.key === key)
    expect(warning?.afterMs).toBeLessThanOrEqual(withinMs)
  })

  test('what goes well is not warned of', () => {
    expect(['healthy', 'healthy-zero-replicas', 'update-no-change', 'pod-deleted-meanwhile', 'healthy-slow-init'].flatMap((name) => of(name).warnings)).toEqual([])
  })

  test('configuration that this release made itself is not waited for', () => {
    const scenario = judged.find(({ file }) => file === 'configmap-missing.ndjson')
    const own = scenario && replay(scenario, { own: [{ kind: 'ConfigMap', name: 'settings' }] })
    expect(own?.verdict).toMatchObject({ state: 'failed', cause: { code: 'config-missing', why: expect.stringMatching(/this release should have made it/) } })
    expect(own?.afterMs).toBeLessThan(300)
    expect(own?.asked[0]).toBe('ConfigMap/settings')
  })

  test('configuration of others is asked for only when its time is over', () => {
    expect(of('configmap-comes-late').asked).toEqual([])
    expect(of('secret-volume-missing').asked[0]).toBe('Secret/absent')
  })

  test('the evidence points at the log of the container that crashed, and at its run before', () => {
    const { evidence, object } = causeOf('init-container-fails')
    expect(evidence).toMatchObject({ eventsOf: [object], log: { pod: object.name, container: 'migrate', previous: true }, node: 'node-1' })
  })

  test('there is no log where nothing has run', () => {
    expect(['image-tag-missing', 'executable-missing', 'configmap-missing', 'quota-exceeded-first'].map((name) => causeOf(name).evidence.log)).toEqual([undefined, undefined, undefined, undefined])
  })

  test('the evidence has the failing probe with its answer', () => {
    expect(causeOf('readiness-never').evidence.probe).toMatchObject({ kind: 'Readiness', container: 'app', answer: 'HTTP probe failed with statuscode: 404' })
    expect(causeOf('startup-probe-kills').evidence.probe).toMatchObject({ kind: 'Startup', answer: 'HTTP probe failed with statuscode: 404' })
  })
})
