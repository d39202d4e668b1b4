import { expect, test } from '@jest/globals'
import { digestRule, namespaceRule } from '@slipway/release'
import { Problems } from '@slipway/report'
import { admit, configurationReferences, containerImages, parseImage, parseManifests, rewriteConfiguration, rewriteImages } from '../src/index.ts'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'

const fixture = (name: string): { path: string; text: string } => ({
  path: name,
  text: readFileSync(join(import.meta.dirname, 'fixtures', name), 'utf8'),
})

function problemsOf(text: string): string[] {
  const problems = new Problems()
  parseManifests([{ path: 'm.yml', text }], problems)
  return problems.all.map(({ at, why }) => `${String(at?.line)}:${String(at?.column)} ${why}`)
}

test('documents and lists are taken apart, in their order', () => {
  const problems = new Problems()
  const documents = parseManifests([fixture('cart.yml')], problems)
  expect(problems.all).toEqual([])
  expect(documents.map(({ kind, name }) => `${kind}/${name}`)).toEqual(['Service/cart', 'HorizontalPodAutoscaler/cart', 'Deployment/cart'])
})

test.each([
  ['a: 1\na: 2\n', /^2:1 Map keys must be unique/],
  ['a:\n\t- b\n', /^2:1 /],
  ['kind: Service\n', /^1:1 .*names its apiVersion/],
  ['1: x\n', /quote keys/],
  ['__proto__: {}\n', /__proto__/],
  ['- a\n', /apiVersion, kind and metadata/],
  ['apiVersion: v1\nkind: Service\nmetadata: { name: 1 }\n', /^3:13 YAML reads what has no quotes as a number/],
])('%j is refused at its place', (text, why) => {
  expect(problemsOf(text)).toEqual([expect.stringMatching(why)])
})

test('an alias bomb is refused, and so is a file of 5 MB', () => {
  const bomb = `a: &a [x]\n${Array.from('bcdefghij').map((name, index) => `${name}: &${name} [${Array(9).fill(`*${'abcdefghij'.charAt(index)}`).join(',')}]`).join('\n')}\n`
  expect(problemsOf(bomb)).toEqual([expect.stringMatching(/alias/i)])
  expect(problemsOf(`a: ${'x'.repeat(5_000_000)}`)).toEqual([expect.stringMatching(/1 MiB/)])
})

test('each object that policy does not allow is told at its place', () => {
  const problems = new Problems()
  const namespace = 'staging'
  if (!namespaceRule.is(namespace)) throw new Error('no namespace')
  admit('cart', namespace, parseManifests([fixture('refused.yml')], problems), problems)
  expect(problems.all.map(({ code, what, at }) => `${code} ${String(at?.line)}: ${what}`)).toEqual([
    'manifest-refused 2: Secret cart (v1) is not applied',
    'manifest-refused 8: ClusterRole cart (rbac.authorization.k8s.io/v1) is not applied',
    'manifest-refused 16: Service cart names the namespace production',
    'manifest-refused 19: StatefulSet cart (apps/v1) is not applied',
    'manifest-refused 24: Widget cart (acme.io/v1) is not applied',
    'manifest-invalid 31: Service cart stands twice in the manifests of cart',
    'manifest-invalid undefined: the manifests of cart hold no Deployment',
  ])
})

test('every reference to configuration is found and renamed, in containers, init containers and volumes', () => {
  const deployment = parseManifests([fixture('cart.yml')], new Problems()).find(({ kind }) => kind === 'Deployment')?.object ?? {}
  const names = (of: typeof deployment): string[] => configurationReferences(of).map(({ kind, name }) => `${kind}/${name}`)
  expect(names(deployment).sort()).toEqual([
    'ConfigMap/cart-config', 'ConfigMap/cart-config', 'ConfigMap/cart-env', 'ConfigMap/cart-env', 'Secret/cart-db', 'Secret/cart-db', 'Secret/cart-db',
  ])
  const renamed = rewriteConfiguration(deployment, ({ kind, name }) => (kind === 'ConfigMap' ? `${name}-1` : undefined))
  expect(names(renamed).filter((name) => name.startsWith('ConfigMap')).every((name) => name.endsWith('-1'))).toBe(true)
  expect(names(renamed).filter((name) => name === 'Secret/cart-db')).toHaveLength(3)
})

test('images of built repositories are pinned by digest in the target registry, others stay', () => {
  const deployment = parseManifests([fixture('cart.yml')], new Problems()).find(({ kind }) => kind === 'Deployment')?.object ?? {}
  const digest = `sha256:${'c'.repeat(64)}`
  if (!digestRule.is(digest)) throw new Error('no digest')
  expect(containerImages(rewriteImages(deployment, 'registry.example', new Map([['shop/cart', digest]])))).toEqual([
    `registry.example/shop/cart@${digest}`,
    `registry.example/shop/cart@${digest}`,
    'envoy:v1',
  ])
})

test.each([
  ['shop/cart', { repository: 'shop/cart' }],
  ['127.0.0.1:5000/shop/cart:1', { host: '127.0.0.1:5000', repository: 'shop/cart', tag: '1' }],
  ['busybox@sha256:0', { repository: 'busybox', digest: 'sha256:0' }],
  ['localhost/a:b@sha256:0', { host: 'localhost', repository: 'a', tag: 'b', digest: 'sha256:0' }],
])('the image reference %s is taken apart', (text, parts) => {
  expect(parseImage(text)).toEqual(parts)
})
