import { describe, expect, test } from '@jest/globals'
import { at } from '@slipway/rollout'
import type { Right } from '@slipway/kubernetes'
import { configMap, core } from './objects.ts'
import type { ApiServer } from './server.ts'

const may = (verb: string, resource: string, more: Partial<Right> = {}): Right => ({ verb, group: '', resource, namespace: 'contract', ...more })

/** What somebody may do, asked before and told by the refusal. */
export function rights(opened: () => ApiServer): void {
  describe('rights', () => {
    test('are told as they are, one by one', async () => {
      const reader = opened().client({ as: 'reader' })
      const asked: readonly [Right, boolean][] = [
        [may('get', 'configmaps'), true],
        [may('create', 'configmaps'), false],
        [may('get', 'secrets'), false],
        [may('get', 'pods', { subresource: 'log' }), true],
        [may('get', 'pods'), false],
        [may('get', 'configmaps', { namespace: 'default' }), false],
        [may('get', 'configmaps', { group: 'apps' }), false],
        [may('get', 'namespaces'), true],
        [may('get', 'widgets'), false],
      ]
      expect(await reader.canI(asked.map(([right]) => right))).toEqual(asked.map(([, granted]) => granted))
      expect(await opened().cluster.canI([may('create', 'configmaps'), may('get', 'widgets')])).toEqual([true, true])
    })

    test('that are missing are told by the refusal', async () => {
      const server = opened()
      const reader = server.client({ as: 'reader' })
      const ref = { apiVersion: 'v1', kind: 'Secret', namespace: 'contract', name: 'one' }
      await expect(reader.get(ref)).rejects.toMatchObject({
        status: 403,
        reason: 'Forbidden',
        isPassing: false,
        message: 'secrets "one" is forbidden: User "contract-reader" cannot get resource "secrets" in API group "" in the namespace "contract"',
      })
      await expect(reader.list({ apiVersion: 'v1', kind: 'Secret', namespace: 'contract' })).rejects.toMatchObject({
        status: 403,
        message: 'secrets is forbidden: User "contract-reader" cannot list resource "secrets" in API group "" in the namespace "contract"',
      })
      await expect(reader.list({ apiVersion: 'v1', kind: 'Node' })).rejects.toMatchObject({ status: 403, message: 'nodes is forbidden: User "contract-reader" cannot list resource "nodes" in API group "" at the cluster scope' })
      await expect(reader.logs('contract', 'none', { container: 'app', tailLines: 1 })).rejects.toMatchObject({ status: 404 })
    })

    test('may be for one name', async () => {
      const reader = opened().client({ as: 'reader' })
      expect(await reader.get({ apiVersion: 'v1', kind: 'Secret', namespace: 'contract', name: 'known' })).toBeUndefined()
    })

    test('of an apply: patch alone changes, and creates nothing', async () => {
      const server = opened()
      const reader = server.client({ as: 'reader' })
      const object = { ...configMap('applied', { A: '1' }), metadata: { name: 'applied', namespace: 'contract' } }
      await server.send('DELETE', core('contract', 'configmaps', 'applied'))
      await expect(reader.apply(object, { manager: 'slipway' })).rejects.toMatchObject({
        status: 403,
        message: 'configmaps "applied" is forbidden: User "contract-reader" cannot create resource "configmaps" in API group "" in the namespace "contract"',
      })
      await server.cluster.apply(object, { manager: 'slipway' })
      expect(at(await reader.apply({ ...object, data: { A: '2' } }, { manager: 'slipway' }), 'data', 'A')).toBe('2')
    })

    test('of a namespace that is not there are refused before it is missed', async () => {
      const reader = opened().client({ as: 'reader' })
      const object = { ...configMap('one'), metadata: { name: 'one', namespace: 'contract-absent' } }
      await expect(reader.apply(object, { manager: 'slipway', dryRun: true })).rejects.toMatchObject({
        status: 403,
        message: 'configmaps "one" is forbidden: User "contract-reader" cannot patch resource "configmaps" in API group "" in the namespace "contract-absent"',
      })
    })
  })
}
