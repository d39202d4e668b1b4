import { expect, test } from '@jest/globals'
import { namespaceRule, type Namespace } from '@slipway/release'
import { Problems } from '@slipway/report'
import { changeOf } from '../src/changes.ts'
import { checkContent, valuesOf, versioned, type Content } from '../src/config-object.ts'
import { difference } from '../src/difference.ts'

const bytes = (text: string): Uint8Array => Buffer.from(text)
const content = (values: Record<string, string>): Content => ({ kind: 'ConfigMap', name: 'cart-env', mode: 'versioned', service: 'cart', values: new Map(Object.entries(values).map(([key, value]) => [key, bytes(value)])) })

function namespace(): Namespace {
  const name = 'staging'
  if (!namespaceRule.is(name)) throw new Error('no namespace')
  return name
}

function problemsOf(one: Content): string[] {
  const problems = new Problems()
  checkContent(one, 'target eu', problems)
  return problems.all.map(({ code, what }) => `${code} ${what}`)
}

test('an object is immutable, named by the hash of its content whatever the order of its keys, and says whose it is', () => {
  const one = versioned(content({ A: '1', B: '2' }), namespace(), { team: 'shop' })
  expect(one.name).toMatch(/^cart-env-[0-9a-f]{10}$/)
  expect(versioned(content({ B: '2', A: '1' }), namespace(), {}).name).toBe(one.name)
  expect(versioned(content({ A: '1', B: '3' }), namespace(), {}).name).not.toBe(one.name)
  expect(one.object).toEqual({
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: {
      name: one.name,
      namespace: 'staging',
      labels: { team: 'shop', 'slipway.dev/managed-by': 'k8s-config-sync', 'slipway.dev/service': 'cart', 'slipway.dev/config': 'cart-env' },
      annotations: { 'slipway.dev/checksum': one.checksum },
    },
    immutable: true,
    data: { A: '1', B: '2' },
  })
})

test('what is not UTF-8 becomes binary data', () => {
  const one = versioned({ kind: 'ConfigMap', name: 'x', mode: 'versioned', values: new Map([['a', new Uint8Array([0xff, 0xfe])], ['b', bytes('ü')]]) }, namespace(), {})
  expect(one.object).toMatchObject({ data: { b: 'ü' }, binaryData: { a: '//4=' } })
  expect(valuesOf(one.object)).toEqual(new Map([['b', Buffer.from('ü')], ['a', Buffer.from([0xff, 0xfe])]]))
})

test('the name of a Secret comes from its identity, never from its values', () => {
  const secret = (value: string, versionId: string): Content => ({ kind: 'Secret', name: 'db', mode: 'versioned', type: 'Opaque', values: new Map([['password', bytes(value)]]), identity: { versionId } })
  expect(versioned(secret('hunter2', 'v1'), namespace(), {}).name).toBe(versioned(secret('other', 'v1'), namespace(), {}).name)
  expect(versioned(secret('hunter2', 'v1'), namespace(), {}).name).not.toBe(versioned(secret('hunter2', 'v2'), namespace(), {}).name)
})

test('1 MiB is taken, one byte more is told, and so is a key that Kubernetes refuses', () => {
  const sized = (length: number): Content => ({ kind: 'ConfigMap', name: 'x', mode: 'versioned', values: new Map([['a', new Uint8Array(length)]]) })
  expect(problemsOf(sized(1024 * 1024))).toEqual([])
  expect(problemsOf(sized(1024 * 1024 + 1))).toEqual([expect.stringMatching(/^config-too-large/)])
  expect(problemsOf(content({ 'a b': '', '..x': '', 'ok-._1': '' }))).toEqual([expect.stringMatching(/^config-invalid .*"a b"/), expect.stringMatching(/"\.\.x"/)])
})

test('a change is seen from the metadata alone, and names the newest version before', () => {
  const wanted = versioned(content({ A: '1' }), namespace(), {})
  const item = (name: string, created: string, resourceVersion: string, more = {}) => ({
    metadata: { name, creationTimestamp: created, resourceVersion, labels: { 'slipway.dev/managed-by': 'k8s-config-sync', 'slipway.dev/service': 'cart', 'slipway.dev/config': 'cart-env', ...more } },
  })
  const live = { metadata: { ...item(wanted.name, '2026-01-01T00:00:00Z', '1').metadata, annotations: { 'slipway.dev/checksum': wanted.checksum } } }
  const others = [item('cart-env-2', '2026-01-02T00:00:00Z', '10'), item('cart-env-3', '2026-01-02T00:00:00Z', '9'), item('web-env-9', '2026-02-01T00:00:00Z', '99', { 'slipway.dev/config': 'web-env' })]
  expect(changeOf(wanted, [...others, live])).toMatchObject({ kind: 'none' })
  expect(changeOf(wanted, others)).toMatchObject({ kind: 'create', before: 'cart-env-2' })
  expect(changeOf(wanted, [])).toEqual({ wanted, kind: 'create' })
  expect(changeOf(versioned(content({ A: '1' }), namespace(), { team: 'shop' }), [live])).toMatchObject({ kind: 'relabel' })
})

test('a difference names keys that came, changed and went', () => {
  expect(difference(content({ A: '1', B: '2', C: '3' }).values, content({ A: '1', B: 'x', D: '4' }).values)).toEqual({ added: ['D'], changed: ['B'], removed: ['C'] })
})
