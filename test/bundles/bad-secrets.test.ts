import { chmodSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, jest, test } from '@jest/globals'
import { jsonLeaves } from '@slipway/report'
import { expectInert } from './bench.ts'
import { dataOf, place, region, shownBy, startCloud, type Cloud } from './cluster.ts'
import type { StepEnd } from './machine.ts'

jest.setTimeout(60_000)
let cloud: Cloud
beforeAll(async () => {
  cloud = await startCloud()
})
afterAll(async () => {
  await cloud.close()
})

const pem = '-----BEGIN PRIVATE KEY-----\nMIIEvQIBADANBgkqhkiG9w0BAQEFAASC\nBKcwggSjAgEAAoIBAQDC7x+Zq/Wn\n-----END PRIVATE KEY-----\n'
const json = JSON.stringify({ user: 'cart-reader', password: 'p4ss "quoted" \\ word\twith tab', port: 63790001, nested: { list: ['leaf-in-a-list', 1.1], url: 'redis://:h%40rd@cache:6379/0' } })
const percent = 'fifty%0A%25%0D::error::percent%3B'
const short = ['q', 'zx', 'jQ7']
/** Everything that must show nowhere: values, their lines and leaves, of four characters and more. */
const hidden = [pem, json, percent].flatMap((value) => [value, ...value.split('\n'), ...jsonLeaves(value)]).filter((text) => text.length >= 4 && !text.startsWith('-----'))
const formsOf = (value: string): string[] => [value, encodeURIComponent(value), JSON.stringify(value).slice(1, -1), Buffer.from(value).toString('base64'), Buffer.from(value).toString('base64url')]

function expectSecrecy(end: StepEnd): void {
  for (const value of hidden) for (const form of formsOf(value)) expect(shownBy(end)).not.toContain(form)
  const masks = [...end.printed.matchAll(/^::add-mask::(.*)$/gm)].map(([, mask = '']) => mask)
  expect(masks.filter((mask) => mask.length < 8)).toEqual([])
}

test('build secrets of every shape show nowhere, though the build prints them in every form; short ones blank nothing', async () => {
  cloud.sandbox.images.createRepository(region, 'shop/cart')
  const machine = cloud.machine('ecr-build-push')
  const values = { PEM: pem, JSON_KEY: json, PERCENT: percent, ONE: short[0] ?? '', TWO: short[1] ?? '', THREE: short[2] ?? '' }
  machine.write('cart/Dockerfile', 'FROM scratch\nCOPY . /\n')
  // A docker that tells everything that it knows before it goes to work.
  machine.write('said.txt', Object.values(values).flatMap((value) => formsOf(value).map((form) => `#5 [2/2] RUN login ${form}\n::error::${form}\n##[set-output name=images]${form}`)).join('\n'))
  machine.write('bin/docker', `#!/bin/sh\ncat "${machine.workspace}/said.txt"\ncat "${machine.workspace}/said.txt" >&2\nexec "${cloud.sandbox.binFolder}/docker" "$@"\n`)
  chmodSync(join(machine.workspace, 'bin/docker'), 0o755)
  const path = { PATH: `${machine.workspace}/bin:${process.env['PATH'] ?? ''}` }
  const secrets = Object.keys(values).map((name) => `${name.toLowerCase()}=env:${name}`).join('\n')
  const inputs = { repository: 'shop/cart', region, context: 'cart', secrets }
  const end = await machine.step(inputs, { ...values, ...path })
  expect([end.exitCode, end.outputs['outcome'], end.outputs['image']]).toEqual([0, 'changed', expect.stringMatching(/^shop\/cart@sha256:[0-9a-f]{64}$/)])
  expect(end.printed).toContain('RUN login ***')
  expectInert('ecr-build-push', end)
  expectSecrecy(end)

  machine.write('cart/Dockerfile', 'FROM nowhere.invalid/none\nRUN false\n')
  machine.write('bin/docker', `#!/bin/sh\ncase "$2" in inspect) exec "${cloud.sandbox.binFolder}/docker" "$@";; esac\ncat "${machine.workspace}/said.txt"\ncat "${machine.workspace}/said.txt" | tr '\\n' ' ' | sed 's/^/ERROR: failed to solve: /' >&2\nexit 1\n`)
  const failed = await machine.step(inputs, { ...values, ...path })
  expect(failed.exitCode).toBe(1)
  expectInert('ecr-build-push', failed)
  expectSecrecy(failed)
})

test('a secret\'s value that was written where its name belongs is not shown', async () => {
  const wrong = `pem=${pem}\njson=${json}\npercent=${percent}\n${pem}`
  for (const [action, inputs] of [['ecr-build-push', { repository: 'shop/cart', region, secrets: wrong, 'build-args': `PASSWORD=${json}\n${pem}` }], ['k8s-config-sync', { ...place, name: 'cart-db', secrets: wrong, literals: `${pem}A=1` }]] as const) {
    const end = await cloud.machine(action).step(inputs)
    expect([action, end.exitCode, end.outputs['outcome']]).toEqual([action, 1, 'refused'])
    expectInert(action, end)
    expectSecrecy(end)
  }
})

test('secrets of every shape reach the cluster as they are, and show nowhere else, though the API server repeats them', async () => {
  for (const [name, value] of Object.entries({ pem, json, percent, one: short[0], two: short[1], three: short[2] })) cloud.sandbox.secrets.put(region, `shop/${name}`, value ?? '')
  const inputs = { ...place, name: 'cart-keys', secrets: 'pem=shop/pem\njson=shop/json\npassword=shop/json#password\npercent=shop/percent\none=shop/one\ntwo=shop/two\nthree=shop/three' }
  const machine = cloud.machine('k8s-config-sync')
  const said = hidden.flatMap(formsOf).join('\n::error::')
  const body = JSON.stringify({ kind: 'Status', apiVersion: 'v1', status: 'Failure', reason: 'Invalid', code: 422, message: `Secret "cart-keys" is invalid: ${said}` })
  cloud.sandbox.ledger.script({ server: 'kubernetes:nonprod', operation: /^PATCH secrets/, times: 1, effect: { status: 422, headers: { 'content-type': 'application/json' }, body } })
  const refused = await machine.step(inputs)
  expect([refused.exitCode, refused.outputs['outcome']]).toEqual([1, 'refused'])
  expectInert('k8s-config-sync', refused)
  expectSecrecy(refused)
  const end = await machine.step(inputs)
  expect([end.exitCode, end.outputs['outcome']]).toEqual([0, 'changed'])
  const [secret] = cloud.cluster.objects('Secret', 'staging')
  expect(dataOf(secret)).toEqual({ pem, json, password: 'p4ss "quoted" \\ word\twith tab', percent, one: 'q', two: 'zx', three: 'jQ7' })
  expect(end.outputs['config']).toContain('cart-keys')
  expectInert('k8s-config-sync', end)
  expectSecrecy(end)
})
