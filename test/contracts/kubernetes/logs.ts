import { describe, expect, test } from '@jest/globals'
import type { Json, JsonObject } from '@slipway/release'
import { at, listAt, textAt } from '@slipway/rollout'
import { core } from './objects.ts'
import { told, type ApiServer } from './server.ts'

const lines = (text: string): string[] => text.split('\n').slice(0, -1)

/** What containers have printed, as Slipway asks for it: some last lines, of this run or of the one before. */
export function logs(opened: () => ApiServer): void {
  describe('the log', () => {
    /** Makes a pod, and waits until its status is so. */
    const run = async (name: string, spec: JsonObject, isSo: (pod: Json | undefined) => boolean): Promise<string> => {
      const server = opened()
      const namespace = await server.namespace()
      const made = await server.send('POST', core(namespace, 'pods'), { apiVersion: 'v1', kind: 'Pod', metadata: { name }, spec: { automountServiceAccountToken: false, terminationGracePeriodSeconds: 0, ...spec } })
      expect(made.status).toBe(201)
      await server.events(`${core(namespace, 'pods')}?watch=true&fieldSelector=metadata.name%3D${name}`, (event) => isSo(at(event, 'object')))
      return namespace
    }
    const statusOf = (pod: Json | undefined, container = 'app', list = 'containerStatuses'): Json | undefined => listAt(pod, 'status', list).find((status) => textAt(status, 'name') === container)
    const isRunning = (pod: Json | undefined): boolean => at(statusOf(pod), 'state', 'running') !== undefined
    const waitsFor = (reason: string) => (pod: Json | undefined): boolean => textAt(statusOf(pod), 'state', 'waiting', 'reason') === reason

    test('of a running container has all that it has said, or the last lines', async () => {
      const { container, cluster } = opened()
      const namespace = await run('talks', { containers: [container('app', { says: ['one', 'two', 'three', 'four'] })] }, isRunning)
      const told = (tailLines: number): Promise<string> => cluster.logs(namespace, 'talks', { container: 'app', tailLines })
      // A container runs a little before it speaks.
      while (lines(await told(100)).length < 4) expect(await told(100)).toMatch(/^(one\n(two\n(three\n)?)?)?/)
      expect([await told(100), await told(4), await told(2), await told(0)]).toEqual(['one\ntwo\nthree\nfour\n', 'one\ntwo\nthree\nfour\n', 'three\nfour\n', ''])
    })

    test('of a run that has crashed is there as the previous one, and while the next one is waited for', async () => {
      const { container, cluster } = opened()
      const namespace = await run('crashes', { containers: [container('app', { says: ['begins', 'last words'], exits: 3 })] }, waitsFor('CrashLoopBackOff'))
      const asked = { container: 'app', tailLines: 100 }
      expect(await cluster.logs(namespace, 'crashes', { ...asked, previous: true })).toBe('begins\nlast words\n')
      expect(await cluster.logs(namespace, 'crashes', { ...asked, previous: true, tailLines: 1 })).toBe('last words\n')
      expect(await cluster.logs(namespace, 'crashes', asked)).toBe('begins\nlast words\n')
    })

    test('of a run before the first one is refused', async () => {
      const { container, cluster } = opened()
      const namespace = await run('once', { containers: [container('app', { says: [] })] }, isRunning)
      await expect(cluster.logs(namespace, 'once', { container: 'app', previous: true, tailLines: 1 })).rejects.toMatchObject({ status: 400, reason: 'BadRequest', message: 'previous terminated container "app" in pod "once" not found' })
    })

    test.each<[string, JsonObject, string, string]>([
      ['whose image cannot be pulled', { image: '127.0.0.1:1/absent:1' }, 'ImagePullBackOff', 'trying and failing to pull image'],
      ['whose configuration is not there', { envFrom: [{ configMapRef: { name: 'absent' } }] }, 'CreateContainerConfigError', 'CreateContainerConfigError'],
    ])('of a container %s tells what it waits for', async (_, more, reason, words) => {
      const { container, cluster } = opened()
      const namespace = await run('waits', { containers: [{ ...container('app', { says: ['never'] }), ...more }] }, waitsFor(reason))
      await expect(cluster.logs(namespace, 'waits', { container: 'app', tailLines: 5 })).rejects.toMatchObject({ status: 400, reason: 'BadRequest', isPassing: false, message: `container "app" in pod "waits" is waiting to start: ${words}` })
      await expect(cluster.logs(namespace, 'waits', { container: 'app', previous: true, tailLines: 5 })).rejects.toMatchObject({ status: 400, message: 'previous terminated container "app" in pod "waits" not found' })
    })

    test('of a pod whose init container fails is there for that one alone', async () => {
      const { container, cluster } = opened()
      // Before that, the status may still name a run that the node has cleaned away.
      const isPutOff = (pod: Json | undefined): boolean => textAt(statusOf(pod, 'init', 'initContainerStatuses'), 'state', 'waiting', 'reason') === 'CrashLoopBackOff'
      const namespace = await run('begins', { initContainers: [container('init', { says: ['no database'], exits: 1 })], containers: [container('app', { says: ['never'] })] }, isPutOff)
      for (const previous of [true, false]) expect(await cluster.logs(namespace, 'begins', { container: 'init', previous, tailLines: 5 })).toBe('no database\n')
      await expect(cluster.logs(namespace, 'begins', { container: 'app', tailLines: 5 })).rejects.toMatchObject({ status: 400, message: 'container "app" in pod "begins" is waiting to start: PodInitializing' })
    })

    test('of a pod that has no node is empty', async () => {
      const { container, cluster } = opened()
      const isRefused = (pod: Json | undefined): boolean => listAt(pod, 'status', 'conditions').some((condition) => textAt(condition, 'reason') === 'Unschedulable')
      const namespace = await run('nowhere', { nodeSelector: { 'slipway.dev/none': 'such' }, containers: [container('app', { says: ['never'] })] }, isRefused)
      expect(await cluster.logs(namespace, 'nowhere', { container: 'app', tailLines: 5 })).toBe('')
    })

    test('of one of several containers is asked for by its name', async () => {
      const server = opened()
      const { container } = server
      const namespace = await run('two', { containers: [container('app', { says: [] }), container('mesh', { says: [] })] }, isRunning)
      const path = `${core(namespace, 'pods', 'two')}/log`
      expect(told(await server.send('GET', path))).toEqual([400, 'a container name must be specified for pod two, choose one of: [app mesh]'])
      expect(told(await server.send('GET', `${path}?container=none`))).toEqual([400, 'container none is not valid for pod two'])
    })
  })
}
