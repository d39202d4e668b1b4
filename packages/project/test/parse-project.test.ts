import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import { Failed, placeText } from '@slipway/report'
import { joinedPolicy, parsePolicy, parseProject, type Policy } from '../src/index.ts'

const fixture = (name: string): string => readFileSync(join(import.meta.dirname, 'fixtures', name), 'utf8')

function problemsOf(text: string): string[] {
  try {
    parseProject(text, 'slipway.yml')
  } catch (error) {
    if (error instanceof Failed) return error.failures.map(({ at, what, why, next }) => `${at ? placeText(at) : ''} ${what} | ${why} | ${next}`)
    throw error
  }
  return []
}

const head = 'version: 1\nservices: {}\n'
const target = '{ name: eu, region: eu-west-1, cluster: c, namespace: n }'

test('a project file is read whole, defaults filled in', () => {
  const project = parseProject(fixture('shop.yml'), 'slipway.yml')
  const [cart, web] = [...project.services.values()]
  expect(project.registry).toEqual({ account: '111122223333', region: 'eu-west-1', regions: [] })
  expect(project.configuration.path).toBe('config')
  expect(cart?.image).toEqual({
    repository: 'shop/cart',
    context: 'services/cart',
    dockerfile: 'Dockerfile',
    platforms: ['linux/amd64'],
    buildArgs: {},
    secrets: [],
  })
  expect(cart?.manifests).toEqual({ paths: ['services/cart/k8s'], template: true })
  expect(cart?.config.get('cart-env')).toEqual({ name: 'cart-env', files: [], envFiles: ['common.env', 'cart.env'], literals: { MODE: '1.10' }, template: false, mode: 'versioned' })
  expect(cart?.secrets.get('cart-db')).toEqual({ name: 'cart-db', type: 'Opaque', mode: 'versioned', from: { secretId: 'shop/${SLIPWAY_ENVIRONMENT}/cart/db' }, keys: {} })
  expect(cart?.secrets.get('cart-keys')?.keys).toEqual({ token: { secretId: 'shop/cart/token', jsonKey: 'value', stage: 'AWSPENDING' } })
  expect(web).toEqual({ name: 'web', manifests: { paths: ['services/web/k8s'], template: false }, config: new Map(), secrets: new Map() })
  const [staging, dev] = [...project.environments.values()]
  expect(staging?.rollout).toEqual({ soakMs: 2000, timeoutMs: 300_000, waves: [['eu'], ['us']] })
  expect(staging?.targets.map(({ recordNamespace }) => recordNamespace)).toEqual(['slipway', 'records'])
  expect(dev?.registry?.region).toBe('eu-central-1')
})

test('a key that would do nothing is unknown', () => {
  expect(problemsOf(`version: 1\nregistry: { account: "111122223333", region: eu-west-1, replicas: [us-east-1] }\nservices: {}\nenvironments: { dev: { targets: [${target}] } }\n`)).toEqual(['slipway.yml:2:57 registry has no key "replicas" | its keys are account, region, regions, role | use one of: account, region, regions, role'])
})

test('every problem of a file is told at once, at its place, with its remedy', () => {
  expect(problemsOf(fixture('broken.yml'))).toEqual([
    'slipway.yml:1:1 version is "2" | it must be the number 1 | correct it',
    'slipway.yml:2:13 registry.account is "111122223333" without quotes | it must be text, but YAML reads it as a number | quote it: "111122223333"',
    'slipway.yml:2:36 registry.region is "europe" | it must be the name of an AWS region, such as eu-west-1 | correct it',
    expect.stringMatching(/^slipway\.yml:5:5 services\.cart has no key "imgae" \| its keys are image, manifests, config, secrets \| write "image"/),
    expect.stringMatching(/^slipway\.yml:6:14 services\.cart\.image\.repository is "Shop\/Cart" \| it must be 2 to 256/),
    expect.stringMatching(/^slipway\.yml:6:37 services\.cart\.image\.dockerfile is "\.\.\/Dockerfile" \| .*must not hold "\.\."/),
    expect.stringMatching(/^slipway\.yml:6:64 services\.cart\.image has no key "dockerfiel" \| .* \| write "dockerfile"/),
    'slipway.yml:7:18 services.cart.manifests.paths is something else | it must be a list of one or more | correct it',
    'slipway.yml:7:29 services.cart.manifests.template is "yes please" | it must be true or false | correct it',
    expect.stringMatching(/^slipway\.yml:9:7 the name "Cart" in services\.cart\.config is none/),
    'slipway.yml:10:31 services.cart.config.cart-env.literals.TAG is "1.10" without quotes | it must be text, but YAML reads it as a number and would make it 1.1 | quote it: "1.10"',
    'slipway.yml:10:42 services.cart.config.cart-env.literals.ON is "true" without quotes | it must be text, but YAML reads it as a boolean | quote it: "true"',
    expect.stringMatching(/^slipway\.yml:10:52 services\.cart\.config\.cart-env\.literals\.EMPTY is "" without quotes/),
    expect.stringMatching(/^slipway\.yml:11:3 the name "Web" in services is none/),
    expect.stringMatching(/^slipway\.yml:14:18 the name "SLIPWAY_REGION" in environments\.staging\.variables is none/),
    'slipway.yml:15:16 environments.staging.rollout.soak is "5" without quotes | it must be text, but YAML reads it as a number | quote it: "5"',
    'slipway.yml:17:9 environments.staging.targets[0] lacks the key "cluster" | it has no default | add it',
    'slipway.yml:18:9 environments.staging.targets[1] is "eu" | it must be a map | correct it',
  ])
})

test('a mode is one of three, and a misspelt one is told with the one that was meant', () => {
  const one = (mode: string): string => `version: 1\nservices:\n  a: { config: { env: { mode: ${mode}, literals: { A: b } } } }\nenvironments: {}\n`
  expect(parseProject(one('recreate'), 'slipway.yml').services.values().next().value?.config.get('env')?.mode).toBe('recreate')
  expect(problemsOf(one('in_place'))).toEqual(['slipway.yml:3:25 services.a.config.env.mode is "in_place" | it must be one of: versioned, in-place, recreate | write "in-place", if that is what you meant'])
  expect(problemsOf(one('true'))).toEqual(['slipway.yml:3:25 services.a.config.env.mode is "true" | it must be one of: versioned, in-place, recreate | use one of: versioned, in-place, recreate'])
})

describe('YAML that means something else than it seems to is refused', () => {
  test.each([
    ['a duplicate key', 'version: 1\nversion: 1\n', /slipway\.yml:2:1 .*unique.*keep one/],
    ['a tab', 'services:\n\tcart: {}\n', /slipway\.yml:2:1 .*indent with blanks/i],
    ['__proto__', `${head}environments:\n  __proto__: {}\n`, /slipway\.yml:4:3 the key __proto__ has no place/],
    ['a merge key', `${head}environments:\n  dev: { <<: {}, targets: [${target}] }\n`, /4:10 the merge key/],
    ['a key that is a number', `${head}environments: { 1: {} }\n`, /3:17 a key is not text.*quote it/],
    ['5 MB', `version: "${'x'.repeat(5_000_000)}"`, /slipway\.yml the project file is too large/],
    ['an empty file', '', /slipway\.yml:1:1 the project file is something else \| it must be a map/],
    ['a list', '- 1\n', /1:1 the project file is something else/],
    ['two documents', `${head}---\n${head}`, /:3:1 .*several documents.*keep one/],
    ['.nan', `${head}environments: .nan\n`, /no JSON/],
  ])('%s', (_, text, told) => {
    expect(problemsOf(text).join('\n')).toMatch(told)
  })

  test('an alias bomb is told, not unfolded', () => {
    const level = (index: number): string => `l${index}: &l${index} [${Array(9).fill(index === 0 ? 'x' : `*l${index - 1}`).join(', ')}]`
    const told = problemsOf(Array.from({ length: 10 }, (_, index) => level(index)).join('\n'))
    expect(told.join('\n')).toMatch(/too many aliases/)
  })

  test('a few aliases are welcome', () => {
    expect(problemsOf(`${head}environments:\n  dev: { variables: &v { A: b }, targets: [${target}] }\n  demo: { variables: *v, targets: [${target}] }\n`)).toEqual([])
  })
})

describe('rules between the parts are told', () => {
  test.each([
    ['two targets of one name', `${head}environments:\n  dev: { targets: [${target}, ${target}] }\n`, /two targets "eu"/],
    ['no target', `${head}environments:\n  dev: { targets: [] }\n`, /list of one or more/],
    [
      'an account beside the role of another',
      `${head}environments:\n  dev: { targets: [{ name: eu, region: eu-west-1, cluster: c, namespace: n, role: "arn:aws:iam::111122223333:role/r", expected-account: "444455556666" }] }\n`,
      /the role belongs to 111122223333/,
    ],
    ['a name declared by two services', 'version: 1\nservices:\n  a: { config: { env: { files: [x] } } }\n  b: { secrets: { env: { from: y } } }\nenvironments: {}\n', /4:19 the name "env" is declared twice \| services\.a\.config/],
    ['an empty configuration', 'version: 1\nservices:\n  a: { config: { env: {} } }\nenvironments: {}\n', /holds nothing/],
    ['a secret both whole and by key', 'version: 1\nservices:\n  a: { secrets: { s: { from: x, keys: { k: { from: y } } } } }\nenvironments: {}\n', /both "from" and "keys"/],
    ['a secret from nowhere', 'version: 1\nservices:\n  a: { secrets: { s: {} } }\nenvironments: {}\n', /neither/],
  ])('%s', (_, text, told) => {
    expect(problemsOf(text).join('\n')).toMatch(told)
  })
})

const us = target.replace(/name: \w+/, 'name: us')

test('an environment names its tags, what it requires and the order of its targets', () => {
  const { environments, registry } = parseProject(`version: 1
registry: { account: "111122223333", region: eu-west-1, regions: [us-east-1, eu-west-1] }
services: {}
environments:
  staging: { targets: [${target}] }
  production:
    tags: ["v*", "*/v*"]
    pre-releases: true
    release-branch: release/1.x
    requires: { environment: staging, role: "arn:aws:iam::111122223333:role/read" }
    rollout: { regions: independent, order: one-then-rest }
    targets: [${target}, ${us}]
`, 'slipway.yml')
  expect(registry?.regions).toEqual(['us-east-1'])
  const [staging, production] = [...environments.values()]
  expect(staging).toMatchObject({ tags: [], allowsPrereleases: false, rollout: { waves: [[staging?.targets[0]?.name]] } })
  expect(production).toMatchObject({ tags: ['v*', '*/v*'], allowsPrereleases: true, releaseBranch: 'release/1.x', requires: { environment: 'staging', role: 'arn:aws:iam::111122223333:role/read' } })
  expect(production?.rollout.waves).toEqual([[staging?.targets[0]?.name], ['us']])
})

test('an order that forgets, repeats or invents a target is told, and so is a required environment that there is not', () => {
  const name = /name: (\w+)/.exec(target)?.[1] ?? ''
  expect(problemsOf(`version: 1
services: {}
environments:
  production:
    requires: { environment: stagng, role: "arn:aws:iam::111122223333:role/read" }
    rollout: { order: [[us, us], [ap]] }
    targets: [${target}, ${us}]
`)).toEqual([
    'slipway.yml:6:16 the order of production names the target us twice | each target is deployed to once | keep one of the two',
    `slipway.yml:6:16 the order of production names the target "ap", which there is not | its targets are ${name}, us | use one of: ${name}, us`,
    `slipway.yml:6:16 the order of production leaves the target ${name} out | it would never be deployed to | add it to a wave`,
    'slipway.yml:5:17 the environment production requires "stagng", which there is not | the environments are production | use one of: production',
  ])
})

test('a file may leave its environments to the one that it extends, and a policy its services to others', () => {
  expect(parseProject('version: 1\nextends: acme/platform//environments.yml@main\nservices: {}\n', 'slipway.yml').extends).toBe('acme/platform//environments.yml@main')
  expect(problemsOf('version: 1\nextends: acme/platform//../x@main\nservices: {}\n')[0]).toMatch('a file of another repository, such as acme/platform//environments.yml@main')
  expect(problemsOf('version: 1\nservices: {}\n')).toEqual(['slipway.yml:1:1 the file names no environment | without one there is nowhere to deploy to | write `environments:`, or name by `extends:` the file that has them'])
  expect(parsePolicy(`version: 1\nservices: nothing that is read\nenvironments: { dev: { targets: [${target}] } }\n`, 'slipway.yml').environments.size).toBe(1)
})

test('what a file and the one that it extends both say is refused', () => {
  const said = (registry: string, environment: string): Policy => parsePolicy(`version: 1\n${registry}environments: { ${environment}: { targets: [${target}] } }\n`, 'x.yml')
  const registry = 'registry: { account: "111122223333", region: eu-west-1 }\n'
  const joined = joinedPolicy({ file: 'slipway.yml', policy: said('', 'dev') }, { file: 'shared.yml', policy: said(registry, 'staging') })
  expect([...joined.environments.keys()]).toEqual(['staging', 'dev'])
  expect(joined.registry?.account).toBe('111122223333')
  expect(() => joinedPolicy({ file: 'slipway.yml', policy: said(registry, 'dev') }, { file: 'shared.yml', policy: said(registry, 'dev') })).toThrow(/environment dev is declared twice[\s\S]*registry is declared twice/)
})

test('an extended file may be a part of the whole: a registry alone, or an environment that requires one of another file', () => {
  const registry = 'version: 1\nregistry: { account: "111122223333", region: eu-west-1 }\n'
  expect(parsePolicy(registry, 'shared.yml', 'extended').registry?.region).toBe('eu-west-1')
  const production = `version: 1\nenvironments: { production: { requires: { environment: staging, role: "arn:aws:iam::111122223333:role/read" }, targets: [${target}] } }\n`
  const own = parsePolicy(`version: 1\nenvironments: { staging: { targets: [${target}] } }\n`, 'slipway.yml')
  const shared = parsePolicy(production, 'shared.yml', 'extended')
  expect([...joinedPolicy({ file: 'slipway.yml', policy: own }, { file: 'shared.yml', policy: shared }).environments.keys()]).toEqual(['production', 'staging'])
  expect(() => joinedPolicy({ file: 'slipway.yml', policy: { environments: new Map() } }, { file: 'shared.yml', policy: shared })).toThrow(/requires "staging", which there is not/)
  expect(() => parsePolicy(production, 'slipway.yml')).toThrow(/requires "staging", which there is not/)
})
