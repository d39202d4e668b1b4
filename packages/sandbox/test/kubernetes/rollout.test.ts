import { describe, expect, test } from '@jest/globals'
import type { Resource } from '../../src/kubernetes/index.ts'
import { APPS, NS, at, condition, configMap, deployment, inCluster, type Client } from './support.ts'

const app = `${APPS}/deployments/app`
const isComplete = (object: unknown): boolean => at(condition(object, 'Progressing'), 'reason') === 'NewReplicaSetAvailable' && at(object, 'status', 'observedGeneration') === at(object, 'metadata', 'generation')

async function rolledOut({ apply, server }: Client, body: Record<string, unknown>): Promise<Resource> {
  const generation = at((await apply(app, body)).body, 'metadata', 'generation')
  return server.until(() => server.objects('Deployment').find((one) => isComplete(one) && one.metadata.generation === generation && at(one, 'status', 'updatedReplicas') === at(one, 'status', 'replicas')))
}

function messages({ server }: Client, reason: string): unknown[] {
  return server.objects('Event').filter((event) => event['reason'] === reason).map((event) => event['message'])
}

function containerOf({ server }: Client): unknown {
  return at(server.objects('Pod')[0], 'status', 'containerStatuses', 0)
}

describe('a rollout', () => {
  test('is seen through a watch: observed, progressing, available', () =>
    inCluster({}, async ({ apply, watch }) => {
      const { body } = await apply(app, deployment())
      const events = await watch(`${APPS}/deployments?watch=1&resourceVersion=${String(at(body, 'metadata', 'resourceVersion'))}`, (event) => isComplete(at(event, 'object')))
      const reasons = events.map((event) => at(condition(at(event, 'object'), 'Progressing'), 'reason'))
      expect(reasons[0]).toBe('NewReplicaSetCreated')
      expect(at(events[0], 'object', 'status', 'observedGeneration')).toBeUndefined()
      expect(reasons).toContain('ReplicaSetUpdated')
      expect(at(events.at(-1), 'object', 'status')).toEqual({
        observedGeneration: 1,
        replicas: 2,
        updatedReplicas: 2,
        readyReplicas: 2,
        availableReplicas: 2,
        terminatingReplicas: 0,
        conditions: [
          expect.objectContaining({ type: 'Available', status: 'True', reason: 'MinimumReplicasAvailable' }),
          expect.objectContaining({ type: 'Progressing', status: 'True', message: expect.stringMatching(/^ReplicaSet "app-[a-z0-9]{10}" has successfully progressed\.$/) }),
        ],
      })
    }))

  test('never has fewer available pods, nor more pods, than its strategy allows', () =>
    inCluster({}, async (client) => {
      await rolledOut(client, deployment('registry/web:1', { replicas: 4 }))
      const from = client.server.objects('Deployment')[0]?.metadata.resourceVersion ?? ''
      await client.apply(app, deployment('registry/web:2', { replicas: 4 }))
      const events = await client.watch(`${APPS}/deployments?watch=1&resourceVersion=${from}`, (event) => isComplete(at(event, 'object')) && at(event, 'object', 'metadata', 'generation') === 2)
      const counts = (field: string): number[] => events.map((event) => Number(at(event, 'object', 'status', field) ?? 0))
      expect(Math.min(...counts('availableReplicas'))).toBeGreaterThanOrEqual(3)
      expect(Math.max(...counts('replicas'))).toBe(5)
      const sets = client.server.objects('ReplicaSet')
      expect(sets.map((one) => [one.metadata.annotations?.['deployment.kubernetes.io/revision'], at(one, 'spec', 'replicas')])).toEqual([['1', 0], ['2', 4]])
      await client.server.until(() => client.server.objects('Pod').length === 4)
    }))

  test('back to an old template takes its ReplicaSet again, under a new revision', () =>
    inCluster({}, async (client) => {
      await rolledOut(client, deployment('registry/web:1'))
      await rolledOut(client, deployment('registry/web:2'))
      const back = await rolledOut(client, deployment('registry/web:1'))
      expect(back.metadata.annotations?.['deployment.kubernetes.io/revision']).toBe('3')
      expect(client.server.objects('ReplicaSet')).toHaveLength(2)
    }))

  test('keeps as many old ReplicaSets as the history limit says', () =>
    inCluster({}, async (client) => {
      for (const tag of ['1', '2', '3', '4']) await rolledOut(client, deployment(`registry/web:${tag}`, { revisionHistoryLimit: 1 }))
      await client.server.until(() => client.server.objects('ReplicaSet').length === 2)
    }))

  test('with Recreate ends all old pods before the first new one', () =>
    inCluster({}, async (client) => {
      await rolledOut(client, deployment('registry/web:1', { strategy: { type: 'Recreate' } }))
      const from = client.server.objects('Deployment')[0]?.metadata.resourceVersion ?? ''
      await rolledOut(client, deployment('registry/web:2', { strategy: { type: 'Recreate' } }))
      const pods = await client.watch(`${NS}/pods?watch=1&timeoutSeconds=1&resourceVersion=${from}`, () => false)
      const images = pods.map((event) => `${String(at(event, 'object', 'status', 'phase'))} ${String(at(event, 'object', 'spec', 'containers', 0, 'image'))}`)
      expect(images.indexOf('Pending registry/web:2')).toBeGreaterThan(images.lastIndexOf('Running registry/web:1'))
    }))

  test('that gets no further in time says so, and recovers', () =>
    inCluster({}, async (client) => {
      let readyAfterMs = Infinity
      client.server.script(() => ({ readyAfterMs }))
      await client.apply(app, deployment('registry/web:1', { progressDeadlineSeconds: 5 }))
      const late = await client.server.until(() => client.server.objects('Deployment').find((one) => at(condition(one, 'Progressing'), 'reason') === 'ProgressDeadlineExceeded'))
      expect(condition(late, 'Progressing')).toMatchObject({ status: 'False', message: expect.stringMatching(/^ReplicaSet "app-\w+" has timed out progressing\.$/) })
      readyAfterMs = 100
      for (const { metadata } of client.server.objects('Pod')) client.server.remove('Pod', 'shop', metadata.name)
      await client.server.until(() => client.server.objects('Deployment').find(isComplete))
    }))

  test('of nothing is complete at once, and a paused one says so', () =>
    inCluster({}, async (client) => {
      await rolledOut(client, deployment('registry/web:1', { replicas: 0 }))
      await client.apply(app, deployment('registry/web:2', { replicas: 0, paused: true }))
      await client.server.until(() => client.server.objects('Deployment').find((one) => at(condition(one, 'Progressing'), 'reason') === 'DeploymentPaused'))
      expect(client.server.objects('ReplicaSet')).toHaveLength(1)
    }))
})

describe('a pod', () => {
  test('whose container crashes restarts at once, then with a growing back-off, and shows its last end and log', () =>
    inCluster({ speed: 500 }, async (client) => {
      client.server.script(() => ({ crash: { afterMs: 50, exitCode: 3, times: 3 }, log: ['starting', 'no database'] }))
      await client.apply(app, deployment('registry/web:1', { replicas: 1 }))
      const seen = await client.watch(`${NS}/pods?watch=1`, (event) => at(event, 'object', 'status', 'containerStatuses', 0, 'ready') === true)
      const backOffs = seen.map((event) => at(event, 'object', 'status', 'containerStatuses', 0, 'state', 'waiting', 'message')).filter((message) => String(message).startsWith('back-off'))
      expect(backOffs).toEqual([expect.stringMatching(/^back-off 10s restarting failed container=app pod=app-\w+-\w+_shop\([-\w]+\)$/), expect.stringContaining('back-off 20s')])
      expect(containerOf(client)).toMatchObject({ restartCount: 3, ready: true, lastState: { terminated: { exitCode: 3, reason: 'Error' } } })
      const name = client.server.objects('Pod')[0]?.metadata.name ?? ''
      expect((await client.send('GET', `${NS}/pods/${name}/log?previous=true&tailLines=1`)).body).toBe('no database\n')
      expect((await client.send('GET', `${NS}/pods/${name}/log?container=app`)).body).toBe('starting\nno database\n')
      expect((await client.send('GET', `${NS}/pods/${name}/log?container=web`)).status).toBe(400)
      expect(messages(client, 'BackOff')).toEqual([expect.stringContaining('Back-off restarting failed container app in pod app-')])
    }))

  test.each([
    ['registry/web:missing', 'failed to resolve reference "registry/web:missing": registry/web:missing: not found'],
    ['registry/web:no-repository', 'failed to resolve reference "registry/web:no-repository": registry/web:no-repository: not found'],
    ['registry/web:arm', 'no match for platform in manifest: not found'],
  ])('with the image %s fails as a kubelet says it', (image, why) =>
    inCluster({}, async (client) => {
      await client.apply(app, deployment(image, { replicas: 1 }))
      const said = `rpc error: code = NotFound desc = failed to pull and unpack image "${image}": ${why}`
      await client.server.until(() => at(containerOf(client), 'state', 'waiting', 'reason') === 'ImagePullBackOff')
      expect(at(containerOf(client), 'state', 'waiting', 'message')).toBe(`Back-off pulling image "${image}": ErrImagePull: ${said}`)
      await client.server.until(() => client.server.objects('Event').some((event) => event['message'] === `Failed to pull image "${image}": ${said}` && Number(event['count']) > 1))
      const name = client.server.objects('Pod')[0]?.metadata.name ?? ''
      expect(at((await client.send('GET', `${NS}/pods/${name}/log`)).body, 'message')).toMatch(/is waiting to start: (trying and failing to pull image|image can't be pulled)$/)
    }))

  test('with a name that is no image name says so', () =>
    inCluster({}, async (client) => {
      await client.apply(app, deployment('registry.local/Web:1', { replicas: 1 }))
      await client.server.until(() => at(containerOf(client), 'state', 'waiting', 'reason') === 'InvalidImageName')
      expect(messages(client, 'InspectFailed')).toEqual([expect.stringContaining('repository name (Web) must be lowercase')])
    }))

  test('whose ConfigMap, then its key, is missing waits, and heals when they come', () =>
    inCluster({}, async (client) => {
      const env = [{ name: 'A', valueFrom: { configMapKeyRef: { name: 'settings', key: 'A' } } }]
      const template = { metadata: { labels: { app: 'app' } }, spec: { containers: [{ name: 'app', image: 'registry/web:1', env }] } }
      await client.apply(app, deployment('registry/web:1', { replicas: 1, template }))
      await client.server.until(() => at(containerOf(client), 'state', 'waiting', 'reason') === 'CreateContainerConfigError')
      expect(at(containerOf(client), 'state', 'waiting', 'message')).toBe('configmap "settings" not found')
      expect(messages(client, 'Failed')).toContain('Error: configmap "settings" not found')
      client.server.put(configMap('settings', { B: '1' }))
      await client.server.until(() => at(containerOf(client), 'state', 'waiting', 'message') === "couldn't find key A in ConfigMap shop/settings")
      client.server.put(configMap('settings', { A: '1' }))
      await client.server.until(() => client.server.objects('Deployment').find(isComplete))
    }))

  test('whose volume lacks its Secret repeats FailedMount, and heals when it comes', () =>
    inCluster({}, async (client) => {
      const template = { metadata: { labels: { app: 'app' } }, spec: { containers: [{ name: 'app', image: 'registry/web:1', volumeMounts: [{ name: 's', mountPath: '/s' }] }], volumes: [{ name: 's', secret: { secretName: 'absent' } }] } }
      await client.apply(app, deployment('registry/web:1', { replicas: 1, template }))
      await client.server.until(() => client.server.objects('Event').some((event) => event['reason'] === 'FailedMount' && Number(event['count']) === 3))
      expect(messages(client, 'FailedMount')).toEqual(['MountVolume.SetUp failed for volume "s" : secret "absent" not found'])
      client.server.put({ apiVersion: 'v1', kind: 'Secret', metadata: { name: 'absent', namespace: 'shop' } })
      await client.server.until(() => client.server.objects('Deployment').find(isComplete))
    }))

  test('never gets ready where its script says so, and its probe tells', () =>
    inCluster({}, async (client) => {
      client.server.script((_, labels) => (labels['tag'] === '2' ? { readyAfterMs: Infinity } : undefined))
      const template = { metadata: { labels: { app: 'app' } }, spec: { containers: [{ name: 'app', image: 'registry/web:2', readinessProbe: { httpGet: { port: 8080 } } }] } }
      await client.apply(app, deployment('registry/web:2', { template }))
      await client.server.until(() => client.server.objects('Event').some((event) => event['reason'] === 'Unhealthy' && Number(event['count']) === 2))
      expect(containerOf(client)).toMatchObject({ started: true, ready: false })
    }))

  test('prints what its run prints: one that crashed is read as the previous one', () =>
    inCluster({}, async (client) => {
      client.server.script(() => ({ log: ['starting'], crash: { afterMs: 50, exitCode: 1, times: 1, log: ['no database'] } }))
      await rolledOut(client, deployment('registry/web:1', { replicas: 1 }))
      const log = `${NS}/pods/${client.server.objects('Pod')[0]?.metadata.name ?? ''}/log`
      await client.server.until(() => at(containerOf(client), 'restartCount') === 1 && at(containerOf(client), 'ready') === true)
      expect((await client.send('GET', `${log}?previous=true`)).body).toBe('starting\nno database\n')
      expect((await client.send('GET', log)).body).toBe('starting\n')
    }))

  test('whose liveness probe fails is killed and restarted, and its probe tells why', () =>
    inCluster({}, async (client) => {
      client.server.script(() => ({ probe: { fails: 'liveness', answer: 'HTTP probe failed with statuscode: 500' } }))
      const template = { metadata: { labels: { app: 'app' } }, spec: { containers: [{ name: 'app', image: 'registry/web:1', livenessProbe: { httpGet: { port: 8080 }, periodSeconds: 1 } }] } }
      await client.apply(app, deployment('registry/web:1', { replicas: 1, template }))
      await client.server.until(() => at(containerOf(client), 'restartCount') === 2)
      expect(containerOf(client)).toMatchObject({ lastState: { terminated: { exitCode: 137, reason: 'Error' } } })
      expect(messages(client, 'Unhealthy')).toEqual(['Liveness probe failed: HTTP probe failed with statuscode: 500'])
      expect(messages(client, 'Killing')).toEqual(['Container app failed liveness probe, will be restarted'])
    }))

  test('runs its init containers first', () =>
    inCluster({}, async (client) => {
      const template = { metadata: { labels: { app: 'app' } }, spec: { initContainers: [{ name: 'wait', image: 'registry/wait:1' }], containers: [{ name: 'app', image: 'registry/web:1' }] } }
      const complete = await rolledOut(client, deployment('registry/web:1', { template }))
      expect(at(complete, 'status', 'readyReplicas')).toBe(2)
      expect(at(client.server.objects('Pod')[0], 'status', 'initContainerStatuses', 0, 'state', 'terminated', 'exitCode')).toBe(0)
    }))

  test('that is deleted ends first, then goes, and another takes its place', () =>
    inCluster({}, async (client) => {
      await rolledOut(client, deployment('registry/web:1', { replicas: 1 }))
      const [pod] = client.server.objects('Pod')
      const { name = '', resourceVersion = '', uid } = pod?.metadata ?? {}
      const deleted = await client.send('DELETE', `${NS}/pods/${name}`)
      expect(at(deleted.body, 'metadata', 'deletionTimestamp')).toBeDefined()
      const seen = await client.watch(`${NS}/pods?watch=1&fieldSelector=metadata.name%3D${name}&resourceVersion=${resourceVersion}`, (event) => at(event, 'type') === 'DELETED')
      expect(seen.map((event) => [at(event, 'type'), at(event, 'object', 'status', 'phase')])).toEqual([['MODIFIED', 'Running'], ['MODIFIED', 'Failed'], ['DELETED', 'Failed']])
      const next = await client.server.until(() => client.server.objects('Pod').find(({ metadata }) => metadata.uid !== uid))
      expect(next.metadata.ownerReferences).toEqual(pod?.metadata.ownerReferences)
    }))
})

test('a closed server leaves nothing running', async () => {
  const during: Client[] = []
  await inCluster({}, async (client) => {
    during.push(client)
    await client.apply(app, deployment())
  })
  const before = during[0]?.server.objects('Pod').length
  await expect(during[0]?.send('GET', '/api')).rejects.toThrow('fetch failed')
  expect(during[0]?.server.objects('Pod').length).toBe(before)
})
