import { describe, expect, test } from '@jest/globals'
import { refreshed, type Answer, type Verdict } from '../src/index.ts'
import { available, deployment, ended, event, Follower, otherTemplate, pod, replicaSet, running, times, waiting } from './scene.ts'

const code = (verdict: Verdict): string => (verdict.state === 'failed' ? verdict.cause.code : verdict.state)

describe('crashes', () => {
  test('the third in one container of one pod fails; three in three pods do not', () => {
    expect(code(new Follower().look(0, { pods: ['a', 'b', 'c'].map((name) => pod(name, [ended(0)])) }).verdict)).toBe('undecided')
    expect(code(new Follower().look(0, { pods: [pod('a', [ended(1)]), pod('b', [ended(1)])] }).verdict)).toBe('undecided')
    expect(code(new Follower().look(0, { pods: [pod('a', [ended(2)])] }).verdict)).toBe('container-crashed')
  })

  test('a container that is up again after its third is given another chance', () => {
    expect(code(new Follower().look(0, { pods: [pod('a', [running(3)])] }).verdict)).toBe('undecided')
    expect(code(new Follower().look(0, { pods: [pod('a', [running(3, 'app', false)])] }).verdict)).toBe('container-crashed')
  })

  test('an init container that did its work at the third try is no failure', () => {
    expect(code(new Follower().look(0, { pods: [pod('a', [waiting('PodInitializing')], { inits: [ended(2, 0, 'migrate', 'Completed')] })] }).verdict)).toBe('undecided')
  })

  test('the threshold is the caller\'s', () => {
    expect(code(new Follower({ crashThreshold: 1 }).look(0, { pods: [pod('a', [ended(0)])] }).verdict)).toBe('container-crashed')
  })

  test('what a pod older than the write has behind it does not count', () => {
    const old = { metadata: { creationTimestamp: times.before } }
    const follower = new Follower()
    expect(code(follower.look(0, { pods: [pod('a', [running(7)], old)] }).verdict)).toBe('undecided')
    expect(code(follower.look(1, { pods: [pod('a', [ended(7)], old)] }).verdict)).toBe('undecided')
    expect(code(follower.look(2, { pods: [pod('a', [ended(9)], old)] }).verdict)).toBe('container-crashed')
  })

  test('one more crash is enough for an older pod that was crashing already', () => {
    const old = { metadata: { creationTimestamp: times.before } }
    const follower = new Follower()
    expect(code(follower.look(0, { pods: [pod('a', [ended(9)], old)] }).verdict)).toBe('undecided')
    expect(code(follower.look(1, { pods: [pod('a', [ended(10)], old)] }).verdict)).toBe('container-crashed')
  })

  test('pods that were evicted, or are being deleted, do not count', () => {
    const evicted = pod('a', [ended(5, 137)], { status: { phase: 'Failed', reason: 'Evicted', message: 'The node was low on resource: memory.' } })
    const { verdict, warnings } = new Follower().look(0, { pods: [evicted, pod('b', [ended(5)], { metadata: { deletionTimestamp: times.after } })] })
    expect(code(verdict)).toBe('undecided')
    expect(warnings.map(({ text }) => text)).toEqual([expect.stringMatching(/pod a was put out by its node \(Evicted\): The node was low on resource: memory/)])
  })

  test('a probe is the cause only where it killed most of the runs', () => {
    const killed = (count: number): string => {
      const events = [event('a', 'Killing', 'Container app failed liveness probe, will be restarted', { count, container: 'app' })]
      return code(new Follower().look(0, { pods: [pod('a', [ended(2, 137)])], events }).verdict)
    }
    expect([killed(1), killed(2)]).toEqual(['container-crashed', 'probe-failed'])
  })
})

describe('readiness', () => {
  const probed = (kind: string, count: number): string[] => {
    const events = [event('a', 'Unhealthy', `${kind} probe failed: connection refused`, { count, container: 'app' })]
    return new Follower().look(0, { pods: [pod('a', [running(0, 'app', false)])], events }).warnings.map(({ text }) => text)
  }

  test('a startup probe that fails while a program starts is no warning, until half of its tries are gone', () => {
    expect([probed('Startup', 1), probed('Startup', 2).length, probed('Readiness', 1).length]).toEqual([[], 1, 1])
  })

  test('where time runs out over it, it is told all the same', () => {
    const events = [event('a', 'Unhealthy', 'Startup probe failed: connection refused', { container: 'app' })]
    const { verdict } = new Follower({ timeoutMs: 1000 }).look(1000, { pods: [pod('a', [running(0, 'app', false)])], events })
    expect(verdict).toMatchObject({ state: 'failed', cause: { code: 'rollout-timeout', why: expect.stringMatching(/its startup probe was answered: connection refused/) } })
  })
})

describe('time that runs out', () => {
  test('a judgement names the next moment at which time alone may change it', () => {
    const follower = new Follower({ timeoutMs: 60_000 })
    const late = [pod('a', [waiting('CreateContainerConfigError', 'configmap "settings" not found')])]
    expect([follower.look(0, {}).lookAgainMs, follower.look(1000, { pods: late }).lookAgainMs, follower.look(16_000, { pods: late }).lookAgainMs]).toEqual([60_000, 16_000, 60_000])
  })

  const judged = (status: object, pods = [pod('a', [running(0, 'app', false)])]): Verdict => new Follower({ timeoutMs: 1000 }).look(1000, { deployment: deployment({ status: { ...status } }), pods }).verdict

  test('over a pod of which nobody complained is told with that pod, and its log', () => {
    const verdict = judged({})
    expect(verdict).toMatchObject({ state: 'failed', cause: { why: expect.stringMatching(/; pod a: running, not ready$/), container: 'app', evidence: { eventsOf: [{ kind: 'Pod', name: 'a' }], log: { pod: 'a' } } } })
  })

  test('while old pods serve beside a new one that is not ready is not put down to the old ones', () => {
    expect(judged({ replicas: 2, availableReplicas: 1 })).toMatchObject({ cause: { why: expect.stringMatching(/waits for pods to become available: 1 of 2, old ones included/) } })
    expect(judged({ replicas: 2, availableReplicas: 2 }, [])).toMatchObject({ cause: { why: expect.stringMatching(/waits for old pods to end: 1$/) } })
  })
})

describe('starts', () => {
  test('exec format error beats the exit code 128 that comes with it', () => {
    const status = { name: 'app', restartCount: 2, ready: false, state: { waiting: { reason: 'CrashLoopBackOff' } }, lastState: { terminated: { exitCode: 128, reason: 'StartError', message: 'exec /app: exec format error: unknown' } } }
    const { verdict } = new Follower().look(0, { pods: [pod('a', [status])] })
    expect(verdict).toMatchObject({ state: 'failed', cause: { code: 'start-failed', reason: 'StartError', why: expect.stringMatching(/not made for the platform/), evidence: { log: undefined } } })
  })

  test('a start that fails for no such reason is a warning', () => {
    const { verdict, warnings } = new Follower().look(0, { pods: [pod('a', [waiting('CreateContainerError', 'failed to reserve container name')])] })
    expect(code(verdict)).toBe('undecided')
    expect(warnings[0]?.key).toBe('start/app/CreateContainerError')
  })
})

describe('pulls', () => {
  const pull = (answer: string, count = 1): string => {
    const events = [event('a', 'Failed', `Failed to pull image "registry.example/web:401": ${answer}`, { count, container: 'app' })]
    return code(new Follower().look(0, { pods: [pod('a', [waiting('ContainerCreating')])], events }).verdict)
  }

  test.each([
    ['registry.example/web:401: not found', 'image-not-found'],
    ['manifest unknown', 'image-not-found'],
    ['no matching manifest for linux/arm64 in the manifest list entries', 'image-wrong-platform'],
    ['unexpected status from HEAD request: 503 Service Unavailable', 'undecided'],
    ['dial tcp: lookup registry.example: no such host', 'undecided'],
    ['429 Too Many Requests - toomanyrequests: rate exceeded', 'undecided'],
    ['net/http: TLS handshake timeout', 'undecided'],
    ['something that nobody has heard of', 'undecided'],
  ])('%s: %s', (answer, expected) => {
    expect(pull(answer, 9)).toBe(expected)
  })

  test.each(['401 Unauthorized', '403 Forbidden', 'pull access denied, repository does not exist or may require authorization'])('%s fails at the second Event', (answer) => {
    expect([pull(answer, 1), pull(answer, 2)]).toEqual(['undecided', 'image-pull-refused'])
  })

  test('an image that came after all is no failure any more', () => {
    const events = [event('a', 'Failed', 'Failed to pull image "registry.example/web:401": not found', { container: 'app' })]
    expect(code(new Follower().look(0, { pods: [pod('a', [running(0, 'app', false)])], events }).verdict)).toBe('undecided')
  })
})

describe('configuration', () => {
  const pods = [pod('a', [waiting('CreateContainerConfigError', 'configmap "settings" not found')])]
  const answers = (found: Answer['found'], atMs: number): ReadonlyMap<string, Answer> => new Map([['ConfigMap/settings', { atMs, found, keys: [] }]])

  test('only an answer from after the grace confirms that it is missing', () => {
    const follower = new Follower()
    expect(follower.look(0, { pods }).asks).toEqual([])
    const due = follower.look(15_000, { pods, answers: answers('absent', 14_000) })
    expect([code(due.verdict), due.asks]).toEqual(['undecided', [{ id: 'ConfigMap/settings', kind: 'ConfigMap', name: 'settings' }]])
    expect(code(follower.look(15_001, { pods, answers: answers('absent', 15_000) }).verdict)).toBe('config-missing')
  })

  test.each(['present', 'unreadable'] as const)('an answer that it is %s confirms nothing, and is asked for again after a while', (found) => {
    const follower = new Follower({ ownConfiguration: [{ kind: 'ConfigMap', name: 'settings' }] })
    expect(follower.look(0, { pods }).asks).toHaveLength(1)
    const answered = follower.look(1, { pods, answers: answers(found, 0) })
    expect([code(answered.verdict), answered.asks]).toEqual(['undecided', []])
    expect(follower.look(6000, { pods, answers: answers(found, 0) }).asks).toHaveLength(1)
  })

  test('a key of a volume is found by the volume\'s own name', () => {
    const one = pod('a', [waiting('ContainerCreating')])
    const withVolume = { ...one, spec: { containers: [{ name: 'app' }], volumes: [{ name: 'v', secret: { secretName: 'db' } }] } }
    const events = [event('a', 'FailedMount', 'MountVolume.SetUp failed for volume "v" : references non-existent secret key: password')]
    const { asks, warnings } = new Follower({ lateConfigurationMs: 0 }).look(0, { pods: [withVolume], events })
    expect(asks).toEqual([{ id: 'Secret/db', kind: 'Secret', name: 'db' }])
    expect(warnings[0]?.text).toMatch(/Secret db has no key password/)
  })
})

describe('pods that are not let in', () => {
  const refused = 'Error creating: pods "app-x" is forbidden: exceeded quota: small, requested: pods=1, used: pods=2, limited: pods=2'
  const refusals = (count: number): { events: ReturnType<typeof event>[] } => ({ events: [event('new', 'FailedCreate', refused, { count })] })
  const replicaSets = [replicaSet('new'), replicaSet('old', 0)]

  test('quota: refusals count from when the last old pod is gone, and silence is none', () => {
    const follower = new Follower()
    const ending = pod('o', [running()], { of: 'old', metadata: { deletionTimestamp: times.after } })
    expect(code(follower.look(0, { replicaSets, pods: [ending], ...refusals(9) }).verdict)).toBe('undecided')
    expect(code(follower.look(1000, { replicaSets, ...refusals(11) }).verdict)).toBe('undecided')
    expect(code(follower.look(300_000, { replicaSets, ...refusals(11) }).verdict)).toBe('undecided')
    expect(code(follower.look(300_001, { replicaSets, ...refusals(12) }).verdict)).toBe('undecided')
    expect(code(follower.look(300_002, { replicaSets, ...refusals(13) }).verdict)).toBe('quota-exceeded')
  })

  test('quota: what alone asks for more than the limit fails at once, whatever the unit', () => {
    const alone = refused.replace(/requested.*/, 'requested: limits.memory=2Gi, used: limits.memory=0, limited: limits.memory=1500Mi')
    const old = pod('o', [running()], { of: 'old' })
    expect(code(new Follower().look(0, { replicaSets, pods: [old], events: [event('new', 'FailedCreate', alone)] }).verdict)).toBe('quota-exceeded')
  })

  test.each([
    ['admission webhook "policy.example" denied the request: no', 'pods-refused'],
    ['Pod "app-x" is invalid: spec.containers[0].name: Required value', 'pods-refused'],
    ['Internal error occurred: failed calling webhook "policy.example": connection refused', 'undecided'],
    ['pods "app-x" is forbidden: error looking up service account ns/app: serviceaccount "app" not found', 'undecided'],
  ])('%s: %s', (message, expected) => {
    expect(code(new Follower().look(0, { events: [event('new', 'FailedCreate', `Error creating: ${message}`)] }).verdict)).toBe(expected)
  })

  test('a refusal is forgotten once the pods are there', () => {
    const events = [event('new', 'FailedCreate', 'Error creating: pods "x" is forbidden: violates PodSecurity "restricted"')]
    expect(code(new Follower().look(0, { pods: [pod('a', [running(0, 'app', false)])], events }).verdict)).toBe('undecided')
  })

  test('an Event from before the write, about a ReplicaSet that came back, is passed over', () => {
    const back = { ...replicaSet('new'), metadata: { name: 'app-new', uid: 'new', creationTimestamp: times.before, ownerReferences: [{ uid: 'd' }] } }
    const at = (last: string): string =>
      code(new Follower().look(0, { replicaSets: [back], events: [event('new', 'FailedCreate', 'Error creating: admission webhook "w" denied the request: no', { last })] }).verdict)
    expect([at(times.before), at(times.after)]).toEqual(['undecided', 'pods-refused'])
  })
})

describe('scheduling', () => {
  const status = { phase: 'Pending', conditions: [{ type: 'PodScheduled', status: 'False', reason: 'Unschedulable', message: '0/3 nodes are available: 3 Insufficient cpu.' }] }
  const pods = [pod('a', [], { status })]

  test('no node for five minutes is a failure, and a warning from the start', () => {
    const follower = new Follower()
    expect(follower.look(0, { pods })).toMatchObject({ verdict: { state: 'undecided' }, warnings: [{ key: 'unschedulable' }] })
    expect(code(follower.look(299_999, { pods }).verdict)).toBe('undecided')
    expect(follower.look(300_000, { pods }).verdict).toMatchObject({ state: 'failed', cause: { code: 'unschedulable', reason: 'Unschedulable', object: { kind: 'Pod', name: 'a' } } })
  })

  test('a node in between starts the five minutes anew', () => {
    const follower = new Follower()
    follower.look(0, { pods })
    follower.look(200_000, { pods: [pod('a', [waiting('ContainerCreating')])] })
    expect(code(follower.look(300_000, { pods }).verdict)).toBe('undecided')
  })

  test('an autoscaler that refuses again and again shortens it, one that adds a node does not', () => {
    const refusal = (count: number): ReturnType<typeof event> => event('a', 'NotTriggerScaleUp', 'pod didn\'t trigger scale-up: 1 max node group size reached', { count, reporter: 'cluster-autoscaler' })
    expect(code(new Follower().look(0, { pods, events: [refusal(1)] }).verdict)).toBe('undecided')
    expect(code(new Follower().look(0, { pods, events: [refusal(3)] }).verdict)).toBe('unschedulable')
    expect(code(new Follower().look(0, { pods, events: [refusal(3), event('a', 'TriggeredScaleUp', 'pod triggered scale-up')] }).verdict)).toBe('undecided')
  })

  test('a series counts like a count', () => {
    const karpenter = { ...event('a', 'FailedScheduling', 'incompatible with nodepool default', { reporter: 'karpenter' }), count: null, lastTimestamp: null, eventTime: '2026-11-21T01:00:05.123456Z', series: { count: 3 } }
    expect(code(new Follower().look(0, { pods, events: [karpenter] }).verdict)).toBe('unschedulable')
  })
})

describe('volumes', () => {
  const mount = (message: string, count: number): string =>
    code(new Follower().look(0, { pods: [pod('a', [waiting('ContainerCreating')])], events: [event('a', 'FailedMount', message, { count })] }).verdict)

  test('a wrong type or subPath fails at the third repeat, other trouble never', () => {
    const lasting = 'MountVolume.SetUp failed for volume "v" : hostPath type check failed: /x is not a directory'
    expect([mount(lasting, 2), mount(lasting, 3)]).toEqual(['undecided', 'volume-failed'])
    expect(mount('Unable to attach or mount volumes: timed out waiting for the condition', 50)).toBe('undecided')
  })
})

describe('success', () => {
  test('a restart during the soak starts it anew', () => {
    const follower = new Follower()
    const healthy = (restarts: number): Parameters<Follower['look']>[1] => ({ deployment: deployment({ status: available }), pods: [pod('a', [running(restarts)])] })
    expect(follower.look(0, healthy(0)).verdict).toEqual({ state: 'soaking', untilMs: 10_000 })
    expect(follower.look(9000, healthy(1)).verdict).toEqual({ state: 'soaking', untilMs: 19_000 })
    expect(follower.look(18_999, healthy(1)).verdict.state).toBe('soaking')
    expect(follower.look(19_000, healthy(1)).verdict).toEqual({ state: 'healthy', replicas: 1 })
  })
})

describe('whose rollout it is', () => {
  const crashing = { pods: [pod('a', [ended(5)])] }

  test('another template since is superseded, never failed', () => {
    const later = deployment({ metadata: { generation: 3 }, spec: { template: otherTemplate } })
    expect(new Follower().look(0, { ...crashing, deployment: later }).verdict.state).toBe('superseded')
  })

  test('a later generation with the same template is still ours', () => {
    const scaled = deployment({ metadata: { generation: 3 }, spec: { replicas: 2 }, status: { observedGeneration: 3 } })
    expect(code(new Follower().look(0, { ...crashing, deployment: scaled }).verdict)).toBe('container-crashed')
  })

  test('a Deployment that was deleted, or made anew, is superseded; one that was never seen is waited for', () => {
    const follower = new Follower()
    expect(follower.look(0, { deployment: undefined }).verdict.state).toBe('undecided')
    follower.look(1, {})
    expect(follower.look(2, { deployment: undefined }).verdict.state).toBe('superseded')
    expect(new Follower().look(0, { deployment: deployment({ metadata: { uid: 'other' } }) }).verdict.state).toBe('superseded')
  })

  test('nothing is judged before the controller has taken note of the write', () => {
    expect(new Follower().look(0, { ...crashing, deployment: deployment({ status: { observedGeneration: 1 } }) }).verdict).toEqual({ state: 'undecided', waitingFor: 'the Deployment controller to take note of the change' })
  })

  test('patience ends with what was wrong then', () => {
    const { verdict } = new Follower({ timeoutMs: 1000 }).look(1000, { deployment: deployment({ spec: { paused: true } }) })
    expect(verdict).toMatchObject({ state: 'failed', cause: { code: 'rollout-timeout', object: { kind: 'Deployment', name: 'app' }, why: expect.stringMatching(/paused/) } })
  })
})

describe('what was got afresh', () => {
  const observed = { deployment: deployment(), replicaSets: [replicaSet('new')], pods: [pod('a', [ended(2)], { metadata: { resourceVersion: '31' } })], events: [], answers: new Map<string, Answer>() }

  test('recovery cancels a failure that was proposed', () => {
    const follower = new Follower()
    expect(code(follower.look(0, observed).verdict)).toBe('container-crashed')
    const fresh = { deployment: deployment(), replicaSets: [replicaSet('new')], pods: [pod('a', [running(3)], { metadata: { resourceVersion: '32' } })] }
    expect(code(follower.look(1, refreshed(observed, fresh)).verdict)).toBe('undecided')
  })

  test('the items of a LIST, which do not say their kind, are named by it all the same', () => {
    const bare = Object.fromEntries(Object.entries(replicaSet('new')).filter(([key]) => key !== 'kind' && key !== 'apiVersion'))
    const events = [event('new', 'FailedCreate', 'Error creating: admission webhook "w" denied the request: no')]
    expect(new Follower().look(0, { replicaSets: [bare], events }).verdict).toMatchObject({ cause: { object: { kind: 'ReplicaSet', name: 'app-new' }, evidence: { eventsOf: [{ kind: 'ReplicaSet', name: 'app-new' }] } } })
  })

  test('an older state that arrives late overwrites nothing, and what is gone is gone', () => {
    const late = { deployment: deployment({ metadata: { resourceVersion: '9' } }), replicaSets: [replicaSet('new')], pods: [pod('a', [running(1)], { metadata: { resourceVersion: '30' } })] }
    expect(refreshed(observed, late)).toEqual(observed)
    const without = { ...late, pods: [pod('b', [running()], { metadata: { resourceVersion: '40' } })] }
    expect(refreshed(observed, without).pods.map(({ metadata }) => metadata)).toEqual([expect.objectContaining({ name: 'b' })])
    expect(refreshed(observed, { ...late, deployment: undefined }).deployment).toBeUndefined()
  })
})
