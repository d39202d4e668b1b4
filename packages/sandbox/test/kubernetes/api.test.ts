import { expect, test } from '@jest/globals'
import { APPS, NS, at, configMap, deployment, inCluster } from './support.ts'

const LEASES = '/apis/coordination.k8s.io/v1/namespaces/shop/leases'
const METADATA_ONLY = { accept: 'application/json;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1,application/json' }

test('an unknown token is unauthorized', () =>
  inCluster({}, async ({ send }) => {
    const answer = await send('GET', '/api', undefined, { authorization: 'Bearer stolen' })
    expect(answer).toEqual({ status: 401, body: { kind: 'Status', apiVersion: 'v1', metadata: {}, status: 'Failure', message: 'Unauthorized', reason: 'Unauthorized', code: 401 } })
  }))

test('discovery tells groups, resources and their scale', () =>
  inCluster({}, async ({ send }) => {
    expect((await send('GET', '/api')).body).toMatchObject({ versions: ['v1'] })
    expect(at((await send('GET', '/apis')).body, 'groups')).toContainEqual(expect.objectContaining({ name: 'apps', preferredVersion: { groupVersion: 'apps/v1', version: 'v1' } }))
    const apps = at((await send('GET', '/apis/apps/v1')).body, 'resources')
    expect(apps).toContainEqual(expect.objectContaining({ name: 'deployments', kind: 'Deployment', namespaced: true, shortNames: ['deploy'] }))
    expect(apps).toContainEqual(expect.objectContaining({ name: 'deployments/scale', kind: 'Scale' }))
    expect(at((await send('GET', '/api/v1')).body, 'resources')).toContainEqual(expect.objectContaining({ name: 'pods/log' }))
    expect((await send('GET', '/apis/argoproj.io/v1alpha1')).status).toBe(404)
  }))

test('the ledger names reads, writes, watches, dry runs and reviews', () =>
  inCluster({}, async ({ apply, send, watch, ledger }) => {
    await apply(`${NS}/configmaps/a`, configMap('a', {}), 'fieldManager=slipway&dryRun=All')
    await apply(`${NS}/configmaps/a`, configMap('a', {}))
    await send('GET', `${NS}/configmaps/a`)
    await send('GET', `${NS}/configmaps`)
    await watch(`${NS}/configmaps?watch=true&timeoutSeconds=1`, () => true)
    await send('POST', '/apis/authorization.k8s.io/v1/selfsubjectaccessreviews', { apiVersion: 'authorization.k8s.io/v1', kind: 'SelfSubjectAccessReview', spec: {} })
    expect(ledger.exchanges.map(({ server, operation, write, status }) => `${server} ${operation} ${write} ${status}`)).toEqual([
      'kubernetes:prod PATCH configmaps false 201',
      'kubernetes:prod PATCH configmaps true 201',
      'kubernetes:prod GET configmaps false 200',
      'kubernetes:prod LIST configmaps false 200',
      'kubernetes:prod WATCH configmaps false 200',
      'kubernetes:prod POST selfsubjectaccessreviews false 201',
    ])
  }))

test('label and field selectors choose', () =>
  inCluster({}, async ({ apply, send }) => {
    for (const [name, labels] of [['a', { app: 'cart', tier: 'web' }], ['b', { app: 'pay' }], ['c', {}]] as const) await apply(`${NS}/configmaps/${name}`, configMap(name, {}, { metadata: { name, labels } }))
    const names = async (query: string): Promise<unknown> => {
      const { body } = await send('GET', `${NS}/configmaps?${new URLSearchParams(query).toString()}`)
      const items = at(body, 'items')
      return Array.isArray(items) ? items.map((item) => at(item, 'metadata', 'name')).join('') : at(body, 'code')
    }
    const labelled = (selector: string): Promise<unknown> => names(`labelSelector=${encodeURIComponent(selector)}`)
    expect(await Promise.all(['app=cart', 'app==cart', 'app!=cart', 'app in (cart, pay)', 'app notin (cart)', 'tier', '!app', 'app,tier=web', 'app in'].map(labelled))).toEqual(['a', 'a', 'bc', 'ab', 'bc', 'a', 'c', 'a', 400])
    expect(await names('fieldSelector=metadata.name=b')).toBe('b')
    expect(await names('fieldSelector=data.A=b')).toBe(400)
  }))

test('metadata alone is told where it is asked for', () =>
  inCluster({}, async ({ apply, send, watch }) => {
    await apply(`${NS}/configmaps/a`, configMap('a', { A: '1' }))
    const list = await send('GET', `${NS}/configmaps`, undefined, METADATA_ONLY)
    expect(list.body).toMatchObject({ kind: 'PartialObjectMetadataList', apiVersion: 'meta.k8s.io/v1', items: [{ metadata: { name: 'a' } }] })
    expect(at(list.body, 'items', 0, 'data')).toBeUndefined()
    expect((await send('GET', `${NS}/configmaps/a`, undefined, { accept: 'application/json;as=PartialObjectMetadata;g=meta.k8s.io;v=v1' })).body).toMatchObject({ kind: 'PartialObjectMetadata', metadata: { name: 'a' } })
    expect(await watch(`${NS}/configmaps?watch=1`, () => true)).toMatchObject([{ type: 'ADDED', object: { kind: 'ConfigMap', data: { A: '1' } } }])
  }))

test('create knows generated names, taken names and bad names', () =>
  inCluster({}, async ({ send }) => {
    const generated = await send('POST', `${NS}/configmaps`, { apiVersion: 'v1', kind: 'ConfigMap', metadata: { generateName: 'cart-' } })
    expect(at(generated.body, 'metadata', 'name')).toMatch(/^cart-[a-z0-9]{5}$/)
    expect((await send('POST', `${NS}/configmaps`, configMap('a', {}))).status).toBe(201)
    const taken = await send('POST', `${NS}/configmaps`, configMap('a', {}))
    expect([taken.status, at(taken.body, 'reason'), at(taken.body, 'message')]).toEqual([409, 'AlreadyExists', 'configmaps "a" already exists'])
    const bad = await send('POST', `${NS}/configmaps`, configMap('Cart_1', {}))
    expect([bad.status, at(bad.body, 'details', 'causes', 0, 'field')]).toEqual([422, 'metadata.name'])
    const label = await send('POST', `${NS}/configmaps`, configMap('b', {}, { metadata: { name: 'b', labels: { branch: 'feature/x' } } }))
    expect(label.status).toBe(422)
  }))

test('stringData of a Secret becomes data', () =>
  inCluster({}, async ({ apply }) => {
    const { body } = await apply(`${NS}/secrets/db`, { apiVersion: 'v1', kind: 'Secret', metadata: { name: 'db' }, stringData: { password: 'x' } })
    expect([at(body, 'data'), at(body, 'stringData'), at(body, 'type')]).toEqual([{ password: 'eA==' }, undefined, 'Opaque'])
  }))

test('a dry run answers and stores nothing', () =>
  inCluster({}, async ({ apply, server }) => {
    const { status, body } = await apply(`${APPS}/deployments/app`, deployment(), 'fieldManager=slipway&dryRun=All')
    expect([status, at(body, 'spec', 'strategy', 'type')]).toEqual([201, 'RollingUpdate'])
    expect(server.objects('Deployment')).toEqual([])
  }))

test('apply needs a field manager and JSON of the kind that the path names', () =>
  inCluster({}, async ({ apply, send }) => {
    expect((await apply(`${NS}/configmaps/a`, configMap('a', {}), '')).status).toBe(422)
    expect((await apply(`${NS}/configmaps/b`, configMap('a', {}))).status).toBe(400)
    expect((await apply(`${NS}/secrets/a`, configMap('a', {}))).status).toBe(400)
    expect((await send('PATCH', `${NS}/configmaps/a`, [], { 'content-type': 'application/json-patch+json' })).status).toBe(415)
  }))

test('a Deployment without selector, containers or image, or with another selector, is invalid', () =>
  inCluster({}, async ({ apply }) => {
    const causes = async (body: unknown): Promise<unknown> => at((await apply(`${APPS}/deployments/app`, body)).body, 'details', 'causes')
    const template = { metadata: { labels: { app: 'app' } }, spec: { containers: [] } }
    expect(await causes(deployment('registry/web:1', { selector: undefined, template }))).toEqual([
      { reason: 'FieldValueRequired', field: 'spec.selector', message: 'Required value' },
      { reason: 'FieldValueRequired', field: 'spec.template.spec.containers', message: 'Required value' },
    ])
    expect(await causes(deployment(''))).toMatchObject([{ field: 'spec.template.spec.containers[0].image' }])
    expect(await causes(deployment('registry/web:1', { selector: { matchLabels: { app: 'b' } } }))).toMatchObject([{ field: 'spec.template.metadata.labels', message: 'Invalid value: {"app":"app"}: `selector` does not match template `labels`' }])
    await apply(`${APPS}/deployments/app`, deployment())
    const other = { selector: { matchLabels: { app: 'b' } }, template: { metadata: { labels: { app: 'b' } }, spec: { containers: [{ name: 'app', image: 'registry/web:1' }] } } }
    expect(await causes(deployment('registry/web:1', other))).toMatchObject([{ field: 'spec.selector', message: expect.stringContaining('field is immutable') }])
  }))

test("list items merge by their keys, atomic lists replace, and another's sidecar stays in its place", () =>
  inCluster({}, async ({ apply }) => {
    const path = `${APPS}/deployments/app`
    const pod = (container: Record<string, unknown>): unknown => ({ apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: 'app' }, spec: { selector: { matchLabels: { app: 'app' } }, template: { metadata: { labels: { app: 'app' } }, spec: { containers: [{ name: 'app', image: 'registry/web:1', ...container }] } } } })
    await apply(path, pod({ env: [{ name: 'A', value: '1' }, { name: 'B', value: '2' }], args: ['a', 'b'] }))
    await apply(path, { apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: 'app' }, spec: { template: { spec: { containers: [{ name: 'mesh', image: 'registry/mesh:1' }] } } } }, 'fieldManager=mesh')
    const { body } = await apply(path, pod({ env: [{ name: 'B', value: '3' }], args: ['c'] }))
    expect(at(body, 'spec', 'template', 'spec', 'containers')).toMatchObject([{ name: 'app', env: [{ name: 'B', value: '3' }], args: ['c'] }, { name: 'mesh' }])
    expect(at(body, 'spec', 'template', 'spec', 'containers', 0, 'env')).toHaveLength(1)
  }))

test('twenty clients race for a Lease: each round has one winner', () =>
  inCluster({}, async ({ send, server }) => {
    const lease = (holder: string, metadata: Record<string, unknown> = {}): unknown => ({ apiVersion: 'coordination.k8s.io/v1', kind: 'Lease', metadata: { name: 'lock', ...metadata }, spec: { holderIdentity: holder, renewTime: '2026-11-21T01:01:51.985000Z' } })
    const clients = Array.from({ length: 20 }, (_, index) => `run-${index}`)
    const created = await Promise.all(clients.map((client) => send('POST', LEASES, lease(client))))
    expect(created.map(({ status }) => status).sort()).toEqual([201, ...Array.from({ length: 19 }, () => 409)])
    const resourceVersion = server.objects('Lease')[0]?.metadata.resourceVersion
    const taken = await Promise.all(clients.map((client) => send('PUT', `${LEASES}/lock`, lease(`${client}-again`, { resourceVersion }))))
    expect(taken.filter(({ status }) => status === 200)).toHaveLength(1)
    expect(at(taken.find(({ status }) => status === 409)?.body, 'message')).toBe('Operation cannot be fulfilled on leases.coordination.k8s.io "lock": the object has been modified; please apply your changes to the latest version and try again')
    expect((await send('PUT', `${LEASES}/lock`, lease('blind'))).status).toBe(422)
  }))

test('a denied right is told by the review and by the request', () =>
  inCluster({}, async ({ send, apply, server }) => {
    const review = async (verb: string): Promise<unknown> =>
      at((await send('POST', '/apis/authorization.k8s.io/v1/selfsubjectaccessreviews', { apiVersion: 'authorization.k8s.io/v1', kind: 'SelfSubjectAccessReview', spec: { resourceAttributes: { verb, group: 'apps', resource: 'deployments', namespace: 'shop' } } })).body, 'status', 'allowed')
    const lift = server.deny({ verb: 'patch', resource: 'deployments', namespace: 'shop' })
    expect([await review('patch'), await review('get')]).toEqual([false, true])
    const refused = await apply(`${APPS}/deployments/app`, deployment())
    expect([refused.status, at(refused.body, 'message')]).toEqual([403, 'deployments.apps "app" is forbidden: User "deploy" cannot patch resource "deployments" in API group "apps" in the namespace "shop"'])
    lift()
    server.deny(({ verb, resource }) => verb === 'create' && resource === 'deployments')
    expect((await apply(`${APPS}/deployments/app`, deployment())).status).toBe(403)
    expect(await review('patch')).toBe(true)
  }))

test('a watch goes on from a resourceVersion, follows its selector and ends with a bookmark', () =>
  inCluster({}, async ({ apply, send, watch, server }) => {
    const { body } = await apply(`${NS}/configmaps/a`, configMap('a', {}, { metadata: { name: 'a', labels: { app: 'x' } } }))
    await apply(`${NS}/configmaps/a`, configMap('a', { A: '1' }, { metadata: { name: 'a', labels: { app: 'x' } } }))
    await apply(`${NS}/configmaps/a`, configMap('a', { A: '1' }, { metadata: { name: 'a', labels: { app: 'y' } } }))
    await apply(`${NS}/configmaps/a`, configMap('a', { A: '1' }, { metadata: { name: 'a', labels: { app: 'x' } } }))
    await send('DELETE', `${NS}/configmaps/a`)
    const events = await watch(`${NS}/configmaps?watch=1&allowWatchBookmarks=true&timeoutSeconds=2&labelSelector=app%3Dx&resourceVersion=${String(at(body, 'metadata', 'resourceVersion'))}`, () => false)
    expect(events.map((event) => at(event, 'type'))).toEqual(['MODIFIED', 'DELETED', 'ADDED', 'DELETED', 'BOOKMARK'])
    server.put(configMap('late', {}))
    expect(Number(at(events.at(-1), 'object', 'metadata', 'resourceVersion'))).toBeLessThan(Number(server.objects('ConfigMap')[0]?.metadata.resourceVersion))
  }))

test('after a compaction an old resourceVersion is gone: as an event, or as the answer', () =>
  inCluster({}, async ({ apply, send, watch, server }) => {
    const { body } = await apply(`${NS}/configmaps/a`, configMap('a', {}))
    const path = `${NS}/configmaps?watch=1&resourceVersion=${String(at(body, 'metadata', 'resourceVersion'))}`
    const open = watch(path, () => false)
    await server.until(() => server.objects('ConfigMap').length === 1)
    server.compactWatches()
    await open
    expect(await watch(path, () => false)).toMatchObject([{ type: 'ERROR', object: { kind: 'Status', code: 410, reason: 'Expired' } }])
    server.compactWatches('http')
    expect(await send('GET', path)).toMatchObject({ status: 410, body: { reason: 'Expired' } })
    const listed = at((await send('GET', `${NS}/configmaps`)).body, 'metadata', 'resourceVersion')
    await apply(`${NS}/configmaps/b`, configMap('b', {}))
    expect(await watch(`${NS}/configmaps?watch=1&resourceVersion=${String(listed)}`, () => true)).toMatchObject([{ type: 'ADDED', object: { metadata: { name: 'b' } } }])
  }))

test('owned objects go with their owner; with Foreground before it', () =>
  inCluster({}, async ({ apply, send, server, watch }) => {
    await apply(`${APPS}/deployments/app`, deployment())
    await server.until(() => server.objects('Pod').length === 2)
    const deleted = await send('DELETE', `${APPS}/deployments/app`, { propagationPolicy: 'Foreground' })
    expect(at(deleted.body, 'metadata', 'finalizers')).toEqual(['foregroundDeletion'])
    await watch(`${APPS}/deployments?watch=1`, (event) => at(event, 'type') === 'DELETED')
    expect([server.objects('ReplicaSet'), server.objects('Pod')]).toEqual([[], []])
    await apply(`${APPS}/deployments/app`, deployment())
    await server.until(() => server.objects('Pod').length === 2)
    await send('DELETE', `${APPS}/deployments/app`)
    expect(server.objects('Deployment')).toEqual([])
    await server.until(() => server.objects('Pod').length === 0)
  }))

test('a namespace that ends takes no new content, loses what it has, and is gone', () =>
  inCluster({}, async ({ apply, send, server }) => {
    await apply(`${APPS}/deployments/app`, deployment())
    await server.until(() => server.objects('Pod').length === 2)
    server.remove('Namespace', undefined, 'shop')
    expect(() => server.put(configMap('late', {}))).toThrow('configmaps "late" is forbidden: unable to create new content in namespace shop because it is being terminated')
    await server.until(() => server.objects('Namespace').length === 0)
    expect([...server.objects('Deployment'), ...server.objects('Pod')]).toEqual([])
    expect((await send('GET', `${APPS}/deployments/app`)).status).toBe(404)
  }))

test('the scale subresource is read and written, with an entry of its own', () =>
  inCluster({}, async ({ apply, send }) => {
    await apply(`${APPS}/deployments/app`, deployment())
    expect((await send('GET', `${APPS}/deployments/app/scale`)).body).toMatchObject({ kind: 'Scale', spec: { replicas: 2 }, status: { selector: 'app=app' } })
    expect((await send('PUT', `${APPS}/deployments/app/scale?fieldManager=keda`, { apiVersion: 'autoscaling/v1', kind: 'Scale', metadata: { name: 'app' }, spec: { replicas: 4 } })).body).toMatchObject({ spec: { replicas: 4 } })
    const { body } = await send('GET', `${APPS}/deployments/app`)
    expect(at(body, 'metadata', 'managedFields')).toContainEqual(expect.objectContaining({ manager: 'keda', operation: 'Update', subresource: 'scale', fieldsV1: { 'f:spec': { 'f:replicas': {} } } }))
  }))

test('faults of the ledger reach the API: a throttled PATCH, then a good one', () =>
  inCluster({}, async ({ apply, ledger }) => {
    ledger.script({ server: 'kubernetes:prod', operation: /^PATCH configmaps$/, effect: { status: 429, headers: { 'retry-after': '1' } } })
    const answers = [await apply(`${NS}/configmaps/a`, configMap('a', {})).catch(() => ({ status: 429 })), await apply(`${NS}/configmaps/a`, configMap('a', {}))]
    expect(answers.map(({ status }) => status)).toEqual([429, 201])
  }))
