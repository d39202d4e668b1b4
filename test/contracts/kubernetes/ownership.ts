import { describe, expect, test } from '@jest/globals'
import type { Json, JsonObject } from '@slipway/release'
import { at, listAt, textAt } from '@slipway/rollout'
import { ApiError } from '@slipway/kubernetes'
import { configMap, core, deployment, deployments } from './objects.ts'
import { told, type ApiServer } from './server.ts'

const helm = 'fieldManager=helm'
const partly = (spec: JsonObject): JsonObject => ({ apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: 'app' }, spec })
const scale = (replicas: number): JsonObject => ({ apiVersion: 'autoscaling/v1', kind: 'Scale', metadata: { name: 'app' }, spec: { replicas } })
/** Entries are kept in the order of their times; here by name. */
const owners = (object: Json): unknown => listAt(object, 'metadata', 'managedFields').map((entry) => [textAt(entry, 'manager'), textAt(entry, 'operation'), at(entry, 'fieldsV1')]).sort()

/** Who owns which field, who may change it, and what becomes of it. */
export function ownership(opened: () => ApiServer): void {
  describe('ownership', () => {
    test("another manager's field with another value is a conflict that names manager and field", async () => {
      const server = opened()
      const namespace = await server.namespace()
      const path = deployments(namespace)
      await server.apply(path, deployment(), helm)
      const answer = await server.apply(path, deployment({ replicas: 3 }, { image: 'registry.invalid/web:2' }))
      expect(answer).toEqual({
        status: 409,
        body: {
          kind: 'Status',
          apiVersion: 'v1',
          metadata: {},
          status: 'Failure',
          message: 'Apply failed with 2 conflicts: conflicts with "helm":\n- .spec.replicas\n- .spec.template.spec.containers[name="app"].image',
          reason: 'Conflict',
          details: {
            causes: [
              { reason: 'FieldManagerConflict', message: 'conflict with "helm"', field: '.spec.replicas' },
              { reason: 'FieldManagerConflict', message: 'conflict with "helm"', field: '.spec.template.spec.containers[name="app"].image' },
            ],
          },
          code: 409,
        },
      })
      const refused = await server.cluster.apply({ ...deployment({ replicas: 3 }), metadata: { name: 'app', namespace } }, { manager: 'slipway' }).catch((error: unknown) => error)
      expect(refused).toBeInstanceOf(ApiError)
      expect(refused).toMatchObject({ isOwned: true, isStale: false, isPassing: false, owners: [{ manager: 'helm', field: '.spec.replicas' }] })
    })

    test('two managers in one conflict are told each with their fields', async () => {
      const server = opened()
      const path = core(await server.namespace(), 'configmaps', 'app')
      await server.apply(path, configMap('app', { A: '1', C: '1' }), helm)
      await server.apply(path, configMap('app', { B: '1' }), 'fieldManager=argo')
      const { body } = await server.apply(path, configMap('app', { A: '2', B: '2', C: '2' }))
      expect(at(body, 'message')).toBe('Apply failed with 3 conflicts: conflicts with "argo":\n- .data.B\nconflicts with "helm":\n- .data.A\n- .data.C')
      // In any order.
      expect(new Set(listAt(body, 'details', 'causes'))).toEqual(new Set([
        { reason: 'FieldManagerConflict', message: 'conflict with "argo"', field: '.data.B' },
        { reason: 'FieldManagerConflict', message: 'conflict with "helm"', field: '.data.A' },
        { reason: 'FieldManagerConflict', message: 'conflict with "helm"', field: '.data.C' },
      ]))
    })

    test('what a client of another kind wrote is told with its version', async () => {
      const server = opened()
      const namespace = await server.namespace()
      await server.send('POST', `${core(namespace, 'configmaps')}?fieldManager=kubectl-create`, configMap('app', { A: '1' }))
      const { body } = await server.apply(core(namespace, 'configmaps', 'app'), configMap('app', { A: '2' }))
      expect([at(body, 'message'), at(body, 'details', 'causes')]).toEqual([
        'Apply failed with 1 conflict: conflict with "kubectl-create" using v1: .data.A',
        [{ reason: 'FieldManagerConflict', message: 'conflict with "kubectl-create" using v1', field: '.data.A' }],
      ])
    })

    test('an equal value is shared in silence, and stays when one of the two leaves it out', async () => {
      const server = opened()
      const path = core(await server.namespace(), 'configmaps', 'settings')
      await server.apply(path, configMap('settings', { A: '1', B: '1' }), helm)
      expect((await server.apply(path, configMap('settings', { A: '1' }))).status).toBe(200)
      expect(at((await server.apply(path, configMap('settings'), helm)).body, 'data')).toEqual({ A: '1' })
      expect(at((await server.apply(path, configMap('settings'))).body, 'data')).toBeUndefined()
    })

    test('a value that two share can be changed by neither alone', async () => {
      const server = opened()
      const path = core(await server.namespace(), 'configmaps', 'settings')
      await server.apply(path, configMap('settings', { A: '1' }), helm)
      await server.apply(path, configMap('settings', { A: '1' }))
      expect((await server.apply(path, configMap('settings', { A: '2' }))).status).toBe(409)
      expect((await server.apply(path, configMap('settings', { A: '2' }), helm)).status).toBe(409)
    })

    test('taking over by force leaves the other what was not taken', async () => {
      const server = opened()
      const path = core(await server.namespace(), 'configmaps', 'settings')
      await server.apply(path, configMap('settings', { A: '1', B: '1' }), helm)
      const taken = await server.apply(path, configMap('settings', { A: '2' }), 'fieldManager=slipway&force=true')
      expect([taken.status, at(taken.body, 'data')]).toEqual([200, { A: '2', B: '1' }])
      expect(owners(taken.body)).toEqual([
        ['helm', 'Apply', { 'f:data': { 'f:B': {} } }],
        ['slipway', 'Apply', { 'f:data': { 'f:A': {} } }],
      ])
      expect((await server.apply(path, configMap('settings', { A: '1', B: '1' }), helm)).status).toBe(409)
    })

    test('a taking over by force in a dry run tells the result and changes nothing', async () => {
      const server = opened()
      const path = core(await server.namespace(), 'configmaps', 'settings')
      const before = await server.apply(path, configMap('settings', { A: '1' }), helm)
      expect(at((await server.apply(path, configMap('settings', { A: '2' }), 'fieldManager=slipway&force=true&dryRun=All')).body, 'data')).toEqual({ A: '2' })
      expect((await server.send('GET', path)).body).toEqual(before.body)
    })

    test('what its only owner leaves out is removed, and what the API filled in stays', async () => {
      const server = opened()
      const path = deployments(await server.namespace())
      await server.apply(path, deployment({}, { args: ['a'], env: [{ name: 'A', value: '1' }, { name: 'B', value: '2' }] }))
      const { body } = await server.apply(path, deployment({}, { env: [{ name: 'B', value: '3' }] }))
      expect(at(body, 'spec', 'template', 'spec', 'containers', 0)).toEqual({
        name: 'app',
        image: 'registry.invalid/web:1',
        imagePullPolicy: 'IfNotPresent',
        env: [{ name: 'B', value: '3' }],
        ports: [{ containerPort: 8080, protocol: 'TCP' }],
        resources: {},
        terminationMessagePath: '/dev/termination-log',
        terminationMessagePolicy: 'File',
      })
    })

    test("list items merge by their keys, atomic lists replace, and another's sidecar stays in its place", async () => {
      const server = opened()
      const path = deployments(await server.namespace())
      await server.apply(path, deployment({}, { args: ['a', 'b'], env: [{ name: 'A', value: '1' }, { name: 'B', value: '2' }] }))
      await server.apply(path, partly({ template: { spec: { containers: [{ name: 'mesh', image: 'registry.invalid/mesh:1' }] } } }), 'fieldManager=mesh')
      const { body } = await server.apply(path, deployment({}, { args: ['c'], env: [{ name: 'C', value: '4' }, { name: 'B', value: '3' }] }))
      expect(at(body, 'spec', 'template', 'spec', 'containers')).toMatchObject([{ name: 'app', args: ['c'], env: [{ name: 'C', value: '4' }, { name: 'B', value: '3' }] }, { name: 'mesh' }])
    })

    test('our container stands where it stood when a sidecar came before it', async () => {
      const server = opened()
      const path = deployments(await server.namespace())
      const sidecar = { name: 'mesh', image: 'registry.invalid/mesh:1' }
      await server.apply(path, deployment({}, {}, { containers: [sidecar, { name: 'app', image: 'registry.invalid/web:1' }] }), helm)
      const { body } = await server.apply(path, partly({ template: { spec: { containers: [{ name: 'app', env: [{ name: 'A', value: '1' }] }] } } }))
      expect(at(body, 'spec', 'template', 'spec', 'containers')).toMatchObject([sidecar, { name: 'app', env: [{ name: 'A', value: '1' }] }])
    })

    test('the same port by two protocols is two items', async () => {
      const server = opened()
      const path = deployments(await server.namespace())
      const ports = [{ containerPort: 53, protocol: 'TCP' }, { containerPort: 53, protocol: 'UDP' }]
      expect(at((await server.apply(path, deployment({}, { ports }))).body, 'spec', 'template', 'spec', 'containers', 0, 'ports')).toEqual(ports)
      expect(at((await server.apply(path, deployment({}, { ports: ports.slice(1) }))).body, 'spec', 'template', 'spec', 'containers', 0, 'ports')).toEqual(ports.slice(1))
    })

    test('a sole owner that leaves replicas out gets one replica', async () => {
      const server = opened()
      const path = deployments(await server.namespace())
      await server.apply(path, deployment({ replicas: 3 }))
      const { status, body } = await server.apply(path, without(deployment(), 'replicas'))
      expect([status, at(body, 'spec', 'replicas')]).toEqual([200, 1])
    })

    test('replicas stay when a second manager had applied the live value', async () => {
      const server = opened()
      const path = deployments(await server.namespace())
      await server.apply(path, deployment({ replicas: 3 }))
      expect((await server.apply(path, partly({ replicas: 3 }), 'fieldManager=slipway-replicas')).status).toBe(200)
      expect(at((await server.apply(path, without(deployment(), 'replicas'))).body, 'spec', 'replicas')).toBe(3)
    })

    test('replicas that were scaled conflict by the subresource; leaving them out keeps them', async () => {
      const server = opened()
      const path = deployments(await server.namespace())
      await server.apply(path, deployment({ replicas: 1 }))
      const scaled = await server.send('PUT', `${path}/scale?fieldManager=kube-controller-manager`, scale(3))
      expect([scaled.status, at(scaled.body, 'kind'), at(scaled.body, 'spec', 'replicas')]).toEqual([200, 'Scale', 3])
      const { body } = await server.send('GET', path)
      expect(listAt(body, 'metadata', 'managedFields').find((entry) => textAt(entry, 'subresource') === 'scale')).toMatchObject({ manager: 'kube-controller-manager', operation: 'Update', apiVersion: 'apps/v1', fieldsV1: { 'f:spec': { 'f:replicas': {} } } })
      const answer = await server.apply(path, deployment({ replicas: 2 }))
      expect([answer.status, at(answer.body, 'message'), at(answer.body, 'details', 'causes')]).toEqual([
        409,
        'Apply failed with 1 conflict: conflict with "kube-controller-manager" with subresource "scale" using apps/v1: .spec.replicas',
        [{ reason: 'FieldManagerConflict', message: 'conflict with "kube-controller-manager" with subresource "scale" using apps/v1', field: '.spec.replicas' }],
      ])
      expect(at((await server.apply(path, without(deployment({}, { image: 'registry.invalid/web:2' }), 'replicas'))).body, 'spec', 'replicas')).toBe(3)
    })

    test('a merge patch takes the field from who applied it', async () => {
      const server = opened()
      const path = core(await server.namespace(), 'configmaps', 'settings')
      await server.apply(path, configMap('settings', { A: '1', B: '1' }))
      const { body } = await server.mergePatch(`${path}?fieldManager=kubectl-edit`, { data: { A: '2' } })
      expect(owners(body)).toEqual([
        ['kubectl-edit', 'Update', { 'f:data': { 'f:A': {} } }],
        ['slipway', 'Apply', { 'f:data': { 'f:B': {} } }],
      ])
      expect(told(await server.apply(path, configMap('settings', { A: '1', B: '1' })))).toEqual([409, 'Apply failed with 1 conflict: conflict with "kubectl-edit" using v1: .data.A'])
    })

    test('without fieldManager a write is owned by the first word of the user agent', async () => {
      const server = opened()
      const namespace = await server.namespace()
      const { body } = await server.send('POST', core(namespace, 'configmaps'), configMap('settings', { A: '1' }), { 'user-agent': 'helm/v3.1 (linux)' })
      expect(at(body, 'metadata', 'managedFields')).toMatchObject([{ manager: 'helm', operation: 'Update', apiVersion: 'v1', fieldsV1: { 'f:data': { 'f:A': {} } } }])
    })

    test('who creates owns the maps and lists besides their members; who adds to them, the members alone', async () => {
      const server = opened()
      const namespace = await server.namespace()
      const path = core(namespace, 'configmaps', 'settings')
      const made = await server.send('POST', `${core(namespace, 'configmaps')}?fieldManager=creator`, configMap('settings', { A: '1' }, { metadata: { name: 'settings', labels: { a: '1' }, finalizers: ['slipway.dev/test'] } }))
      const creators = { 'f:data': { '.': {}, 'f:A': {} }, 'f:metadata': { 'f:finalizers': { '.': {}, 'v:"slipway.dev/test"': {} }, 'f:labels': { '.': {}, 'f:a': {} } } }
      expect(owners(made.body)).toEqual([['creator', 'Update', creators]])
      const added = await server.mergePatch(`${path}?fieldManager=later`, { metadata: { labels: { b: '1' }, annotations: { n: '1' } }, data: { B: '1' } })
      expect(owners(added.body)).toEqual([['creator', 'Update', creators], ['later', 'Update', { 'f:data': { 'f:B': {} }, 'f:metadata': { 'f:annotations': { '.': {}, 'f:n': {} }, 'f:labels': { 'f:b': {} } } }]])
      const emptied = await server.mergePatch(`${path}?fieldManager=gone`, { metadata: { labels: null, finalizers: null }, data: null })
      expect(owners(emptied.body)).toEqual([['later', 'Update', { 'f:metadata': { 'f:annotations': { '.': {}, 'f:n': {} } } }]])
    })

    test('who creates a Deployment owns what it filled in, and the maps and lists in it', async () => {
      const server = opened()
      const namespace = await server.namespace()
      const { body } = await server.send('POST', `/apis/apps/v1/namespaces/${namespace}/deployments?fieldManager=creator`, deployment({}, { env: [{ name: 'A', value: '1' }], resources: { limits: { cpu: '1' } } }))
      const container = {
        '.': {},
        'f:env': { '.': {}, 'k:{"name":"A"}': { '.': {}, 'f:name': {}, 'f:value': {} } },
        'f:image': {},
        'f:imagePullPolicy': {},
        'f:name': {},
        'f:ports': { '.': {}, 'k:{"containerPort":8080,"protocol":"TCP"}': { '.': {}, 'f:containerPort': {}, 'f:protocol': {} } },
        'f:resources': { '.': {}, 'f:limits': { '.': {}, 'f:cpu': {} } },
        'f:terminationMessagePath': {},
        'f:terminationMessagePolicy': {},
      }
      const podSpec = { 'f:containers': { 'k:{"name":"app"}': container }, 'f:dnsPolicy': {}, 'f:restartPolicy': {}, 'f:schedulerName': {}, 'f:securityContext': {}, 'f:terminationGracePeriodSeconds': {} }
      const spec = {
        'f:paused': {},
        'f:progressDeadlineSeconds': {},
        'f:replicas': {},
        'f:revisionHistoryLimit': {},
        'f:selector': {},
        'f:strategy': { 'f:rollingUpdate': { '.': {}, 'f:maxSurge': {}, 'f:maxUnavailable': {} }, 'f:type': {} },
        'f:template': { 'f:metadata': { 'f:labels': { '.': {}, 'f:app': {} } }, 'f:spec': podSpec },
      }
      expect(owners(body)).toEqual([['creator', 'Update', { 'f:spec': spec }]])
    })

    test('a map whose members were all taken stays with who made it, and goes with the last member', async () => {
      const server = opened()
      const namespace = await server.namespace()
      const path = core(namespace, 'configmaps', 'settings')
      await server.send('POST', `${core(namespace, 'configmaps')}?fieldManager=creator`, configMap('settings', { A: '1', B: '1' }))
      const taken = await server.apply(path, configMap('settings', { A: '2', B: '2' }), 'fieldManager=slipway&force=true')
      expect(owners(taken.body)).toEqual([['creator', 'Update', { 'f:data': {} }], ['slipway', 'Apply', { 'f:data': { 'f:A': {}, 'f:B': {} } }]])
      const { body } = await server.apply(path, configMap('settings'))
      expect([at(body, 'data'), owners(body)]).toEqual([undefined, [['creator', 'Update', { 'f:data': {} }]]])
    })

    test('labels and annotations are owned one by one', async () => {
      const server = opened()
      const path = core(await server.namespace(), 'configmaps', 'settings')
      await server.apply(path, configMap('settings', {}, { metadata: { name: 'settings', labels: { a: '1' }, annotations: { 'slipway.dev/note': 'x' } } }))
      const { body } = await server.apply(path, configMap('settings', {}, { metadata: { name: 'settings', labels: { b: '1' } } }), helm)
      expect([at(body, 'metadata', 'labels'), owners(body)]).toEqual([
        { a: '1', b: '1' },
        [['helm', 'Apply', { 'f:metadata': { 'f:labels': { 'f:b': {} } } }], ['slipway', 'Apply', { 'f:metadata': { 'f:annotations': { 'f:slipway.dev/note': {} }, 'f:labels': { 'f:a': {} } } }]],
      ])
      expect(at((await server.apply(path, configMap('settings'))).body, 'metadata', 'labels')).toEqual({ b: '1' })
    })
  })
}

function without(object: JsonObject, field: string): JsonObject {
  const spec = at(object, 'spec')
  return { ...object, spec: Object.fromEntries(Object.entries(typeof spec === 'object' && spec !== null ? spec : {}).filter(([name]) => name !== field)) }
}
