import { describe, expect, test } from '@jest/globals'
import { NS, inCluster, type Client } from './support.ts'
import { grantsOf } from '../../src/kubernetes/rbac.ts'

const rule = (verbs: string[], resources: string[], more: Record<string, unknown> = {}): Record<string, unknown> => ({ apiGroups: [''], resources, verbs, ...more })
const role = (kind: 'Role' | 'ClusterRole', name: string, ...rules: unknown[]): Record<string, unknown> => ({ kind, metadata: { name, ...(kind === 'Role' ? { namespace: 'shop' } : {}) }, rules })
const binding = (kind: 'RoleBinding' | 'ClusterRoleBinding', of: string, subject: Record<string, unknown>): Record<string, unknown> => ({
  kind,
  metadata: { name: of, ...(kind === 'RoleBinding' ? { namespace: 'shop' } : {}) },
  roleRef: { kind: of.startsWith('every') ? 'ClusterRole' : 'Role', name: of },
  subjects: [subject],
})
const me = { kind: 'User', name: 'deploy' }
const us = { kind: 'Group', name: 'system:authenticated' }
const config = (name: string): unknown => ({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name } })

function under(rbac: Record<string, unknown>[], run: (client: Client, grants: string[]) => Promise<void>): Promise<void> {
  const grants: string[] = []
  return inCluster({ namespaces: ['shop', 'other'], rbac, used: (grant) => grants.push(grant) }, (client) => run(client, grants))
}

describe('RBAC', () => {
  test('lets nobody do what no rule grants, and says so as the API does', () =>
    under([], async ({ send }) => {
      expect(await send('GET', `${NS}/configmaps`)).toMatchObject({ status: 403, body: { message: 'configmaps is forbidden: User "deploy" cannot list resource "configmaps" in API group "" in the namespace "shop"' } })
      expect(await send('GET', '/api/v1/namespaces/shop')).toMatchObject({ status: 403 })
      expect(await send('GET', '/apis')).toMatchObject({ status: 200 })
    }))

  test('grants verbs on resources, subresources by themselves, in the namespace of the binding, and tells what was used', () =>
    under([role('Role', 'reader', rule(['get', 'list'], ['configmaps', 'pods/log'])), binding('RoleBinding', 'reader', us)], async ({ send }, grants) => {
      expect([(await send('GET', `${NS}/configmaps`)).status, (await send('GET', `${NS}/configmaps/a`)).status, (await send('GET', `${NS}/pods/a/log`)).status]).toEqual([200, 404, 404])
      expect([(await send('GET', `${NS}/pods/a`)).status, (await send('GET', `${NS}/configmaps?watch=1`)).status, (await send('POST', `${NS}/configmaps`, config('a'))).status]).toEqual([403, 403, 403])
      expect([(await send('GET', '/api/v1/namespaces/other/configmaps')).status, (await send('GET', '/api/v1/configmaps')).status]).toEqual([403, 403])
      expect(grants).toEqual(['Role shop/reader list configmaps', 'Role shop/reader get configmaps', 'Role shop/reader get pods/log'])
    }))

  test('an apply that creates needs create as well; a namespace itself counts as in it; names narrow', () =>
    under([role('Role', 'writer', rule(['patch'], ['configmaps']), rule(['get'], ['namespaces']), rule(['create'], ['configmaps'], { resourceNames: ['a'] })), binding('RoleBinding', 'writer', me)], async ({ send, apply }) => {
      expect([(await apply(`${NS}/configmaps/a`, config('a'))).status, (await apply(`${NS}/configmaps/b`, config('b'))).status, (await apply(`${NS}/configmaps/a`, config('a'))).status]).toEqual([201, 403, 200])
      expect([(await send('GET', '/api/v1/namespaces/shop')).status, (await send('GET', '/api/v1/namespaces/other')).status]).toEqual([200, 403])
    }))

  test('cluster roles hold everywhere by a cluster binding, in one namespace by a binding there', () =>
    under([role('ClusterRole', 'every-node', rule(['get'], ['nodes'])), binding('ClusterRoleBinding', 'every-node', me), role('ClusterRole', 'every-secret', rule(['*'], ['secrets'])), binding('RoleBinding', 'every-secret', me)], async ({ send }) => {
      expect(await send('GET', '/api/v1/nodes/node-1')).toMatchObject({ status: 200, body: { status: { conditions: expect.arrayContaining([{ type: 'Ready', status: 'True' }]) } } })
      expect([(await send('GET', `${NS}/secrets`)).status, (await send('GET', '/api/v1/namespaces/other/secrets')).status]).toEqual([200, 403])
    }))

  test('answers reviews alike, without counting them as use, and makes the namespaces that come with it', () =>
    under([{ kind: 'Namespace', metadata: { name: 'records' } }, role('Role', 'reader', rule(['get'], ['pods/log'])), binding('RoleBinding', 'reader', us)], async ({ send, server }, grants) => {
      const review = async (resourceAttributes: Record<string, string>): Promise<unknown> =>
        (await send('POST', '/apis/authorization.k8s.io/v1/selfsubjectaccessreviews', { apiVersion: 'authorization.k8s.io/v1', kind: 'SelfSubjectAccessReview', spec: { resourceAttributes } })).body
      expect(await review({ verb: 'get', group: '', resource: 'pods', subresource: 'log', namespace: 'shop' })).toMatchObject({ status: { allowed: true } })
      expect(await review({ verb: 'get', group: '', resource: 'pods', namespace: 'shop' })).toMatchObject({ status: { allowed: false } })
      expect([server.objects('Namespace').map(({ metadata }) => metadata.name), grants]).toEqual([['shop', 'other', 'records'], []])
    }))

  test('a binding to a role that is not there is refused at the start', () => {
    expect(() => grantsOf([binding('RoleBinding', 'reader', me)])).toThrow('the binding reader names the Role reader, which there is not')
  })
})
