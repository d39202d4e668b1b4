import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import { Failed, Problems, failureText } from '@slipway/report'
import { makePlan, overlayPaths, parseProject, readShared, substitute, type Plan } from '../src/index.ts'

const project = parseProject(readFileSync(join(import.meta.dirname, 'fixtures', 'shop.yml'), 'utf8'), 'slipway.yml')
const onStaging = { ref: 'refs/heads/staging', refName: 'staging' }

function plan(inputs: Record<string, string>, source = onStaging, signsInTo?: 'registry' | 'targets'): Plan {
  const made = makePlan(project, readShared({ values: { services: 'all', environment: 'staging', ...inputs } }, new Problems()), source, signsInTo)
  if (made === undefined) throw new Error('there is no plan')
  return made
}

function problemsOf(attempt: () => unknown): string[] {
  try {
    attempt()
  } catch (error) {
    if (error instanceof Failed) return error.failures.map(failureText)
    throw error
  }
  return []
}

describe('a plan', () => {
  test('holds all services and targets, or those that were named', () => {
    expect(plan({}).services.map(({ name }) => name)).toEqual(['cart', 'web'])
    expect(plan({}).targets.map(({ name }) => name)).toEqual(['eu', 'us'])
    expect(plan({ services: 'web', targets: 'us' })).toMatchObject({ services: [{ name: 'web' }], targets: [{ name: 'us' }] })
  })

  test('takes the registry of its environment, or else the project’s', () => {
    expect(plan({}).registry?.region).toBe('eu-west-1')
    expect(plan({ environment: 'dev' }).registry?.region).toBe('eu-central-1')
  })

  test('has variables: built-in ones beat the target’s, which beat the environment’s', () => {
    const { services, targets, variables } = plan({})
    const [cart] = services
    const us = targets[1]
    if (!cart || !us) throw new Error('the plan lacks what the fixture has')
    expect(variables(cart, us)).toEqual({ LOG_LEVEL: 'debug', COLOR: 'blue', SLIPWAY_ENVIRONMENT: 'staging', SLIPWAY_TARGET: 'us', SLIPWAY_REGION: 'us-east-1', SLIPWAY_SERVICE: 'cart' })
  })

  test('tells every unknown name with the one that was meant', () => {
    expect(problemsOf(() => plan({ services: 'crat,web', targets: 'eu,su' }))).toEqual([
      'there is no service "crat": slipway.yml declares: cart, web. Write "cart", if that is what you meant. [name-unknown]',
      expect.stringMatching(/^there is no target "su": slipway\.yml declares: eu, us/),
    ])
    expect(problemsOf(() => plan({ environment: 'stagng' }))).toEqual([expect.stringContaining('Write "staging"')])
  })

  test('needs services and an environment', () => {
    expect(problemsOf(() => plan({ services: '', environment: '' }))).toEqual([expect.stringContaining('"services" is missing'), expect.stringContaining('"environment" is missing')])
  })

  test('calls nothing missing that is given and told to be wrong', () => {
    const shared = (inputs: Record<string, string>) => readShared({ values: { services: 'all', environment: 'staging', ...inputs } }, new Problems())
    expect(makePlan(project, shared({ services: '-x' }), onStaging)?.services).toEqual([])
    expect(makePlan(project, shared({ environment: '-x' }), onStaging)).toBeUndefined()
    expect(problemsOf(() => makePlan(project, shared({ services: 'crat', environment: '-x' }), onStaging))).toEqual([expect.stringMatching(/^there is no service "crat"/)])
    expect(shared({ role: 'deploy' }).role).toBeUndefined()
  })

  test.each([
    [{ ref: 'refs/heads/release/1/x', refName: 'release/1/x' }, []],
    [{ ref: 'refs/heads/main', refName: 'main' }, [expect.stringContaining('the branch "main" may not be deployed to staging')]],
    [{ ref: 'refs/tags/staging', refName: 'staging' }, [expect.stringContaining('the ref "refs/tags/staging" may not')]],
  ])('of %j respects the branches of its environment', (source, told) => {
    expect(problemsOf(() => plan({}, source))).toEqual(told)
  })

  describe('of a tag', () => {
    const tagged = (tag: string, inputs: Record<string, string> = {}, rules = 'tags: ["v*", "*/v*"]'): Plan | undefined => {
      const text = readFileSync(join(import.meta.dirname, 'fixtures', 'shop.yml'), 'utf8').replace('environments:\n', `environments:\n  production:\n    ${rules}\n    targets: [{ name: eu, region: eu-west-1, cluster: prod, namespace: shop }]\n`)
      return makePlan(parseProject(text, 'slipway.yml'), readShared({ values: { services: 'all', environment: 'production', ...inputs } }, new Problems()), { ref: `refs/tags/${tag}`, refName: tag })
    }

    test('of the repository deploys what is named, and gives it the version', () => {
      const all = tagged('v1.4.0')
      expect([all?.tag, all?.services.map(({ name }) => name)]).toEqual([{ name: 'v1.4.0', version: '1.4.0' }, ['cart', 'web']])
      const [service, target] = [all?.services[0], all?.targets[0]]
      if (all === undefined || service === undefined || target === undefined) throw new Error('nothing is planned')
      expect(all.variables(service, target)['SLIPWAY_VERSION']).toBe('1.4.0')
      expect(tagged('v1.4.0', { services: 'web' })?.services.map(({ name }) => name)).toEqual(['web'])
    })

    test('of one service deploys that one, which `all` stands for', () => {
      for (const services of ['all', 'cart']) {
        const { tag, services: planned } = tagged('cart/v1.4.0', { services }) ?? {}
        expect([tag, planned?.map(({ name }) => name)]).toEqual([{ name: 'cart/v1.4.0', version: '1.4.0', service: 'cart' }, ['cart']])
      }
      for (const services of ['web', 'cart,web']) expect(problemsOf(() => tagged('cart/v1.4.0', { services }))).toEqual([expect.stringMatching(/^the input "services" names web, but the tag cart\/v1\.4\.0 deploys cart alone.*\[input-conflict\]$/)])
      expect(problemsOf(() => tagged('old/v1.4.0'))).toEqual([expect.stringMatching(/^the tag old\/v1\.4\.0 is for a service old, which there is not.*\[name-unknown\]$/)])
    })

    test.each(['v1', 'vnext', 'v1.4.0+build', 'v01.4.0', 'Cart/v1.4.0', 'cart/v1.4'])('that is no version, such as %s, is refused', (tag) => {
      expect(problemsOf(() => tagged(tag))).toEqual([expect.stringMatching(/may not be deployed to production: it names no semantic version.*\[input-conflict\]$/)])
    })

    test('of a pre-release needs an environment that takes some', () => {
      expect(problemsOf(() => tagged('v1.4.0-rc.1'))).toEqual([expect.stringContaining('1.4.0-rc.1 is a pre-release, and slipway.yml does not say `pre-releases: true` there')])
      expect(tagged('v1.4.0-rc.1', {}, 'tags: ["v*"]\n    pre-releases: true\n    release-branch: release/1')?.tag).toEqual({ name: 'v1.4.0-rc.1', version: '1.4.0-rc.1', branch: 'release/1' })
    })

    test('that no pattern fits is refused with all that is admitted; a branch is no tag', () => {
      expect(problemsOf(() => tagged('release-1', {}, 'tags: ["v*"]\n    branches: [main]'))).toEqual([
        'the tag "release-1" may not be deployed to production: slipway.yml admits there: branches main; tags v*. Run the workflow on one of these branches or tags, or choose another environment. [input-conflict]',
      ])
      expect(problemsOf(() => tagged('cart/v1.4.0', {}, 'tags: ["v*"]'))).toEqual([expect.stringContaining('admits there: tags v*.')])
      const onBranch = { ref: 'refs/heads/v1.4.0', refName: 'v1.4.0' }
      const text = 'version: 1\nservices: { cart: {} }\nenvironments: { production: { tags: ["v*"], targets: [{ name: eu, region: eu-west-1, cluster: prod, namespace: shop }] } }\n'
      expect(problemsOf(() => makePlan(parseProject(text, 'slipway.yml'), readShared({ values: { services: 'all', environment: 'production' } }, new Problems()), onBranch))).toEqual([expect.stringContaining('the branch "v1.4.0" may not be deployed to production')])
    })
  })

  test('of what was recorded in its environment asks for no branch', () => {
    const shared = readShared({ values: { services: 'all', environment: 'staging' } }, new Problems())
    expect(makePlan(project, shared, 'recorded')?.environment.name).toBe('staging')
  })

  test('of an environment without branches takes any ref', () => {
    expect(problemsOf(() => plan({ environment: 'dev' }, { ref: 'refs/tags/x', refName: 'x' }))).toEqual([])
  })

  test('lets an input fill in what the file leaves open, never replace what it says', () => {
    const role = 'arn:aws:iam::111122223333:role/other'
    expect(plan({ targets: 'us', role }).targets[0]?.role).toBe(role)
    expect(problemsOf(() => plan({ targets: 'eu', role, region: 'us-east-1', 'expected-account': '444455556666' }))).toEqual([
      expect.stringMatching(/^the input "region" is "us-east-1", but the target eu has "eu-west-1"/),
      expect.stringContaining('the input "role"'),
      expect.stringContaining('the input "expected-account"'),
    ])
  })

  test('for a build holds the inputs against the registry instead', () => {
    const inputs = { role: 'arn:aws:iam::111122223333:role/build', region: 'eu-west-1' }
    expect(plan(inputs, onStaging, 'registry').targets[0]?.role).toMatch(/slipway-staging$/)
    expect(problemsOf(() => plan({ ...inputs, region: 'us-east-1' }, onStaging, 'registry'))).toEqual([expect.stringContaining('but the registry has "eu-west-1"')])
  })

  test('gives overlays from the most specific place on', () => {
    const { environment, targets } = plan({ targets: 'eu' })
    expect(targets.flatMap(({ name }) => overlayPaths(environment.name, name, 'cart.env'))).toEqual(['staging/eu/cart.env', 'staging/cart.env', 'cart.env'])
  })
})

describe('variables', () => {
  const where = (path: readonly (string | number)[]): { file: string } => ({ file: path.join('.') })

  test('are put into strings, never into keys, and $${ stays', () => {
    const problems = new Problems()
    expect(substitute({ '${A}': ['${A}-$${A}', 1, { b: 'x${A}' }], n: null }, { A: '${A}"\n' }, where, problems)).toEqual({ '${A}': ['${A}"\n-${A}', 1, { b: 'x${A}"\n' }], n: null })
    expect(problems.all).toEqual([])
  })

  test.each(['${B}', '${A:-x}', '${', '${}', '${__proto__}'])('%s without a meaning is told at its place', (text) => {
    const problems = new Problems()
    expect(substitute({ a: [text] }, { A: 'x' }, where, problems)).toEqual({ a: [text] })
    expect(problems.all).toMatchObject([{ code: 'variable-undefined', at: { file: 'a.0' } }])
  })
})
