import { describe, expect, test } from '@jest/globals'
import type { Json } from '@slipway/release'
import { at, listAt, textAt } from '@slipway/rollout'
import { altering } from './lines.ts'
import { configMap, core } from './objects.ts'
import { told, versionOf, type ApiServer } from './server.ts'

/** Controllers put ConfigMaps of their own into every namespace. */
const labels = { contract: 'yes' }
const selected = '?labelSelector=contract'
const metadataOnly = { accept: 'application/json;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1,application/json' }
const names = (items: readonly Json[]): string => items.map((item) => textAt(item, 'metadata', 'name')).join(' ')

/** Lists: what is in them, in which pages, by which selectors. */
export function lists(opened: () => ApiServer): void {
  describe('a list', () => {
    const filled = async (...wanted: readonly string[]): Promise<string> => {
      const namespace = await opened().namespace()
      for (const name of wanted) await opened().apply(core(namespace, 'configmaps', name), configMap(name, { A: '1' }, { metadata: { name, labels } }))
      return namespace
    }

    test('tells its version, and items that do not say their kind, in the order of their names', async () => {
      const server = opened()
      const namespace = await filled('b', 'a-b', 'a', 'a.b')
      const { status, body } = await server.send('GET', core(namespace, 'configmaps') + selected)
      expect([status, at(body, 'kind'), at(body, 'apiVersion'), names(listAt(body, 'items'))]).toEqual([200, 'ConfigMapList', 'v1', 'a a-b a.b b'])
      expect(at(body, 'items', 0)).not.toHaveProperty('kind')
      expect(at(body, 'items', 0)).not.toHaveProperty('apiVersion')
      expect(at(body, 'metadata')).toEqual({ resourceVersion: expect.stringMatching(/^\d+$/) })
      expect(BigInt(versionOf(body))).toBeGreaterThanOrEqual(BigInt(versionOf(at(body, 'items', 3))))
    })

    test('of nothing has no items, and a version', async () => {
      const { items, resourceVersion } = await opened().cluster.list({ apiVersion: 'v1', kind: 'ConfigMap', namespace: await opened().namespace(), labelSelector: 'contract' })
      expect([items, Number(resourceVersion) > 0]).toEqual([[], true])
    })

    test('of metadata tells metadata alone', async () => {
      const server = opened()
      const namespace = await filled('a')
      const { body } = await server.send('GET', core(namespace, 'configmaps') + selected, undefined, metadataOnly)
      expect([at(body, 'kind'), at(body, 'apiVersion'), at(body, 'items', 0)]).toEqual(['PartialObjectMetadataList', 'meta.k8s.io/v1', { kind: 'PartialObjectMetadata', apiVersion: 'meta.k8s.io/v1', metadata: at(body, 'items', 0, 'metadata') }])
      const one = await server.send('GET', core(namespace, 'configmaps', 'a'), undefined, { accept: 'application/json;as=PartialObjectMetadata;g=meta.k8s.io;v=v1,application/json' })
      expect(at(one.body, 'kind')).toBe('PartialObjectMetadata')
      expect(at(one.body, 'metadata')).toEqual(at(body, 'items', 0, 'metadata'))
      const { items } = await server.cluster.list({ apiVersion: 'v1', kind: 'ConfigMap', namespace, labelSelector: 'contract' }, { metadataOnly: true })
      expect(items).toEqual(listAt(body, 'items'))
    })

    test('comes in pages, in order, of one version', async () => {
      const server = opened()
      const path = core(await filled('a', 'b', 'c'), 'configmaps') + selected
      const first = (await server.send('GET', `${path}&limit=2`)).body
      expect([names(listAt(first, 'items')), at(first, 'metadata', 'continue') !== undefined]).toEqual(['a b', true])
      const second = (await server.send('GET', `${path}&limit=2&continue=${encodeURIComponent(textAt(first, 'metadata', 'continue') ?? '')}`)).body
      expect([names(listAt(second, 'items')), at(second, 'metadata', 'continue'), versionOf(second)]).toEqual(['c', undefined, versionOf(first)])
    })

    test('in pages shows none of what came or went between them', async () => {
      const server = opened()
      const namespace = await filled('a', 'b', 'c', 'd')
      const path = core(namespace, 'configmaps') + selected
      const first = (await server.send('GET', `${path}&limit=2`)).body
      await server.send('DELETE', core(namespace, 'configmaps', 'c'))
      await server.apply(core(namespace, 'configmaps', 'e'), configMap('e', {}, { metadata: { name: 'e', labels } }))
      const second = (await server.send('GET', `${path}&limit=2&continue=${encodeURIComponent(textAt(first, 'metadata', 'continue') ?? '')}`)).body
      expect(names(listAt(second, 'items'))).toBe('c d')
    })

    test('in pages is read whole by our client', async () => {
      const namespace = await filled('a', 'b', 'c', 'd', 'e')
      const asked: (string | null)[] = []
      const line = altering((query) => {
        if (!query.has('limit')) return
        query.set('limit', '2')
        asked.push(query.get('continue') === null ? 'first' : 'next')
      })
      const { items } = await opened().client({ line }).list({ apiVersion: 'v1', kind: 'ConfigMap', namespace, labelSelector: 'contract' }, { metadataOnly: true })
      expect([names(items), asked]).toEqual(['a b c d e', ['first', 'next', 'next']])
    })

    test('whose pages are forgotten is told as 410, and read again by our client in one piece', async () => {
      const server = opened()
      const namespace = await filled('a', 'b', 'c')
      const path = core(namespace, 'configmaps') + selected
      const { body } = await server.send('GET', `${path}&limit=2`)
      await server.compact()
      const old = outdated(textAt(body, 'metadata', 'continue') ?? '')
      const { status, body: refusal } = await server.send('GET', `${path}&limit=2&continue=${old}`)
      expect([status, at(refusal, 'reason'), textAt(refusal, 'message')?.slice(0, 81)]).toEqual([410, 'Expired', 'The provided continue parameter is too old to display a consistent list result. Y'])
      const line = altering((query) => {
        const token = query.get('continue')
        if (query.has('limit')) query.set('limit', '2')
        if (token !== null) query.set('continue', outdated(token))
      })
      const { items } = await server.client({ line }).list({ apiVersion: 'v1', kind: 'ConfigMap', namespace, labelSelector: 'contract' })
      expect(names(items)).toBe('a b c')
    })

    test('is chosen by labels and by fields', async () => {
      const server = opened()
      const namespace = await server.namespace()
      for (const [name, more] of [['a', { app: 'cart', tier: 'web' }], ['b', { app: 'pay' }], ['c', {}]] as const) await server.apply(core(namespace, 'configmaps', name), configMap(name, {}, { metadata: { name, labels: { ...labels, ...more } } }))
      const chosen = async (labelSelector: string, fieldSelector = ''): Promise<unknown> => {
        const answer = await server.send('GET', `${core(namespace, 'configmaps')}?${new URLSearchParams({ labelSelector, fieldSelector }).toString()}`)
        return answer.status === 200 ? names(listAt(answer.body, 'items')) : answer.status
      }
      const terms = ['app=cart', 'app==cart', 'app!=cart,contract', 'app in (cart, pay)', 'app notin (cart),contract', 'tier', '!app,contract', 'app,tier=web', 'app in']
      expect(await Promise.all(terms.map((term) => chosen(term)))).toEqual(['a', 'a', 'b c', 'a b', 'b c', 'a', 'c', 'a', 400])
      expect(await chosen('', 'metadata.name=b')).toBe('b')
      expect(await chosen('contract', 'metadata.name!=b')).toBe('a c')
      expect(told(await server.send('GET', `${core(namespace, 'configmaps')}?fieldSelector=data.A%3Db`))).toEqual([400, '"data.A" is not a known field selector: only "metadata.name", "metadata.namespace"'])
    })

    test('of all namespaces tells where each is', async () => {
      const server = opened()
      const namespaces = [await filled('everywhere'), await filled('everywhere')]
      const { items } = await server.cluster.list({ apiVersion: 'v1', kind: 'ConfigMap', labelSelector: 'contract', fieldSelector: 'metadata.name=everywhere' })
      expect(items.map((item) => textAt(item, 'metadata', 'namespace'))).toEqual(namespaces.toSorted())
    })
  })
}

/** The token of a page as it was long ago. Tokens are opaque to all but those who make them, and to this test. */
function outdated(token: string): string {
  const parsed: unknown = JSON.parse(Buffer.from(token, 'base64url').toString())
  if (!(typeof parsed === 'object' && parsed !== null && 'rv' in parsed)) throw new Error(`not a token of pages: ${token}`)
  return Buffer.from(JSON.stringify({ ...parsed, rv: 1 })).toString('base64url')
}
