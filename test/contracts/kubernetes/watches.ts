import { describe, expect, test } from '@jest/globals'
import type { Json } from '@slipway/release'
import { at, textAt } from '@slipway/rollout'
import { watch, type Selection, type Watched } from '@slipway/kubernetes'
import { systemClock } from '@slipway/wire'
import { altering, breakable } from './lines.ts'
import { configMap, core } from './objects.ts'
import { told, versionOf, type ApiServer, type Line } from './server.ts'

const labels = { contract: 'yes' }
const types = (events: readonly Json[]): string => events.map((event) => textAt(event, 'type')).join(' ')
const isOf = (name: string) => (event: Json): boolean => textAt(event, 'object', 'metadata', 'name') === name

/** What happens, told in order, and how to go on. */
export function watches(opened: () => ApiServer): void {
  describe('a watch', () => {
    const put = (namespace: string, name: string, value = '1', more: Record<string, string> = {}): Promise<Json> =>
      opened().apply(core(namespace, 'configmaps', name), configMap(name, { value }, { metadata: { name, labels: { ...labels, ...more } } })).then(({ body }) => body)
    const happen = (namespace: string, name: string, message: string): Promise<unknown> =>
      opened().apply(core(namespace, 'events', name), { apiVersion: 'v1', kind: 'Event', metadata: { name }, involvedObject: { namespace }, reason: 'Contract', type: 'Normal', message })
    const remove = (namespace: string, name: string): Promise<unknown> => opened().send('DELETE', core(namespace, 'configmaps', name))
    const from = (namespace: string, version: string, more = ''): string => `${core(namespace, 'configmaps')}?watch=true&labelSelector=contract&resourceVersion=${version}&timeoutSeconds=30${more}`

    test('tells what happened since a version, in order, each object whole', async () => {
      const server = opened()
      const namespace = await server.namespace()
      const first = await put(namespace, 'a')
      const second = await put(namespace, 'a', '2')
      await put(namespace, 'b')
      await remove(namespace, 'a')
      await put(namespace, 'last')
      const events = await server.events(from(namespace, versionOf(first)), isOf('last'))
      expect(types(events)).toBe('MODIFIED ADDED DELETED ADDED')
      expect(at(events[0], 'object')).toEqual(second)
      expect(at(events[2], 'object', 'data')).toEqual({ value: '2' })
      expect(BigInt(versionOf(at(events[2], 'object')))).toBeGreaterThan(BigInt(versionOf(second)))
    })

    test('with a selector tells what comes into it and what leaves it', async () => {
      const server = opened()
      const namespace = await server.namespace()
      const first = await put(namespace, 'a', '1', { app: 'x' })
      for (const [value, app] of [['2', 'x'], ['2', 'y'], ['3', 'y'], ['3', 'x']] as const) await put(namespace, 'a', value, { app })
      await remove(namespace, 'a')
      await put(namespace, 'last', '1', { app: 'x' })
      const events = await server.events(from(namespace, versionOf(first), '&labelSelector=app%3Dx').replace('labelSelector=contract&', ''), isOf('last'))
      expect(types(events)).toBe('MODIFIED DELETED ADDED DELETED ADDED')
      expect(at(events[1], 'object', 'data')).toEqual({ value: '2' })
    })

    test('without a version begins with what is there', async () => {
      const server = opened()
      const namespace = await server.namespace()
      await put(namespace, 'a')
      await put(namespace, 'b')
      expect(types(await server.events(`${core(namespace, 'configmaps')}?watch=true&labelSelector=contract`, isOf('b')))).toBe('ADDED ADDED')
    })

    test('of metadata tells metadata alone', async () => {
      const namespace = await opened().namespace()
      await put(namespace, 'a')
      const line: Line = (http) => ({ ...http, request: (request) => http.request({ ...request, headers: { ...request.headers, accept: 'application/json;as=PartialObjectMetadata;g=meta.k8s.io;v=v1' } }) })
      const stop = new AbortController()
      for await (const chunk of await opened().client({ line }).server.stream(`${core(namespace, 'configmaps')}?watch=true&labelSelector=contract`, { silenceMs: 30_000, signal: stop.signal })) {
        const event: unknown = JSON.parse(Buffer.from(chunk).toString())
        expect(event).toMatchObject({ type: 'ADDED', object: { kind: 'PartialObjectMetadata', apiVersion: 'meta.k8s.io/v1', metadata: { name: 'a' } } })
        expect(event).not.toHaveProperty('object.data')
        break
      }
      stop.abort()
    })

    test('ends after its time, with a bookmark to go on from, although nothing of it happened', async () => {
      const server = opened()
      const namespace = await server.namespace()
      const other = await server.namespace()
      const watching = server.events(`${core(namespace, 'configmaps')}?watch=true&allowWatchBookmarks=true&timeoutSeconds=4&labelSelector=contract&resourceVersion=${versionOf(await put(namespace, 'a'))}`)
      const elsewhere = await put(other, 'x')
      const events = await watching
      // One before the end; another may come by the way.
      expect(types(events)).toMatch(/^BOOKMARK( BOOKMARK)?$/)
      expect(events.at(-1)).toEqual({ type: 'BOOKMARK', object: { kind: 'ConfigMap', apiVersion: 'v1', metadata: { resourceVersion: expect.stringMatching(/^\d+$/) } } })
      expect(BigInt(versionOf(at(events.at(-1), 'object')))).toBeGreaterThanOrEqual(BigInt(versionOf(elsewhere)))
    })

    // The API keeps the history of Events nowhere but in its storage, so a compaction forgets it.
    test('from a forgotten version is told so by its first event', async () => {
      const server = opened()
      const namespace = await server.namespace()
      await happen(namespace, 'a', '1')
      await server.compact()
      const events = await server.events(`${core(namespace, 'events')}?watch=true&resourceVersion=1&timeoutSeconds=30`)
      expect(events).toEqual([{ type: 'ERROR', object: { kind: 'Status', apiVersion: 'v1', metadata: {}, status: 'Failure', message: expect.stringMatching(/too old/), reason: 'Expired', code: 410 } }])
    })

    test('from a version that is none is refused', async () => {
      const server = opened()
      expect(told(await server.send('GET', from(await server.namespace(), 'x')))).toEqual([500, 'resourceVersion: Invalid value: "x": strconv.ParseUint: parsing "x": invalid syntax'])
    })

    const ours = (namespace: string): Selection => ({ apiVersion: 'v1', kind: 'ConfigMap', namespace, labelSelector: 'contract' })
    /** Our client's watch; what it sees reads `a=1 b=1`. */
    const following = async (selection: Selection, line: Line, until: (seen: string) => boolean): Promise<{ readonly done: Promise<unknown>; readonly told: string[]; stop(): Promise<void> }> => {
      const stop = new AbortController()
      const seen: string[] = []
      const done = Promise.withResolvers<undefined>()
      const watched: Watched = await watch(opened().client({ line }), selection, {
        clock: systemClock,
        random: () => 0,
        signal: stop.signal,
        onChange: () => {
          seen.push([...watched.objects.values()].map((item) => `${textAt(item, 'metadata', 'name') ?? ''}=${textAt(item, 'data', 'value') ?? textAt(item, 'message') ?? ''}`).sort().join(' '))
          if (until(seen.at(-1) ?? '')) done.resolve(undefined)
        },
      })
      return {
        done: Promise.race([done.promise, watched.ended]),
        told: seen,
        async stop() {
          stop.abort()
          await watched.ended
        },
      }
    }

    test('that breaks again and again loses nothing of what our client follows, and tells nothing twice', async () => {
      const namespace = await opened().namespace()
      const { line, cut, opened: reopened, openedFrom } = breakable()
      await put(namespace, 'a', '0')
      const isOpen = reopened()
      const client = await following(ours(namespace), line, (seen) => seen === 'a=9')
      await isOpen
      for (let value = 1; value <= 9; value += 1) {
        const again = reopened()
        cut()
        await put(namespace, 'a', String(value))
        await again
        while (client.told.length < value) await new Promise(setImmediate)
      }
      await client.done
      await client.stop()
      expect(client.told).toEqual(Array.from({ length: 9 }, (_, index) => `a=${index + 1}`))
      expect(openedFrom).toHaveLength(10)
      expect(new Set(openedFrom).size).toBeGreaterThan(5)
    })

    test('that the server ends is opened again where it ended', async () => {
      const namespace = await opened().namespace()
      const { line, openedFrom, opened: reopened } = breakable()
      const short = altering((query) => {
        if (query.has('timeoutSeconds')) query.set('timeoutSeconds', '1')
      })
      const client = await following(ours(namespace), (http) => line(short(http)), (seen) => seen === 'b=1')
      await put(namespace, 'a')
      while (openedFrom.length < 3) await reopened()
      await remove(namespace, 'a')
      await put(namespace, 'b')
      await client.done
      await client.stop()
      expect(client.told).toEqual(['a=1', '', 'b=1'])
    })

    test('from a forgotten version is begun anew by our client, and what went meanwhile is gone', async () => {
      const server = opened()
      const namespace = await server.namespace()
      for (const name of ['a', 'b']) await happen(namespace, name, '1')
      const { line, cut, opened: reopened, openedFrom } = breakable()
      let isForgotten = false
      const forgetful = altering((query) => {
        if (!query.has('watch') || !isForgotten) return
        query.set('resourceVersion', '1')
        isForgotten = false
      })
      const isOpen = reopened()
      const client = await following({ apiVersion: 'v1', kind: 'Event', namespace, fieldSelector: 'reason=Contract' }, (http) => line(forgetful(http)), (seen) => seen === 'b=2')
      await isOpen
      await server.compact()
      isForgotten = true
      await server.send('DELETE', core(namespace, 'events', 'a'))
      cut()
      while (openedFrom.length < 3) await reopened()
      await happen(namespace, 'b', '2')
      await client.done
      await client.stop()
      expect(client.told.slice(-2)).toEqual(['b=1', 'b=2'])
      expect(new Set(client.told).size).toBe(2)
    })

    test('without the right to it ends with the words of the server', async () => {
      const reader = opened().client({ as: 'reader' })
      const { ended } = await watch(reader, { apiVersion: 'v1', kind: 'ConfigMap', namespace: 'contract' }, { clock: systemClock, signal: new AbortController().signal, onChange: () => undefined })
      await expect(ended).rejects.toMatchObject({ status: 403, message: 'configmaps is forbidden: User "contract-reader" cannot watch resource "configmaps" in API group "" in the namespace "contract"' })
      expect(told(await opened().send('GET', `${core('contract', 'configmaps')}?watch=true&timeoutSeconds=1`))[0]).toBe(200)
    })
  })
}
