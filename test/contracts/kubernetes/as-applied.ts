import { describe, expect, test } from '@jest/globals'
import { isAsApplied } from '@slipway/delivery'
import { isJsonObject, type Json, type JsonObject } from '@slipway/release'
import { textAt, withAt } from '@slipway/rollout'
import { configMap, core, deployment, deployments } from './objects.ts'
import { told, type ApiServer } from './server.ts'

/** What an object's own account of its fields says of an apply, beside what a dry run says. */
export function asApplied(opened: () => ApiServer): void {
  describe('as it was applied', () => {
    const containers = (...all: readonly JsonObject[]): JsonObject => deployment({}, {}, { containers: all })
    const app = { name: 'app', image: 'web:1' }
    const side = { name: 'side', image: 'side:1' }
    const [port, variable] = [{ containerPort: 8080 }, { name: 'A', value: '1' }]

    async function applied(object: JsonObject): Promise<{ path: string; live: () => Promise<JsonObject>; dryRun: (next: JsonObject) => Promise<Json> }> {
      const server = opened()
      const namespace = await server.namespace()
      const path = pathOf(namespace, object)
      expect((await server.apply(path, object)).status).toBeLessThan(300)
      return {
        path,
        async live() {
          const { body } = await server.send('GET', path)
          if (!isJsonObject(body)) throw new Error(JSON.stringify(body))
          return body
        },
        dryRun: async (next) => (await server.apply(path, next, 'fieldManager=slipway&dryRun=All')).body,
      }
    }

    const shapes: readonly (readonly [string, JsonObject])[] = [
      ['a ConfigMap', configMap('settings', { A: '1', B: '' }, { metadata: { name: 'settings', labels: { app: 'app' }, annotations: { 'a/b': 'c' } } })],
      ['a Service', { apiVersion: 'v1', kind: 'Service', metadata: { name: 'app' }, spec: { selector: { app: 'app' }, ports: [{ name: 'http', port: 80, targetPort: 'http' }, { name: 'dns', port: 53, protocol: 'UDP' }] } }],
      ['a budget', { apiVersion: 'policy/v1', kind: 'PodDisruptionBudget', metadata: { name: 'app' }, spec: { minAvailable: '50%', selector: { matchLabels: { app: 'app' } } } }],
      ['a Deployment', deployment()],
      ['one that an autoscaler scales', withAt(deployment(), ['spec', 'replicas'], () => undefined)],
      [
        'one with all that a shop writes',
        deployment(
          { strategy: { rollingUpdate: { maxSurge: 1, maxUnavailable: 0 } } },
          {
            command: ['/bin/app', '--fast'],
            env: [variable, { name: 'B', valueFrom: { configMapKeyRef: { name: 'settings', key: 'b' } } }],
            envFrom: [{ configMapRef: { name: 'settings' } }],
            ports: [{ name: 'http', ...port }, { name: 'metrics', containerPort: 9090, protocol: 'TCP' }],
            readinessProbe: { httpGet: { path: '/', port: 'http' }, periodSeconds: 2 },
            resources: { requests: { cpu: '100m', memory: '64Mi' }, limits: { memory: '64Mi' } },
            securityContext: { capabilities: { drop: ['ALL'] } },
            volumeMounts: [{ name: 'scratch', mountPath: '/scratch' }],
          },
          { securityContext: { runAsNonRoot: true }, tolerations: [{ key: 'a', operator: 'Exists' }], volumes: [{ name: 'scratch', emptyDir: {} }], topologySpreadConstraints: [{ maxSkew: 1, topologyKey: 'zone', whenUnsatisfiable: 'ScheduleAnyway', labelSelector: { matchLabels: { app: 'app' } } }] },
        ),
      ],
    ]
    test.each(shapes)('%s is known to be, and a dry run changes nothing', async (_, object) => {
      const { live, dryRun } = await applied(object)
      const now = await live()
      expect(isAsApplied(object, now)).toBe(true)
      expect(content(await dryRun(object))).toEqual(content(now))
    })

    test('a Deployment is, whatever others have added to it', async () => {
      const server = opened()
      const object = withAt(deployment(), ['spec', 'replicas'], () => undefined)
      const { path, live, dryRun } = await applied(object)
      const others = { metadata: { annotations: { 'somebody/s': 'note' } }, spec: { replicas: 7, template: { spec: { containers: [{ name: 'injected', image: 'mesh:1' }] } } } }
      expect((await server.apply(path, { apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: 'app', ...others.metadata }, spec: others.spec }, 'fieldManager=mesh')).status).toBe(200)
      const now = await live()
      expect(isAsApplied(object, now)).toBe(true)
      expect(content(await dryRun(object))).toEqual(content(now))
    })

    const changes: readonly (readonly [string, JsonObject, JsonObject])[] = [
      ['another value', deployment(), deployment({}, { image: 'web:2' })],
      ['a member more', deployment(), deployment({ minReadySeconds: 3 })],
      ['a member less', deployment({ minReadySeconds: 3 }), deployment()],
      ['an item more', containers(app), containers(app, side)],
      ['an item less', containers(app, side), containers(app)],
      ['an item more of equal keys', containers({ ...app, ports: [port] }), containers({ ...app, ports: [port, { ...port, protocol: 'UDP' }] })],
      ['items in another order', containers(app, side), containers(side, app)],
      ['variables in another order', containers({ ...app, env: [variable, { name: 'B', value: '2' }] }), containers({ ...app, env: [{ name: 'B', value: '2' }, variable] })],
      ['another protocol', containers({ ...app, ports: [{ ...port, protocol: 'UDP' }] }), containers({ ...app, ports: [port] })],
      ['a word of a command less', containers({ ...app, command: ['a', 'b'] }), containers({ ...app, command: ['a'] })],
      ['an annotation less', withAt(deployment(), ['metadata', 'annotations'], () => ({ a: '1', b: '2' })), withAt(deployment(), ['metadata', 'annotations'], () => ({ a: '1' }))],
      ['no data any more', configMap('settings', { A: '1' }), configMap('settings')],
      ['a value that is empty now', configMap('settings', { A: '1' }), configMap('settings', { A: '' })],
    ]
    test.each(changes)('is not what has %s', async (_, before, after) => {
      const { live, dryRun } = await applied(before)
      const now = await live()
      expect(isAsApplied(before, now)).toBe(true)
      expect(isAsApplied(after, now)).toBe(false)
      expect(content(await dryRun(after))).not.toEqual(content(now))
    })

    test('is not what another hand has changed or removed, nor what another version of the kind has written', async () => {
      const server = opened()
      const { path, live } = await applied(deployment())
      await server.mergePatch(path, { spec: { replicas: 5 } })
      expect(isAsApplied(deployment(), await live())).toBe(false)
      const settings = await applied(configMap('settings', { A: '1', B: '2' }))
      await server.mergePatch(settings.path, { data: { B: null } })
      expect(isAsApplied(configMap('settings', { A: '1', B: '2' }), await settings.live())).toBe(false)
      const older = withAt(await live(), ['metadata', 'managedFields'], () => [{ manager: 'slipway', operation: 'Apply', apiVersion: 'apps/v1beta1', fieldsV1: {} }])
      expect(isAsApplied(deployment(), older)).toBe(false)
    })

    test('is not what somebody else has written, with the same content', async () => {
      const server = opened()
      const path = deployments(await server.namespace())
      expect(told(await server.apply(path, deployment(), 'fieldManager=helm'))[0]).toBe(201)
      const { body } = await server.send('GET', path)
      expect(isJsonObject(body) && isAsApplied(deployment(), body)).toBe(false)
    })
  })
}

function pathOf(namespace: string, object: JsonObject): string {
  const name = textAt(object, 'metadata', 'name') ?? ''
  switch (object['kind']) {
    case 'ConfigMap':
      return core(namespace, 'configmaps', name)
    case 'Service':
      return core(namespace, 'services', name)
    case 'PodDisruptionBudget':
      return `/apis/policy/v1/namespaces/${namespace}/poddisruptionbudgets/${name}`
    default:
      return deployments(namespace, name)
  }
}

/** What the server has of its own, and its controllers write at any time, is left out. */
function content(object: Json): Json {
  const own = [['status'], ['metadata', 'managedFields'], ['metadata', 'generation'], ['metadata', 'resourceVersion']] as const
  return isJsonObject(object) ? own.reduce<JsonObject>((rest, path) => withAt(rest, path, () => undefined), object) : object
}
