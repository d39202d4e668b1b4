import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, expect, jest, test } from '@jest/globals'
import { actions, attempts, errorsOf, expectRefused, plain, startWall, type Attempt, type Wall } from './bench.ts'
import type { Machine } from './machine.ts'

jest.setTimeout(60_000)
let wall: Wall
/** What a link out of the workspace leads to. */
let outside: string
const hidden = 'only-outside-of-the-workspace'
beforeAll(async () => {
  wall = await startWall()
  outside = mkdtempSync(join(tmpdir(), 'outside-'))
  for (const name of ['Dockerfile', 'slipway.yml', 'app.env', 'deployment.yaml', 'token']) writeFileSync(join(outside, name), `${hidden}: x\n`)
})
afterAll(async () => {
  await wall.close()
  rmSync(outside, { recursive: true })
  expect(wall.knocks()).toBe(0)
})

const project = (services: string): string => `version: 1
registry: { account: "111122223333", region: eu-west-1 }
services:
${services}
environments:
  staging: { targets: [{ name: eu, region: eu-west-1, cluster: nonprod, namespace: staging }] }
`
const shop = project('  cart: { image: { repository: shop/cart, context: cart }, manifests: { paths: [k8s] } }')
const chosen = { services: 'cart', environment: 'staging' }
/** What makes an action read the project file. */
const choosing = (action: string): Readonly<Record<string, string>> => (action === 'rollback' ? { environment: 'staging', reason: 'x' } : action === 'tag-release' ? versioned : chosen)
const link = (machine: Machine, path: string, to: string): void => {
  mkdirSync(dirname(join(machine.workspace, path)), { recursive: true })
  symlinkSync(to, join(machine.workspace, path))
}
const versioned = { ...plain['tag-release'], service: 'cart' }
const configMap = { ...plain['k8s-config-sync'], literals: '' }

/** Each input that is a path, with what else must be given for it to be read. */
const paths: Readonly<Record<string, Readonly<Record<string, Readonly<Record<string, string>>>>>> = {
  'ecr-build-push': { context: plain['ecr-build-push'] ?? {}, dockerfile: plain['ecr-build-push'] ?? {}, 'project-file': chosen, secrets: plain['ecr-build-push'] ?? {} },
  'k8s-config-sync': { files: configMap, 'env-files': configMap, 'config-path': { ...configMap, files: 'app.env' }, 'project-file': chosen },
  'k8s-rollout': { manifests: plain['k8s-rollout'] ?? {}, 'project-file': chosen },
  rollback: { 'project-file': { environment: 'staging', reason: 'prices are wrong' } },
  'tag-release': { paths: versioned, 'project-file': versioned },
}
const asInput = (input: string, path: string): string => (input === 'secrets' ? `token=file:${path}` : path)

test('a path that climbs, is absolute, of a home or of another system is refused, and shown', async () => {
  const table = Object.entries(paths).flatMap(([action, inputs]) =>
    ['../../etc/passwd', '/etc/passwd', 'a/../../b', 'C:\\Windows'].map((path) => {
      // All paths of an action at once; where they stand for one another, the project file alone.
      const together = Object.keys(inputs).filter((input) => input !== 'project-file')
      const some = together.length === 0 ? ['project-file'] : together
      return { action, path, some, inputs: { ...some.reduce((given, input) => ({ ...given, ...inputs[input] }), {}), ...Object.fromEntries(some.map((input) => [input, asInput(input, path)])) } }
    }),
  )
  for (const { attempt: { action, path, some }, end } of await attempts(wall, table)) {
    expectRefused(action, end)
    for (const input of some) {
      // A backslash and a colon are characters of a name to docker, which gets the secret's path in full.
      if (input === 'secrets' && path.startsWith('C:')) continue
      const told = errorsOf(end).filter((line) => line.includes(input === 'secrets' ? 'input "secrets"' : `the input "${input}" is "${path}"`))
      expect([action, input, path, told.length]).toEqual([action, input, path, 1])
    }
  }
})

test('a link out of the workspace is not followed, and nothing behind it is told', async () => {
  const table: (Attempt & { readonly told: RegExp })[] = [
    { action: 'ecr-build-push', inputs: plain['ecr-build-push'] ?? {}, told: /title=file-outside::.*build context "cart" leads out/, prepare: (machine) => { link(machine, 'cart', outside) } },
    { action: 'ecr-build-push', inputs: { ...plain['ecr-build-push'], dockerfile: 'Dockerfile' }, told: /title=file-outside::.*Dockerfile "cart\/Dockerfile" leads out/, prepare: (machine) => { link(machine, 'cart/Dockerfile', join(outside, 'Dockerfile')) } },
    { action: 'ecr-build-push', inputs: { ...plain['ecr-build-push'], secrets: 'token=file:token' }, told: /title=file-outside::.*build secret "token" leads out/, prepare: (machine) => { machine.write('cart/Dockerfile', 'FROM scratch\n'); link(machine, 'token', join(outside, 'token')) } },
    { action: 'ecr-build-push', inputs: chosen, told: /title=(?:file-outside|project-file-missing)::.*slipway\.yml/, prepare: (machine) => { link(machine, 'slipway.yml', join(outside, 'slipway.yml')) } },
    ...['k8s-config-sync', 'k8s-rollout', 'rollback', 'tag-release'].map((action): (typeof table)[number] => ({ action, inputs: choosing(action), told: /title=file-outside::the project file slipway\.yml leaves the workspace/, prepare: (machine) => { link(machine, 'slipway.yml', join(outside, 'slipway.yml')) } })),
    { action: 'k8s-rollout', inputs: plain['k8s-rollout'] ?? {}, told: /title=file-outside::the manifest k8s\/deployment\.yaml leaves the workspace/, prepare: (machine) => { link(machine, 'k8s', outside) } },
    { action: 'k8s-rollout', inputs: plain['k8s-rollout'] ?? {}, told: /title=file-outside::the manifest k8s\/x\.yaml leaves the workspace/, prepare: (machine) => { link(machine, 'k8s/x.yaml', join(outside, 'deployment.yaml')) } },
  ]
  for (const { attempt, end } of await attempts(wall, table)) {
    expectRefused(attempt.action, end)
    expect(errorsOf(end)[0]).toMatch(attempt.told)
    expect(errorsOf(end).filter((line) => !/title=(?:file-outside|project-file-missing)/.test(line))).toEqual([])
    expect(end.printed + end.summary).not.toContain(hidden)
  }
})

test('a project file that means something else than it seems to is refused, at its line and column', async () => {
  const bomb = ['l0: &l0 [x, x, x, x, x, x, x, x, x]', ...Array.from({ length: 9 }, (_, index) => `l${index + 1}: &l${index + 1} [${Array(9).fill(`*l${index}`).join(', ')}]`)].join('\n')
  const twisted: readonly (readonly [text: string, told: RegExp])[] = [
    [shop.replace('  staging:', '  __proto__:'), /slipway\.yml,line=6,col=3::.*the key __proto__ has no place/],
    [bomb, /too many aliases/],
    [`${shop}services: {}\n`, /slipway\.yml,line=7,col=1::.*keep one of the two/i],
    [shop.replace('  cart:', '\tcart:'), /slipway\.yml,line=4,col=1::.*indent with blanks/i],
    [`${shop}# ${'x'.repeat(5_000_000)}`, /too large: it may have 1 MiB/],
    [shop.replace('shop/cart', '1.10'), /line=4,col=20::.*repository is "1\.10" without quotes: .*would make it 1\.1\. Quote it: "1\.10"/],
    [shop.replace('"111122223333"', '111122223333'), /line=2,col=13::.*Quote it: "111122223333"/],
    [`${shop}---\n${shop}`, /line=7,col=1::.*several documents.*keep one/i],
    [shop.replace('cart:', 'ca\0rt:'), /line=4,col=5::.*control character/],
    [shop.replace('environments:', 'enviroments:'), /line=5,col=1::.*no key "enviroments": .* Write "environments"/],
    [shop.replace('{ targets:', '{ <<: *nothing, targets:'), /merge key|alias/],
    [shop.replace('shop/cart, context', '*nowhere , context'), /line=4,col=\d+::.*the alias \*nowhere stands for nothing/],
    ['['.repeat(20_000), /nested too deeply/],
    ['a: &a [*a]\n', /a part holds itself by an alias/],
    [shop.replace('registry:', '"::error::forged ##[set-output name=outcome]changed": 1\nregistry:'), /no key ".*:error::forged ## \[set-output/],
  ]
  // They all read it by one parser: each trap is set for two of them.
  const table = twisted.flatMap(([text, told], index) =>
    [index, index + 1].map((at) => actions[at % actions.length] ?? '').map((action) => ({ action, told, inputs: choosing(action), prepare: (machine: Machine) => { machine.write('slipway.yml', text) } })),
  )
  for (const { attempt: { action, told }, end } of await attempts(wall, table)) {
    expectRefused(action, end)
    expect([action, ...errorsOf(end).filter((line) => line.includes('title=project-file-invalid'))]).toContainEqual(expect.stringMatching(told))
  }
})

test('aliases are allowed in moderation, in the project file and in manifests', async () => {
  const text = `${shop.replace('targets: [{', 'variables: &v { A: b }, targets: [{')}  demo: { variables: *v, targets: [{ name: eu, region: eu-west-1, cluster: nonprod, namespace: demo }] }\n`
  const [one] = await attempts(wall, [{ action: 'k8s-rollout', inputs: chosen, prepare: (machine) => { machine.write('slipway.yml', text) } }])
  expect(one && errorsOf(one.end).filter((line) => line.includes('project-file'))).toEqual([])
})

test('names that the project file does not have are told with those that were meant', async () => {
  const wrong = { services: 'crat', environment: 'stagng', targets: 'ue' }
  const table = actions.filter((action) => action !== 'tag-release').map((action) => ({ action, inputs: action === 'ecr-build-push' ? { services: 'crat', environment: 'stagng' } : { ...wrong, ...(action === 'rollback' ? { reason: 'x' } : {}) }, prepare: (machine: Machine) => { machine.write('slipway.yml', shop) } }))
  for (const { attempt: { action }, end } of await attempts(wall, table)) {
    expectRefused(action, end)
    expect(errorsOf(end)).toContainEqual(expect.stringMatching(/"?stagng"?.*[Ww]rite "staging"/))
    expect(errorsOf(end)).toContainEqual(expect.stringMatching(/"?crat"?.*[Ww]rite "cart"/))
  }
})

const deployment = 'apiVersion: apps/v1\nkind: Deployment\nmetadata: { name: cart }\nspec:\n  selector: { matchLabels: { app: cart } }\n  template:\n    metadata: { labels: { app: cart } }\n    spec: { containers: [{ name: cart, image: shop/cart }] }\n'

test('manifests that mean something else than they seem to, or are not the service\'s to apply, are refused at their line and column', async () => {
  const of = (kind: string, more = ''): string => `${deployment}---\napiVersion: v1\nkind: ${kind}\nmetadata: { name: x${more} }\n`
  const bomb = `${deployment}x0: &x0 [1,1,1,1,1,1,1,1,1]\n${Array.from({ length: 9 }, (_, index) => `x${index + 1}: &x${index + 1} [${Array(9).fill(`*x${index}`).join(', ')}]`).join('\n')}\n`
  const twisted: readonly (readonly [text: string, told: RegExp])[] = [
    [deployment.replace('name: cart }', 'name: 1.10 }'), /line=3,col=13::.*metadata\.name is 1\.1, which is no text.*[Qq]uote it/],
    [`${deployment}__proto__: { kind: Secret }\n`, /key __proto__ has no place/],
    [bomb, /alias/],
    [`${deployment}kind: Secret\n`, /line=9,col=1::.*unique/],
    [deployment.replace('  selector', '\tselector'), /line=5,col=1::/],
    [`${deployment}# ${'x'.repeat(5_000_000)}`, /1 MiB at most/],
    [deployment.replace('name: cart,', 'name: "ca\0rt",'), /line=8,col=\d+::.*control character/],
    ['['.repeat(20_000), /nested too deeply/],
    ['&a [*a]', /cannot be taken as JSON/],
    [deployment.replace('shop/cart', '*nowhere '), /cannot be taken as JSON.*: Unresolved alias.*nowhere/],
    [deployment.replace('spec:\n', '? [a, b]\n: c\nspec:\n'), /key is not text/],
    [of('Secret'), /line=\d+,col=\d+::.*Secret x .*is not applied.*`secrets:`/],
    [`${deployment}---\napiVersion: rbac.authorization.k8s.io/v1\nkind: ClusterRole\nmetadata: { name: x }\n`, /ClusterRole x .*grants rights/],
    [of('Service', ', namespace: kube-system'), /names the namespace kube-system/],
    [`${deployment}---\napiVersion: v1\nkind: List\nitems:\n  - { apiVersion: v1, kind: Secret, metadata: { name: inside } }\n`, /Secret inside .*is not applied/],
    [`apiVersion: v1\nkind: ::error::forged\nmetadata: { name: "a\\n::add-mask::e ##[set-output name=outcome]changed" }\n`, /is not applied/],
  ]
  const table = twisted.map(([text, told]) => ({ action: 'k8s-rollout', told, inputs: plain['k8s-rollout'] ?? {}, prepare: (machine: Machine) => { machine.write('k8s/deployment.yaml', text) } }))
  for (const { attempt: { action, told }, end } of await attempts(wall, table)) {
    expectRefused(action, end)
    expect(errorsOf(end)).toContainEqual(expect.stringMatching(told))
  }
})
