import { describe, expect, test } from '@jest/globals'
import { environments, find, planOf, project, services, shop } from './shop.ts'
import { overlayPaths } from '@slipway/project'
import { existsSync } from 'node:fs'
import { join } from 'node:path'

const branched = ['dev', 'integration', 'staging', 'demo']

test('the file declares three services and five environments', () => {
  expect(services.map(({ name }) => name)).toEqual(['cart', 'catalog', 'web'])
  expect(environments.map(({ name }) => name)).toEqual([...branched, 'production'])
})

describe.each(branched)('a click on %s', (environment) => {
  test.each([...services.map(({ name }) => name), 'all'])('plans %s for one target that is its own', (service) => {
    const plan = planOf(environment, service)
    expect(plan.services).toHaveLength(service === 'all' ? services.length : 1)
    expect(plan.targets).toMatchObject([{ name: 'eu', cluster: 'nonprod', namespace: environment, role: `arn:aws:iam::111122223333:role/slipway-${environment}` }])
    expect(plan.environment.rollout).toEqual({ soakMs: 1000, timeoutMs: 120_000, waves: [['eu']] })
  })
})

test.each([['dev', 'try/anything'], ['integration', 'feature/a/b'], ['staging', 'release/1.4'], ['demo', 'release/1.4']])('%s takes the branch %s', (environment, branch) => {
  expect(planOf(environment, 'all', `refs/heads/${branch}`).environment.name).toBe(environment)
})

test.each([['integration', 'try/anything'], ['staging', 'feature/a'], ['demo', 'feature/a']])('%s refuses the branch %s', (environment, branch) => {
  expect(() => planOf(environment, 'all', `refs/heads/${branch}`)).toThrow(`the branch "${branch}" may not be deployed to ${environment}`)
})

test('a version tag takes what staging proved to production, to eu first and then to us, with one role', () => {
  const { environment, targets } = planOf('production', 'all')
  expect(environment).toMatchObject({ requires: { environment: 'staging', role: 'arn:aws:iam::111122223333:role/slipway-staging-read' }, rollout: { waves: [['eu'], ['us']] } })
  const place = { namespace: 'shop', role: 'arn:aws:iam::111122223333:role/slipway-production' }
  expect(targets).toMatchObject([{ name: 'eu', region: 'eu-west-1', cluster: 'prod-eu', ...place }, { name: 'us', region: 'us-east-1', cluster: 'prod-us', ...place }])
})

test('every configuration file that is declared exists for every environment, and no file lies there in vain', () => {
  const declared = services.flatMap(({ config }) => [...config.values()].flatMap(({ files, envFiles }) => [...files, ...envFiles]))
  const folder = project.configuration.path
  const looked = environments.flatMap(({ name, targets }) =>
    targets.flatMap((target) => declared.map((path) => overlayPaths(name, target.name, path).map((one) => join(folder, one)))),
  )
  const present = (path: string): boolean => existsSync(join(shop, path))
  expect(looked.filter((places) => !places.some(present))).toEqual([])
  expect(find(`${folder}/**/*.*`).filter((path) => !looked.flat().includes(path))).toEqual([])
})
