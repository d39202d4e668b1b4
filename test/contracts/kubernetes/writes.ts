import { describe, expect, test } from '@jest/globals'
import type { JsonObject } from '@slipway/release'
import { at } from '@slipway/rollout'
import { configMap, core, deployment, deployments, lease, leases, modified, unknownUid } from './objects.ts'
import { told, uidOf, versionOf, type ApiServer } from './server.ts'

const mebibyte = 1_048_576
const bytes = (size: number): string => Buffer.alloc(size).toString('base64')

/** Creating, replacing, patching and deleting. */
export function writes(opened: () => ApiServer): void {
  describe('writing', () => {
    test('a name is taken once', async () => {
      const server = opened()
      const all = core(await server.namespace(), 'configmaps')
      expect((await server.send('POST', all, configMap('one'))).status).toBe(201)
      expect(await server.send('POST', all, configMap('one'))).toEqual({
        status: 409,
        body: { kind: 'Status', apiVersion: 'v1', metadata: {}, status: 'Failure', message: 'configmaps "one" already exists', reason: 'AlreadyExists', details: { name: 'one', kind: 'configmaps' }, code: 409 },
      })
      expect((await server.send('POST', `${all}?dryRun=All`, configMap('one'))).status).toBe(409)
    })

    test('a creation in a dry run is not made', async () => {
      const server = opened()
      const namespace = await server.namespace()
      const tried = await server.send('POST', `${core(namespace, 'configmaps')}?dryRun=All`, configMap('tried'))
      expect([tried.status, uidOf(tried.body) === '', versionOf(tried.body)]).toEqual([201, false, ''])
      expect((await server.send('GET', core(namespace, 'configmaps', 'tried'))).status).toBe(404)
    })

    test('a creation names no version', async () => {
      const server = opened()
      const answer = await server.send('POST', core(await server.namespace(), 'configmaps'), configMap('one', {}, { metadata: { name: 'one', resourceVersion: '7' } }))
      expect(told(answer)).toEqual([500, 'resourceVersion should not be set on objects to be created'])
    })

    test('of two writers with one version the second is stale', async () => {
      const server = opened()
      const namespace = await server.namespace()
      const one = core(namespace, 'configmaps', 'one')
      const { body } = await server.send('POST', core(namespace, 'configmaps'), configMap('one', { A: '1' }))
      const metadata = { name: 'one', resourceVersion: versionOf(body) }
      expect((await server.send('PUT', one, configMap('one', { A: '2' }, { metadata }))).status).toBe(200)
      expect(told(await server.send('PUT', one, configMap('one', { A: '3' }, { metadata })))).toEqual([409, `Operation cannot be fulfilled on configmaps "one": ${modified}`])
      expect(told(await server.mergePatch(one, { metadata: { resourceVersion: versionOf(body), labels: { a: '1' } } }))).toEqual([409, `Operation cannot be fulfilled on configmaps "one": ${modified}`])
      await expect(server.cluster.mergeMetadata({ apiVersion: 'v1', kind: 'ConfigMap', namespace, name: 'one' }, metadata)).rejects.toMatchObject({ isStale: true, isOwned: false })
    })

    test('a replacement without a version overwrites; of what is not there it is not found', async () => {
      const server = opened()
      const namespace = await server.namespace()
      await server.send('POST', core(namespace, 'configmaps'), configMap('one', { A: '1' }))
      expect(told(await server.send('PUT', core(namespace, 'configmaps', 'one'), configMap('one', { B: '2' })), 'data')).toEqual([200, { B: '2' }])
      expect(told(await server.send('PUT', core(namespace, 'configmaps', 'two'), configMap('two')))).toEqual([404, 'configmaps "two" not found'])
    })

    test('a replacement with another uid is a conflict', async () => {
      const server = opened()
      const namespace = await server.namespace()
      const { body } = await server.send('POST', core(namespace, 'configmaps'), configMap('one'))
      const answer = await server.send('PUT', core(namespace, 'configmaps', 'one'), configMap('one', {}, { metadata: { name: 'one', uid: unknownUid } }))
      expect(told(answer)).toEqual([
        409,
        `Operation cannot be fulfilled on configmaps "one": StorageError: invalid object, Code: 4, Key: /registry/configmaps/${namespace}/one, ResourceVersion: 0, AdditionalErrorMsg: Precondition failed: UID in precondition: ${unknownUid}, UID in object meta: ${uidOf(body)}`,
      ])
    })

    test('a merge patch changes labels and annotations, removes what is null, and leaves the rest', async () => {
      const server = opened()
      const path = core(await server.namespace(), 'configmaps', 'one')
      await server.apply(path, configMap('one', { A: '1' }, { metadata: { name: 'one', labels: { a: '1', b: '1' }, annotations: { n: 'x' } } }))
      const { status, body } = await server.mergePatch(path, { metadata: { labels: { a: null, c: '1' }, annotations: null } })
      expect([status, at(body, 'metadata', 'labels'), at(body, 'metadata', 'annotations'), at(body, 'data')]).toEqual([200, { b: '1', c: '1' }, undefined, { A: '1' }])
      expect(told(await server.mergePatch(`${path}x`, { metadata: { labels: { a: '1' } } }))).toEqual([404, 'configmaps "onex" not found'])
    })

    test('a merge patch that changes nothing is no change', async () => {
      const server = opened()
      const path = core(await server.namespace(), 'configmaps', 'one')
      const { body } = await server.apply(path, configMap('one', { A: '1' }))
      expect(await server.mergePatch(path, { data: { A: '1' }, metadata: { labels: { none: null } } })).toEqual({ status: 200, body })
    })

    test('unknown fields are dropped in silence by what is no apply', async () => {
      const server = opened()
      const { status, body } = await server.send('POST', core(await server.namespace(), 'configmaps'), configMap('one', { A: '1' }, { dato: { A: '1' } }))
      expect([status, at(body, 'dato'), at(body, 'data')]).toEqual([201, undefined, { A: '1' }])
    })

    test('labels and annotations of an immutable ConfigMap may change, its data may not', async () => {
      const server = opened()
      const path = core(await server.namespace(), 'configmaps', 'fixed')
      await server.apply(path, configMap('fixed', { A: '1' }, { immutable: true }))
      const noted = await server.mergePatch(path, { metadata: { labels: { verdict: 'healthy' }, annotations: { 'slipway.dev/at': 'now' } } })
      expect([noted.status, at(noted.body, 'metadata', 'labels')]).toEqual([200, { verdict: 'healthy' }])
      const data = 'data: Forbidden: field is immutable when `immutable` is set'
      expect(told(await server.apply(path, configMap('fixed', { A: '2' }, { immutable: true })))).toEqual([422, `ConfigMap "fixed" is invalid: ${data}`])
      const both = await server.apply(path, configMap('fixed', { A: '2' }))
      expect(told(both)).toEqual([422, `ConfigMap "fixed" is invalid: [immutable: Forbidden: field is immutable when \`immutable\` is set, ${data}]`])
      expect(at(both.body, 'details', 'causes', 0)).toEqual({ reason: 'FieldValueForbidden', message: 'Forbidden: field is immutable when `immutable` is set', field: 'immutable' })
      expect((await server.mergePatch(path, { binaryData: { B: bytes(1) } })).status).toBe(422)
    })

    test('an immutable Secret keeps its data and its type', async () => {
      const server = opened()
      const namespace = await server.namespace()
      const secret = (more: JsonObject): JsonObject => ({ apiVersion: 'v1', kind: 'Secret', metadata: { name: 'fixed' }, data: { A: bytes(1) }, immutable: true, ...more })
      const { body } = await server.send('POST', core(namespace, 'secrets'), secret({}))
      expect(at(body, 'type')).toBe('Opaque')
      expect(told(await server.apply(core(namespace, 'secrets', 'fixed'), secret({ data: { A: bytes(2) } }), 'fieldManager=slipway&force=true'))).toEqual([422, 'Secret "fixed" is invalid: data: Forbidden: field is immutable when `immutable` is set'])
      expect(told(await server.mergePatch(core(namespace, 'secrets', 'fixed'), { type: 'other' }))).toEqual([422, 'Secret "fixed" is invalid: type: Invalid value: "other": field is immutable'])
    })

    test('binaryData may be one mebibyte and not a byte more', async () => {
      const server = opened()
      const path = core(await server.namespace(), 'configmaps', 'big')
      const filled = (size: number): JsonObject => configMap('big', {}, { binaryData: { blob: bytes(size) } })
      expect((await server.apply(path, filled(mebibyte))).status).toBe(201)
      const tooLong = await server.apply(path, filled(mebibyte + 1), 'fieldManager=slipway&dryRun=All')
      expect(told(tooLong)).toEqual([422, 'ConfigMap "big" is invalid: []: Too long: may not be more than 1048576 bytes'])
      expect(at(tooLong.body, 'details', 'causes', 0, 'reason')).toBe('FieldValueTooLong')
    })

    test('a Secret may be one mebibyte and not a byte more', async () => {
      const server = opened()
      const secret = (size: number): JsonObject => ({ apiVersion: 'v1', kind: 'Secret', metadata: { name: 'big' }, data: { blob: bytes(size) } })
      const path = core(await server.namespace(), 'secrets', 'big')
      expect((await server.apply(path, secret(mebibyte))).status).toBe(201)
      expect(told(await server.apply(path, secret(mebibyte + 1)))).toEqual([422, 'Secret "big" is invalid: data: Too long: may not be more than 1048576 bytes'])
    })

    test('annotations may be 256 KiB in all', async () => {
      const server = opened()
      const noted = (size: number): JsonObject => configMap('noted', {}, { metadata: { name: 'noted', annotations: { n: 'x'.repeat(size - 1) } } })
      const path = core(await server.namespace(), 'configmaps', 'noted')
      expect((await server.apply(path, noted(262_144))).status).toBe(201)
      expect(told(await server.apply(path, noted(262_145)))).toEqual([422, 'ConfigMap "noted" is invalid: metadata.annotations: Too long: may not be more than 262144 bytes'])
    })

    test('a body over three mebibytes is refused', async () => {
      const server = opened()
      const answer = await server.send('POST', core(await server.namespace(), 'configmaps'), configMap('huge', { A: 'x'.repeat(3 * mebibyte) }))
      expect(told(answer)).toEqual([413, 'Request entity too large: limit is 3145728'])
    })

    test("the times of a Lease have six digits behind the second, and are kept as they came", async () => {
      const server = opened()
      const namespace = await server.namespace()
      const made = await server.send('POST', leases(namespace), lease('a'))
      expect([made.status, at(made.body, 'spec', 'renewTime')]).toEqual([201, '2026-11-21T01:01:51.985000Z'])
      const short = await server.send('PUT', leases(namespace, 'lock'), lease('a', { resourceVersion: versionOf(made.body) }, { renewTime: '2026-11-21T01:01:51.985Z' }))
      expect(told(short)).toEqual([400, 'Lease in version "v1" cannot be handled as a Lease: parsing time "2026-11-21T01:01:51.985Z" as "2006-01-02T15:04:05.000000Z07:00": cannot parse ".985Z" as ".000000"'])
    })

    test('the selector of a Deployment stays', async () => {
      const server = opened()
      const path = deployments(await server.namespace())
      await server.apply(path, deployment())
      const other = deployment({ selector: { matchLabels: { app: 'b' } }, template: { metadata: { labels: { app: 'b' } }, spec: { containers: [{ name: 'app', image: 'registry.invalid/web:1' }] } } })
      const { status, body } = await server.apply(path, other)
      expect([status, at(body, 'details', 'causes', 0)]).toEqual([422, { reason: 'FieldValueInvalid', field: 'spec.selector', message: 'Invalid value: {"matchLabels":{"app":"b"}}: field is immutable' }])
    })
  })

  describe('deleting', () => {
    test('answers with what went; what is not there is not found', async () => {
      const server = opened()
      const namespace = await server.namespace()
      const one = core(namespace, 'configmaps', 'one')
      const { body } = await server.apply(one, configMap('one'))
      expect(await server.send('DELETE', one)).toEqual({ status: 200, body: { kind: 'Status', apiVersion: 'v1', metadata: {}, status: 'Success', details: { name: 'one', kind: 'configmaps', uid: uidOf(body) } } })
      expect(told(await server.send('DELETE', one))).toEqual([404, 'configmaps "one" not found'])
      await server.cluster.remove({ apiVersion: 'v1', kind: 'ConfigMap', namespace, name: 'one' }, { uid: uidOf(body) })
    })

    test('with a wrong uid or an old version is a conflict', async () => {
      const server = opened()
      const namespace = await server.namespace()
      const one = core(namespace, 'configmaps', 'one')
      const first = (await server.apply(one, configMap('one'))).body
      const { body } = await server.apply(one, configMap('one', { A: '1' }))
      // Here the kind is named where others name the resource.
      const conflict = (why: string): JsonObject => ({ kind: 'Status', apiVersion: 'v1', metadata: {}, status: 'Failure', message: `Operation cannot be fulfilled on ConfigMap "one": ${why}`, reason: 'Conflict', details: { name: 'one', kind: 'ConfigMap' }, code: 409 })
      expect(await server.send('DELETE', one, { preconditions: { uid: unknownUid } })).toEqual({
        status: 409,
        body: conflict(`the UID in the precondition (${unknownUid}) does not match the UID in record (${uidOf(body)}). The object might have been deleted and then recreated`),
      })
      expect(await server.send('DELETE', one, { preconditions: { resourceVersion: versionOf(first) } })).toEqual({
        status: 409,
        body: conflict(`the ResourceVersion in the precondition (${versionOf(first)}) does not match the ResourceVersion in record (${versionOf(body)}). The object might have been modified`),
      })
      const ref = { apiVersion: 'v1', kind: 'ConfigMap', namespace, name: 'one' }
      await expect(server.cluster.remove(ref, { uid: uidOf(body), resourceVersion: versionOf(first) })).rejects.toMatchObject({ status: 409, isStale: true })
      await server.cluster.remove(ref, { uid: uidOf(body), resourceVersion: versionOf(body) })
      expect(await server.cluster.get(ref)).toBeUndefined()
    })

    test('in a dry run deletes nothing', async () => {
      const server = opened()
      const one = core(await server.namespace(), 'configmaps', 'one')
      const { body } = await server.apply(one, configMap('one'))
      expect((await server.send('DELETE', `${one}?dryRun=All`)).status).toBe(200)
      expect((await server.send('GET', one)).body).toEqual(body)
    })

    test('an object with a finalizer stays, marked, until that is taken away', async () => {
      const server = opened()
      const one = core(await server.namespace(), 'configmaps', 'one')
      await server.apply(one, configMap('one', {}, { metadata: { name: 'one', finalizers: ['slipway.dev/test'] } }))
      const marked = await server.send('DELETE', one)
      expect([marked.status, at(marked.body, 'kind'), at(marked.body, 'metadata', 'deletionGracePeriodSeconds')]).toEqual([200, 'ConfigMap', 0])
      expect((await server.send('GET', one)).status).toBe(200)
      expect((await server.mergePatch(one, { metadata: { finalizers: null } })).status).toBe(200)
      expect((await server.send('GET', one)).status).toBe(404)
    })
  })
}
