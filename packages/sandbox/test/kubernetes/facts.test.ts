import { expect, test } from '@jest/globals'
import { APPS, NS, at, configMap, deployment, inCluster } from './support.ts'

const app = `${APPS}/deployments/app`
const MODIFIED = 'the object has been modified; please apply your changes to the latest version and try again'

test('an apply without a change leaves resourceVersion and generation', () =>
  inCluster({}, async ({ apply, server }) => {
    server.script(() => ({ readyAfterMs: Infinity }))
    await apply(`${NS}/configmaps/settings`, configMap('settings', { A: '1' }))
    const before = (await apply(`${NS}/configmaps/settings`, configMap('settings', { A: '1' }))).body
    const again = await apply(`${NS}/configmaps/settings`, configMap('settings', { A: '1' }))
    expect(again).toEqual({ status: 200, body: before })
    await apply(app, deployment())
    expect(at((await apply(app, deployment())).body, 'metadata', 'generation')).toBe(1)
    expect(at((await apply(app, deployment('registry/web:2'))).body, 'metadata', 'generation')).toBe(2)
  }))

test('an apply with an old resourceVersion is a conflict without causes', () =>
  inCluster({}, async ({ apply }) => {
    const first = await apply(`${NS}/configmaps/settings`, configMap('settings', { A: '1' }))
    await apply(`${NS}/configmaps/settings`, configMap('settings', { A: '2' }))
    const stale = configMap('settings', { A: '3' }, { metadata: { name: 'settings', resourceVersion: at(first.body, 'metadata', 'resourceVersion') } })
    const answer = await apply(`${NS}/configmaps/settings`, stale)
    expect(answer).toEqual({
      status: 409,
      body: { kind: 'Status', apiVersion: 'v1', metadata: {}, status: 'Failure', message: `Operation cannot be fulfilled on configmaps "settings": ${MODIFIED}`, reason: 'Conflict', details: { name: 'settings', kind: 'configmaps' }, code: 409 },
    })
  }))

test("another manager's field with another value is a conflict that names manager and field", () =>
  inCluster({}, async ({ apply }) => {
    await apply(app, deployment(), 'fieldManager=helm')
    const answer = await apply(app, deployment('registry/web:2', { replicas: 3 }))
    expect(answer.status).toBe(409)
    expect(at(answer.body, 'details', 'causes')).toEqual([
      { reason: 'FieldManagerConflict', message: 'conflict with "helm"', field: '.spec.replicas' },
      { reason: 'FieldManagerConflict', message: 'conflict with "helm"', field: '.spec.template.spec.containers[name="app"].image' },
    ])
    expect(at(answer.body, 'message')).toBe('Apply failed with 2 conflicts: conflicts with "helm":\n- .spec.replicas\n- .spec.template.spec.containers[name="app"].image')
    const forced = await apply(app, deployment('registry/web:2', { replicas: 3 }), 'fieldManager=slipway&force=true')
    expect(forced.status).toBe(200)
    expect((await apply(app, deployment(), 'fieldManager=helm')).status).toBe(409)
  }))

test('an equal value is shared in silence, and stays when one of the two leaves it out', () =>
  inCluster({}, async ({ apply }) => {
    const path = `${NS}/configmaps/settings`
    await apply(path, configMap('settings', { A: '1', B: '1' }), 'fieldManager=helm')
    expect((await apply(path, configMap('settings', { A: '1' }))).status).toBe(200)
    const left = await apply(path, configMap('settings', {}), 'fieldManager=helm')
    expect(at(left.body, 'data')).toEqual({ A: '1' })
    expect(at((await apply(path, configMap('settings', {}))).body, 'data')).toBeUndefined()
  }))

test('an apply with a wrong uid is invalid', () =>
  inCluster({}, async ({ apply }) => {
    const path = `${NS}/configmaps/settings`
    await apply(path, configMap('settings', {}))
    const answer = await apply(path, configMap('settings', {}, { metadata: { name: 'settings', uid: 'other' } }))
    expect(answer.status).toBe(422)
    expect(at(answer.body, 'message')).toBe('ConfigMap "settings" is invalid: metadata.uid: Invalid value: "other": field is immutable')
  }))

test('an apply that carries a uid never creates; one that carries a resourceVersion alone does', () =>
  inCluster({}, async ({ apply }) => {
    const path = `${NS}/configmaps/absent`
    const refused = await apply(path, configMap('absent', {}, { metadata: { name: 'absent', uid: 'other', resourceVersion: '7' } }))
    expect([refused.status, at(refused.body, 'message')]).toEqual([409, 'Operation cannot be fulfilled on configmaps "absent": uid mismatch: the provided object specified uid other, and no existing object was found'])
    expect((await apply(path, configMap('absent', {}, { metadata: { name: 'absent', resourceVersion: '7' } }))).status).toBe(201)
  }))

test('a sole owner that leaves replicas out gets one replica', () =>
  inCluster({}, async ({ apply }) => {
    await apply(app, deployment())
    expect(at((await apply(app, deployment('registry/web:1', { replicas: undefined }))).body, 'spec', 'replicas')).toBe(1)
  }))

test('replicas stay when a second manager had applied the live value', () =>
  inCluster({}, async ({ apply }) => {
    await apply(app, deployment())
    const handed = await apply(app, { apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: 'app' }, spec: { replicas: 2 } }, 'fieldManager=slipway-replicas')
    expect(handed.status).toBe(200)
    expect(at((await apply(app, deployment('registry/web:1', { replicas: undefined }))).body, 'spec', 'replicas')).toBe(2)
  }))

test("an autoscaler's replicas conflict by its scale subresource; leaving them out keeps its value", () =>
  inCluster({}, async ({ apply, server }) => {
    await apply(app, deployment('registry/web:1', { replicas: 1 }))
    await apply('/apis/autoscaling/v2/namespaces/shop/horizontalpodautoscalers/app', { apiVersion: 'autoscaling/v2', kind: 'HorizontalPodAutoscaler', metadata: { name: 'app' }, spec: { scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'app' }, minReplicas: 3, maxReplicas: 5 } })
    await server.until(() => at(server.objects('Deployment')[0], 'spec', 'replicas') === 3)
    const answer = await apply(app, deployment())
    expect(answer.status).toBe(409)
    expect(at(answer.body, 'message')).toBe('Apply failed with 1 conflict: conflict with "kube-controller-manager" with subresource "scale" using apps/v1: .spec.replicas')
    expect(at((await apply(app, deployment('registry/web:2', { replicas: undefined }))).body, 'spec', 'replicas')).toBe(3)
    await server.until(() => server.objects('Event').some((event) => event['message'] === 'New size: 3; reason: Current number of replicas below Spec.MinReplicas'))
  }))

test('an unknown field or a wrong type is a 500 in a typed apply', () =>
  inCluster({}, async ({ apply }) => {
    const unknown = await apply(app, deployment('registry/web:1', {}, { foo: 1 }))
    expect(unknown).toEqual({ status: 500, body: { kind: 'Status', apiVersion: 'v1', metadata: {}, status: 'Failure', message: 'failed to create typed patch object (shop/app; apps/v1, Kind=Deployment): .spec.template.spec.foo: field not declared in schema', code: 500 } })
    const typed = await apply(`${NS}/configmaps/settings`, { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'settings' }, data: { A: 1 } })
    expect(typed.status).toBe(500)
    expect(at(typed.body, 'message')).toContain('.data.A: expected string, got &value.valueUnstructured{Value:1}')
    const nested = await apply(app, deployment('registry/web:1', { replicas: 'two' }))
    expect(at(nested.body, 'message')).toContain('.spec.replicas: expected numeric (int or float), got string')
  }))

test('an absent namespace is not found, in a dry run too', () =>
  inCluster({}, async ({ apply, send }) => {
    for (const query of ['fieldManager=slipway', 'fieldManager=slipway&dryRun=All']) {
      const answer = await apply('/api/v1/namespaces/x/configmaps/settings', { ...configMap('settings', {}), metadata: { name: 'settings' } }, query)
      expect([answer.status, at(answer.body, 'message'), at(answer.body, 'details')]).toEqual([404, 'namespaces "x" not found', { name: 'x', kind: 'namespaces' }])
    }
    expect((await send('GET', '/api/v1/namespaces/x/configmaps')).status).toBe(200)
  }))

test('an immutable ConfigMap changes its labels and annotations, never its data', () =>
  inCluster({}, async ({ apply, send }) => {
    const path = `${NS}/configmaps/settings`
    await apply(path, configMap('settings', { A: '1' }, { immutable: true }))
    const labelled = await send('PATCH', path, { metadata: { labels: { verdict: 'healthy' }, annotations: { 'slipway.dev/at': 'now' } } }, { 'content-type': 'application/merge-patch+json' })
    expect([labelled.status, at(labelled.body, 'metadata', 'labels')]).toEqual([200, { verdict: 'healthy' }])
    const changed = await apply(path, configMap('settings', { A: '2' }, { immutable: true }))
    expect([changed.status, at(changed.body, 'message')]).toEqual([422, 'ConfigMap "settings" is invalid: data: Forbidden: field is immutable when `immutable` is set'])
  }))

test('binaryData may be one mebibyte and not a byte more', () =>
  inCluster({}, async ({ apply }) => {
    const withBytes = (size: number): Record<string, unknown> => ({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'big' }, binaryData: { blob: Buffer.alloc(size).toString('base64') } })
    expect((await apply(`${NS}/configmaps/big`, withBytes(1_048_576), 'fieldManager=slipway&dryRun=All')).status).toBe(201)
    const tooLong = await apply(`${NS}/configmaps/big`, withBytes(1_048_577))
    expect([tooLong.status, at(tooLong.body, 'message')]).toEqual([422, 'ConfigMap "big" is invalid: []: Too long: may not be more than 1048576 bytes'])
  }))

test('a DELETE with a wrong uid is a conflict', () =>
  inCluster({}, async ({ apply, send, server }) => {
    await apply(`${NS}/configmaps/settings`, configMap('settings', {}))
    expect((await send('DELETE', `${NS}/configmaps/settings`, { preconditions: { uid: 'other' } })).status).toBe(409)
    expect((await send('DELETE', `${NS}/configmaps/settings`, { preconditions: { resourceVersion: '1' } })).status).toBe(409)
    expect((await send('DELETE', `${NS}/configmaps/settings?dryRun=All`)).status).toBe(200)
    expect(server.objects('ConfigMap')).toHaveLength(1)
    expect(at((await send('DELETE', `${NS}/configmaps/settings`)).body, 'status')).toBe('Success')
    expect(server.objects('ConfigMap')).toEqual([])
  }))

test('Lease times have six digits', () =>
  inCluster({}, async ({ send }) => {
    const lease = (renewTime: string): Record<string, unknown> => ({ apiVersion: 'coordination.k8s.io/v1', kind: 'Lease', metadata: { name: 'lock' }, spec: { holderIdentity: 'me', leaseDurationSeconds: 15, renewTime } })
    const path = '/apis/coordination.k8s.io/v1/namespaces/shop/leases'
    const refused = await send('POST', path, lease('2026-11-21T01:01:51.985Z'))
    expect(refused.status).toBe(400)
    expect(at(refused.body, 'message')).toContain('parsing time "2026-11-21T01:01:51.985Z"')
    expect((await send('POST', path, lease('2026-11-21T01:01:51.985000Z'))).status).toBe(201)
  }))
