import { describe, expect, test } from '@jest/globals'
import type { Json, JsonObject } from '@slipway/release'
import { at, numberAt, textAt } from '@slipway/rollout'
import { configMap, core, deployment, deployments, modified, unknownUid } from './objects.ts'
import { told, uidOf, versionOf, type ApiServer } from './server.ts'

/** Server-side apply: what changes, what is fenced, what cannot be read. */
export function applies(opened: () => ApiServer): void {
  describe('apply', () => {
    test('without a change leaves resourceVersion and generation', async () => {
      const server = opened()
      const namespace = await server.namespace()
      const settings = core(namespace, 'configmaps', 'settings')
      const first = await server.apply(settings, configMap('settings', { A: '1' }))
      expect(first.status).toBe(201)
      expect(await server.apply(settings, configMap('settings', { A: '1' }))).toEqual({ status: 200, body: first.body })
      const generations: unknown[] = []
      for (const image of ['web:1', 'web:1', 'web:2']) generations.push(numberAt((await server.apply(deployments(namespace), deployment({}, { image }))).body, 'metadata', 'generation'))
      expect(generations).toEqual([1, 1, 2])
    })

    test('of another annotation is a new generation of a Deployment, of another label it is none', async () => {
      const server = opened()
      const path = deployments(await server.namespace())
      const generation = async (metadata: JsonObject): Promise<unknown> => numberAt((await server.apply(path, { ...deployment(), metadata: { name: 'app', ...metadata } })).body, 'metadata', 'generation')
      const [annotations, labels] = [{ 'slipway.dev/note': 'x' }, { note: 'x' }]
      const generations: unknown[] = []
      for (const metadata of [{}, { annotations }, { annotations }, { annotations, labels }, { labels }]) generations.push(await generation(metadata))
      expect(generations).toEqual([1, 2, 2, 2, 3])
      const tried = await server.send('PATCH', `${path}?dryRun=All`, { metadata: { annotations } }, { 'content-type': 'application/merge-patch+json' })
      expect([tried.status, numberAt(tried.body, 'metadata', 'generation')]).toEqual([200, 4])
      const replicaSets = `/apis/apps/v1/namespaces/${path.split('/')[5] ?? ''}/replicasets`
      const { selector, template } = { selector: at(deployment(), 'spec', 'selector') ?? null, template: at(deployment(), 'spec', 'template') ?? null }
      await server.send('POST', replicaSets, { apiVersion: 'apps/v1', kind: 'ReplicaSet', metadata: { name: 'app' }, spec: { replicas: 0, selector, template } })
      expect(numberAt((await server.mergePatch(`${replicaSets}/app`, { metadata: { annotations } })).body, 'metadata', 'generation')).toBe(1)
    })

    test('fills in defaults, and owns nothing of them', async () => {
      const server = opened()
      const namespace = await server.namespace()
      const { body } = await server.apply(deployments(namespace), deployment())
      expect(body).toMatchObject({
        spec: {
          progressDeadlineSeconds: 600,
          revisionHistoryLimit: 10,
          strategy: { type: 'RollingUpdate', rollingUpdate: { maxSurge: '25%', maxUnavailable: '25%' } },
          template: {
            spec: {
              containers: [{ name: 'app', imagePullPolicy: 'IfNotPresent', ports: [{ containerPort: 8080, protocol: 'TCP' }], resources: {}, terminationMessagePath: '/dev/termination-log', terminationMessagePolicy: 'File' }],
              dnsPolicy: 'ClusterFirst',
              restartPolicy: 'Always',
              schedulerName: 'default-scheduler',
              securityContext: {},
              terminationGracePeriodSeconds: 30,
            },
          },
        },
      })
      const fieldsV1 = {
        'f:spec': {
          'f:paused': {},
          'f:replicas': {},
          'f:selector': {},
          'f:template': {
            'f:metadata': { 'f:labels': { 'f:app': {} } },
            'f:spec': { 'f:containers': { 'k:{"name":"app"}': { '.': {}, 'f:image': {}, 'f:name': {}, 'f:ports': { 'k:{"containerPort":8080,"protocol":"TCP"}': { '.': {}, 'f:containerPort': {} } } } } },
          },
        },
      }
      expect(at(body, 'metadata', 'managedFields')).toEqual([{ manager: 'slipway', operation: 'Apply', apiVersion: 'apps/v1', time: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/), fieldsType: 'FieldsV1', fieldsV1 }])
    })

    test('with an old resourceVersion is a conflict without causes', async () => {
      const server = opened()
      const settings = core(await server.namespace(), 'configmaps', 'settings')
      const first = await server.apply(settings, configMap('settings', { A: '1' }))
      await server.apply(settings, configMap('settings', { A: '2' }))
      const stale = configMap('settings', { A: '3' }, { metadata: { name: 'settings', resourceVersion: versionOf(first.body) } })
      const body = { kind: 'Status', apiVersion: 'v1', metadata: {}, status: 'Failure', message: `Operation cannot be fulfilled on configmaps "settings": ${modified}`, reason: 'Conflict', details: { name: 'settings', kind: 'configmaps' }, code: 409 }
      expect(await server.apply(settings, stale)).toEqual({ status: 409, body })
      expect(await server.apply(settings, stale, 'fieldManager=slipway&dryRun=All')).toEqual({ status: 409, body })
    })

    test('with an old resourceVersion on a field of another manager tells the owner, not the version', async () => {
      const server = opened()
      const settings = core(await server.namespace(), 'configmaps', 'settings')
      const first = await server.apply(settings, configMap('settings', { A: '1' }), 'fieldManager=helm')
      await server.apply(settings, configMap('settings', { A: '2' }), 'fieldManager=helm')
      const answer = await server.apply(settings, configMap('settings', { A: '3' }, { metadata: { name: 'settings', resourceVersion: versionOf(first.body) } }))
      expect([answer.status, at(answer.body, 'details', 'causes', 0, 'reason')]).toEqual([409, 'FieldManagerConflict'])
    })

    test('with the live resourceVersion and uid is let through', async () => {
      const server = opened()
      const settings = core(await server.namespace(), 'configmaps', 'settings')
      const { body } = await server.apply(settings, configMap('settings', { A: '1' }))
      const fenced = configMap('settings', { A: '2' }, { metadata: { name: 'settings', uid: uidOf(body), resourceVersion: versionOf(body) } })
      expect(told(await server.apply(settings, fenced), 'data', 'A')).toEqual([200, '2'])
    })

    test('with a wrong uid is invalid', async () => {
      const server = opened()
      const settings = core(await server.namespace(), 'configmaps', 'settings')
      await server.apply(settings, configMap('settings'))
      const answer = await server.apply(settings, configMap('settings', {}, { metadata: { name: 'settings', uid: unknownUid } }))
      expect(told(answer)).toEqual([422, `ConfigMap "settings" is invalid: metadata.uid: Invalid value: "${unknownUid}": field is immutable`])
      // The API finds it twice, and says it once.
      const cause = { reason: 'FieldValueInvalid', message: `Invalid value: "${unknownUid}": field is immutable`, field: 'metadata.uid' }
      expect(at(answer.body, 'details')).toEqual({ name: 'settings', kind: 'ConfigMap', causes: [cause, cause] })
    })

    test('with a uid never creates; with a resourceVersion alone it does', async () => {
      const server = opened()
      const absent = core(await server.namespace(), 'configmaps', 'absent')
      const refused = await server.apply(absent, configMap('absent', {}, { metadata: { name: 'absent', uid: unknownUid, resourceVersion: '7' } }))
      expect(told(refused)).toEqual([409, `Operation cannot be fulfilled on configmaps "absent": uid mismatch: the provided object specified uid ${unknownUid}, and no existing object was found`])
      expect((await server.apply(absent, configMap('absent', {}, { metadata: { name: 'absent', resourceVersion: '7' } }))).status).toBe(201)
    })

    test('in a dry run creates and changes nothing, and answers as if it had', async () => {
      const server = opened()
      const namespace = await server.namespace()
      const settings = core(namespace, 'configmaps', 'settings')
      const tried = await server.apply(settings, configMap('settings', { A: '1' }), 'fieldManager=slipway&dryRun=All')
      expect([tried.status, at(tried.body, 'data', 'A'), uidOf(tried.body) === '', versionOf(tried.body)]).toEqual([201, '1', false, ''])
      expect((await server.send('GET', settings)).status).toBe(404)
      const made = await server.apply(settings, configMap('settings', { A: '1' }))
      const changed = await server.apply(settings, configMap('settings', { A: '2' }), 'fieldManager=slipway&dryRun=All')
      expect([changed.status, at(changed.body, 'data', 'A'), versionOf(changed.body)]).toEqual([200, '2', versionOf(made.body)])
      expect((await server.send('GET', settings)).body).toEqual(made.body)
      const generation = await server.apply(deployments(namespace), deployment(), 'fieldManager=slipway&dryRun=All')
      expect([generation.status, numberAt(generation.body, 'metadata', 'generation')]).toEqual([201, 1])
    })

    /** The namespace is the object's own, whatever the path says; the core group has no name. */
    const untyped = (object: JsonObject, fault: string): string =>
      `failed to create typed patch object (${textAt(object, 'metadata', 'namespace') ?? ''}/app; ${object['kind'] === 'Deployment' ? 'apps/v1, Kind=Deployment' : '/v1, Kind=ConfigMap'}): ${fault}`
    test.each<[string, JsonObject, string]>([
      ['an unknown field in spec', deployment({ foo: 1 }), '.spec.foo: field not declared in schema'],
      ['an unknown field in a pod', deployment({}, {}, { foo: 1 }), '.spec.template.spec.foo: field not declared in schema'],
      ['an unknown field in a container', deployment({}, { foo: 1 }), '.spec.template.spec.containers[name="app"].foo: field not declared in schema'],
      ['an unknown field at the top', configMap('app', {}, { dato: { A: '1' } }), '.dato: field not declared in schema'],
      ['a number where a string belongs', configMap('app', {}, { data: { A: 1 } }), '.data.A: expected string, got &value.valueUnstructured{Value:1}'],
      ['a truth where a string belongs', configMap('app', {}, { data: { A: true } }), '.data.A: expected string, got &value.valueUnstructured{Value:true}'],
      ['a text where a number belongs', deployment({ replicas: 'two' }), '.spec.replicas: expected numeric (int or float), got string'],
      ['a text where a truth belongs', deployment({ paused: 'yes' }), '.spec.paused: expected boolean, got &{yes}'],
      ['a text where a map belongs', configMap('app', {}, { data: 'A=1' }), '.data: expected map, got &{A=1}'],
      ['a map where a list belongs', deployment({}, { args: { a: 1 } }), '.spec.template.spec.containers[name="app"].args: expected list, got &{map[a:1]}'],
      ['two containers of one name', deployment({}, {}, { containers: [{ name: 'app' }, { name: 'app' }] }), '.spec.template.spec.containers: duplicate entries for key [name="app"]'],
      ['a map where a string belongs', configMap('app', {}, { data: { A: { x: 'y', z: [1, null] } } }), '.data.A: expected string, got &value.valueUnstructured{Value:map[string]interface {}{"x":"y", "z":[]interface {}{1, interface {}(nil)}}}'],
      ['a number where a truth belongs', configMap('app', {}, { immutable: 1 }), '.immutable: expected boolean, got &{1}'],
      ['a fault in an object that names its namespace', configMap('app', {}, { metadata: { name: 'app', namespace: 'contract' }, dato: 1 }), '.dato: field not declared in schema'],
    ])('with %s is a 500 that says where', async (_, object, fault) => {
      const server = opened()
      const path = object['kind'] === 'Deployment' ? deployments('contract') : core('contract', 'configmaps', 'app')
      const message = untyped(object, fault)
      for (const query of ['fieldManager=slipway', 'fieldManager=slipway&dryRun=All', 'fieldManager=slipway&force=true'])
        expect(await server.apply(path, object, query)).toEqual({ status: 500, body: { kind: 'Status', apiVersion: 'v1', metadata: {}, status: 'Failure', message, code: 500 } })
    })

    test('tells what cannot be read in each item of a list', async () => {
      const object = deployment({}, {}, { containers: ['a', 'b'].map((name) => ({ name, foo: 1 })) })
      const { body } = await opened().apply(deployments('contract'), object)
      const faults = ['a', 'b'].map((name) => `\n  .spec.template.spec.containers[name="${name}"].foo: field not declared in schema`)
      expect(at(body, 'message')).toBe(untyped(object, `errors:${faults.join('')}`))
    })

    test('is known by our client as a refusal that no retry mends', async () => {
      const server = opened()
      const namespace = await server.namespace()
      const object = { ...configMap('app', {}, { data: { A: 1 } }), metadata: { name: 'app', namespace } }
      await expect(server.cluster.apply(object, { manager: 'slipway' })).rejects.toMatchObject({ status: 500, isUntypable: true, isPassing: false })
    })

    test('needs a manager', async () => {
      const server = opened()
      const answer = await server.apply(core(await server.namespace(), 'configmaps', 'app'), configMap('app'), '')
      expect(told(answer)).toEqual([422, 'PatchOptions.meta.k8s.io "" is invalid: fieldManager: Required value: is required for apply patch'])
    })

    test.each<[string, (namespace: string) => Json, string]>([
      ['another name', () => configMap('other'), 'the name of the object (other) does not match the name on the URL (app)'],
      ['another namespace', () => configMap('app', {}, { metadata: { name: 'app', namespace: 'default' } }), 'the namespace of the provided object does not match the namespace sent on the request'],
    ])('with %s than its path is refused', async (_, object, message) => {
      const server = opened()
      const namespace = await server.namespace()
      expect(told(await server.send('PATCH', `${core(namespace, 'configmaps', 'app')}?fieldManager=slipway`, object(namespace), { 'content-type': 'application/apply-patch+yaml' }))).toEqual([400, message])
    })
  })
}
