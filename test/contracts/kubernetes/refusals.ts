import { describe, expect, test } from '@jest/globals'
import type { JsonObject } from '@slipway/release'
import { at, listAt, textAt } from '@slipway/rollout'
import { eventually } from '../../real/eventually.ts'
import { configMap, core, deployment, deployments, pod } from './objects.ts'
import { told, type Answer, type ApiServer } from './server.ts'

const subdomain = "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character (e.g. 'example.com', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')"

/** What is refused, in which words. */
export function refusals(opened: () => ApiServer): void {
  describe('refusing', () => {
    test('what is not there is not found', async () => {
      const server = opened()
      const namespace = await server.namespace()
      expect(await server.send('GET', deployments(namespace))).toEqual({
        status: 404,
        body: { kind: 'Status', apiVersion: 'v1', metadata: {}, status: 'Failure', message: 'deployments.apps "app" not found', reason: 'NotFound', details: { name: 'app', group: 'apps', kind: 'deployments' }, code: 404 },
      })
      expect(await server.cluster.get({ apiVersion: 'apps/v1', kind: 'Deployment', namespace, name: 'app' })).toBeUndefined()
    })

    test('an unknown path is not found by other words', async () => {
      const server = opened()
      const body = { kind: 'Status', apiVersion: 'v1', metadata: {}, status: 'Failure', message: 'the server could not find the requested resource', reason: 'NotFound', details: {}, code: 404 }
      expect(await server.send('GET', '/apis/apps/v1/namespaces/default/widgets/one')).toEqual({ status: 404, body })
      expect(await server.send('GET', '/apis/acme.io/v1')).toEqual({ status: 404, body: '404 page not found\n' })
    })

    test.each(['fieldManager=slipway', 'fieldManager=slipway&dryRun=All'])('a namespace that is not there is told by an apply (%s)', async (query) => {
      const answer = await opened().apply(core('contract-absent', 'configmaps', 'one'), configMap('one'), query)
      expect(answer).toEqual({ status: 404, body: { kind: 'Status', apiVersion: 'v1', metadata: {}, status: 'Failure', message: 'namespaces "contract-absent" not found', reason: 'NotFound', details: { name: 'contract-absent', kind: 'namespaces' }, code: 404 } })
    })

    test('a namespace that is not there has nothing in it, and takes nothing', async () => {
      const server = opened()
      expect(told(await server.send('GET', core('contract-absent', 'configmaps')), 'items')).toEqual([200, []])
      expect(told(await server.send('GET', core('contract-absent', 'configmaps', 'one')))).toEqual([404, 'configmaps "one" not found'])
      expect(told(await server.send('POST', core('contract-absent', 'configmaps'), configMap('one')))).toEqual([404, 'namespaces "contract-absent" not found'])
      expect(told(await server.send('DELETE', core('contract-absent', 'configmaps', 'one')))).toEqual([404, 'configmaps "one" not found'])
    })

    test('a namespace that ends takes nothing new', async () => {
      const server = opened()
      const namespace = await server.namespace()
      await server.apply(core(namespace, 'configmaps', 'kept'), configMap('kept', {}, { metadata: { name: 'kept', finalizers: ['slipway.dev/test'] } }))
      expect(told(await server.send('DELETE', `/api/v1/namespaces/${namespace}`), 'status', 'phase')).toEqual([200, 'Terminating'])
      const answer = await server.apply(core(namespace, 'configmaps', 'late'), configMap('late'))
      expect(answer).toEqual({
        status: 403,
        body: {
          kind: 'Status',
          apiVersion: 'v1',
          metadata: {},
          status: 'Failure',
          message: `configmaps "late" is forbidden: unable to create new content in namespace ${namespace} because it is being terminated`,
          reason: 'Forbidden',
          details: { name: 'late', kind: 'configmaps', causes: [{ reason: 'NamespaceTerminating', message: `namespace ${namespace} is being terminated`, field: 'metadata.namespace' }] },
          code: 403,
        },
      })
      await server.mergePatch(core(namespace, 'configmaps', 'kept'), { metadata: { finalizers: null } })
    })

    test('a token that nobody knows is unauthorized', async () => {
      expect(await opened().send('GET', '/api/v1/namespaces', undefined, { authorization: 'Bearer stolen' })).toEqual({
        status: 401,
        body: { kind: 'Status', apiVersion: 'v1', metadata: {}, status: 'Failure', message: 'Unauthorized', reason: 'Unauthorized', code: 401 },
      })
    })

    test.each<[string, JsonObject, string, JsonObject]>([
      ['a name in capitals', configMap('Cart'), `metadata.name: Invalid value: "Cart": ${subdomain}`, { reason: 'FieldValueInvalid', field: 'metadata.name' }],
      ['a name of 254 letters', configMap('a'.repeat(254)), `metadata.name: Invalid value: "${'a'.repeat(254)}": must be no more than 253 characters`, { reason: 'FieldValueInvalid', field: 'metadata.name' }],
      ['no name', { apiVersion: 'v1', kind: 'ConfigMap', metadata: {} }, 'metadata.name: Required value: name or generateName is required', { reason: 'FieldValueRequired', field: 'metadata.name' }],
      [
        'a label with a slash',
        configMap('one', {}, { metadata: { name: 'one', labels: { branch: 'feature/x' } } }),
        "metadata.labels: Invalid value: \"feature/x\": a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyValue',  or 'my_value',  or '12345', regex used for validation is '(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?')",
        { reason: 'FieldValueInvalid', field: 'metadata.labels' },
      ],
      ['a label of 64 letters', configMap('one', {}, { metadata: { name: 'one', labels: { branch: 'a'.repeat(64) } } }), `metadata.labels: Invalid value: "${'a'.repeat(64)}": must be no more than 63 bytes`, { reason: 'FieldValueInvalid', field: 'metadata.labels' }],
      [
        'a key with a space',
        configMap('one', { 'a b': '1' }),
        "data[a b]: Invalid value: \"a b\": a valid config key must consist of alphanumeric characters, '-', '_' or '.' (e.g. 'key.name',  or 'KEY_NAME',  or 'key-name', regex used for validation is '[-._a-zA-Z0-9]+')",
        { reason: 'FieldValueInvalid', field: 'data[a b]' },
      ],
      ['one key in data and binaryData', configMap('one', { a: '1' }, { binaryData: { a: 'YQ==' } }), 'data[a]: Invalid value: "a": duplicate of key present in binaryData', { reason: 'FieldValueInvalid', field: 'data[a]' }],
    ])('%s is invalid', async (_, object, message, cause) => {
      const server = opened()
      const answer = await server.send('POST', core(await server.namespace(), 'configmaps'), object)
      const name = textAt(object, 'metadata', 'name') ?? ''
      expect(told(answer)).toEqual([422, `ConfigMap "${name}" is invalid: ${message}`])
      expect([at(answer.body, 'reason'), at(answer.body, 'details', 'causes')]).toMatchObject(['Invalid', [cause]])
    })

    test('a name of 253 letters is fine, for a Deployment too; a Service may have 63', async () => {
      const server = opened()
      const namespace = await server.namespace()
      const long = 'a'.repeat(253)
      expect((await server.apply(core(namespace, 'configmaps', long), configMap(long))).status).toBe(201)
      expect((await server.apply(deployments(namespace, long), { ...deployment(), metadata: { name: long } })).status).toBe(201)
      const service = (name: string): JsonObject => ({ apiVersion: 'v1', kind: 'Service', metadata: { name }, spec: { selector: { app: 'app' }, ports: [{ port: 80 }] } })
      expect((await server.apply(core(namespace, 'services', 'a'.repeat(63)), service('a'.repeat(63)))).status).toBe(201)
      const answer = await server.apply(core(namespace, 'services', 'a'.repeat(64)), service('a'.repeat(64)))
      expect(told(answer)).toEqual([422, `Service "${'a'.repeat(64)}" is invalid: metadata.name: Invalid value: "${'a'.repeat(64)}": must be no more than 63 characters`])
    })

    test.each<[string, JsonObject, JsonObject[]]>([
      ['without containers', deployment({}, {}, { containers: [] }), [{ reason: 'FieldValueRequired', message: 'Required value', field: 'spec.template.spec.containers' }]],
      ['without an image', deployment({}, {}, { containers: [{ name: 'app' }] }), [{ reason: 'FieldValueRequired', message: 'Required value', field: 'spec.template.spec.containers[0].image' }]],
      ['whose container has no name', deployment({}, {}, { containers: [{ image: 'web:1' }] }), [{ reason: 'FieldValueRequired', message: 'Required value', field: 'spec.template.spec.containers[0].name' }]],
      ['whose selector is not its template\'s', deployment({ selector: { matchLabels: { app: 'b' } } }), [{ reason: 'FieldValueInvalid', message: 'Invalid value: {"app":"app"}: `selector` does not match template `labels`', field: 'spec.template.metadata.labels' }]],
      ['that mounts what it does not have', deployment({}, { volumeMounts: [{ name: 'none', mountPath: '/x' }] }), [{ reason: 'FieldValueNotFound', message: 'Not found: "none"', field: 'spec.template.spec.containers[0].volumeMounts[0].name' }]],
      ['with a negative number of replicas', deployment({ replicas: -1 }), [{ reason: 'FieldValueInvalid', message: 'Invalid value: -1: must be greater than or equal to 0', field: 'spec.replicas' }]],
      [
        'with a pull policy that nobody knows',
        deployment({}, { imagePullPolicy: 'Sometimes' }),
        [{ reason: 'FieldValueNotSupported', message: 'Unsupported value: "Sometimes": supported values: "Always", "IfNotPresent", "Never"', field: 'spec.template.spec.containers[0].imagePullPolicy' }],
      ],
    ])('a Deployment %s is invalid', async (_, object, causes) => {
      const server = opened()
      const path = deployments(await server.namespace())
      const answer = await server.apply(path, object)
      expect([answer.status, at(answer.body, 'details')]).toEqual([422, { name: 'app', group: 'apps', kind: 'Deployment', causes }])
      expect((await server.apply(path, object, 'fieldManager=slipway&dryRun=All')).body).toEqual(answer.body)
    })

    test('a pod that PodSecurity does not admit is told each reason', async () => {
      const server = opened()
      const namespace = await server.namespace({ 'pod-security.kubernetes.io/enforce': 'restricted' })
      const reasons = [
        'allowPrivilegeEscalation != false (container "app" must set securityContext.allowPrivilegeEscalation=false)',
        'unrestricted capabilities (container "app" must set securityContext.capabilities.drop=["ALL"])',
        'runAsNonRoot != true (pod or container "app" must set securityContext.runAsNonRoot=true)',
        'seccompProfile (pod or container "app" must set securityContext.seccompProfile.type to "RuntimeDefault" or "Localhost")',
      ]
      const answer = await refusedPod(server, namespace, pod('open'))
      expect(told(answer)).toEqual([403, `pods "open" is forbidden: violates PodSecurity "restricted:latest": ${reasons.join(', ')}`])
      const securityContext = { allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] }, runAsNonRoot: true, seccompProfile: { type: 'RuntimeDefault' } }
      expect((await server.send('POST', core(namespace, 'pods'), pod('closed', { securityContext }))).status).toBe(201)
    })

    test('a pod over its quota is told how much there is', async () => {
      const server = opened()
      const namespace = await server.namespace()
      await server.send('POST', core(namespace, 'resourcequotas'), { apiVersion: 'v1', kind: 'ResourceQuota', metadata: { name: 'few' }, spec: { hard: { pods: '0' } } })
      const answer = await refusedPod(server, namespace, pod('more'))
      expect(answer).toEqual({
        status: 403,
        body: { kind: 'Status', apiVersion: 'v1', metadata: {}, status: 'Failure', message: 'pods "more" is forbidden: exceeded quota: few, requested: pods=1, used: pods=0, limited: pods=0', reason: 'Forbidden', details: { name: 'more', kind: 'pods' }, code: 403 },
      })
    })

    test('a patch of a kind that is not spoken is refused', async () => {
      const server = opened()
      const answer = await server.send('PATCH', core(await server.namespace(), 'configmaps', 'one'), {}, { 'content-type': 'text/plain' })
      expect([answer.status, at(answer.body, 'reason')]).toEqual([415, 'UnsupportedMediaType'])
    })

    test('a method that a resource does not have is refused', async () => {
      expect(await opened().send('POST', core('contract', 'configmaps', 'one'), configMap('one'))).toEqual({
        status: 405,
        body: { kind: 'Status', apiVersion: 'v1', metadata: {}, status: 'Failure', message: 'the server does not allow this method on the requested resource', reason: 'MethodNotAllowed', details: {}, code: 405 },
      })
    })
  })

  describe('discovery', () => {
    test.each([
      ['v1', 'ConfigMap', 'configmaps', ''],
      ['v1', 'Secret', 'secrets', ''],
      ['v1', 'Service', 'services', ''],
      ['v1', 'Pod', 'pods', ''],
      ['v1', 'Event', 'events', ''],
      ['apps/v1', 'Deployment', 'deployments', 'apps'],
      ['apps/v1', 'ReplicaSet', 'replicasets', 'apps'],
      ['autoscaling/v2', 'HorizontalPodAutoscaler', 'horizontalpodautoscalers', 'autoscaling'],
      ['policy/v1', 'PodDisruptionBudget', 'poddisruptionbudgets', 'policy'],
      ['networking.k8s.io/v1', 'Ingress', 'ingresses', 'networking.k8s.io'],
      ['coordination.k8s.io/v1', 'Lease', 'leases', 'coordination.k8s.io'],
    ])('%s %s is found', async (apiVersion, kind, resource, group) => {
      const { cluster } = opened()
      expect(await cluster.resource({ apiVersion, kind })).toEqual({ group, resource })
      expect(await cluster.collection({ apiVersion, kind, namespace: 'contract' })).toBe(`${group === '' ? '/api' : '/apis'}/${apiVersion}/namespaces/contract/${resource}`)
    })

    test('what belongs to no namespace is found without one', async () => {
      expect(await opened().cluster.collection({ apiVersion: 'v1', kind: 'Node', namespace: 'contract' })).toBe('/api/v1/nodes')
    })

    test('a kind and a group that the server does not know are told in words', async () => {
      const { cluster } = opened()
      for (const apiVersion of ['v1', 'acme.io/v1']) await expect(cluster.resource({ apiVersion, kind: 'Widget' })).rejects.toThrow(`does not know the kind Widget of ${apiVersion}`)
    })

    test('a Deployment can be scaled, a Pod has a log', async () => {
      const server = opened()
      const named = async (path: string, name: string): Promise<unknown> => listAt((await server.send('GET', path)).body, 'resources').find((entry) => textAt(entry, 'name') === name)
      expect(await named('/apis/apps/v1', 'deployments')).toMatchObject({ singularName: 'deployment', namespaced: true, kind: 'Deployment', shortNames: ['deploy'] })
      expect(await named('/apis/apps/v1', 'deployments/scale')).toEqual({ name: 'deployments/scale', singularName: '', namespaced: true, group: 'autoscaling', version: 'v1', kind: 'Scale', verbs: ['get', 'patch', 'update'] })
      expect(await named('/api/v1', 'pods/log')).toEqual({ name: 'pods/log', singularName: '', namespaced: true, kind: 'Pod', verbs: ['get'] })
    })

    test('the version is told', async () => {
      expect((await opened().send('GET', '/version')).body).toMatchObject({ major: '1', minor: '35', gitVersion: 'v1.35.4' })
    })
  })
}

/** What a pod is refused with, once admission has heard of the namespace's rules, and the namespace's controllers have done what must come before. */
async function refusedPod(server: ApiServer, namespace: string, wanted: JsonObject): Promise<Answer> {
  const pods = core(namespace, 'pods')
  await eventually(`${namespace} refuses the pod for what it is`, async () => {
    const { status, body } = await server.send('POST', `${pods}?dryRun=All`, wanted)
    const message = textAt(body, 'message') ?? ''
    return status === 403 && !message.includes('error looking up service account') && !message.includes('status unknown for quota')
  })
  return server.send('POST', pods, wanted)
}
