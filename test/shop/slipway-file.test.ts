import { describe, expect, test } from '@jest/globals'
import { environments, find, planOf, project, services, shop } from './shop.ts'
import { overlayPaths } from '@slipway/project'
import { existsSync } from 'node:fs'
import { join } from 'node:path'

test('the file declares three services and four environments', () => {
  expect(services.map(({ name }) => name)).toEqual(['cart', 'catalog', 'web'])
  expect(environments.map(({ name }) => name)).toEqual(['dev', 'integration', 'staging', 'demo'])
})

describe.each(environments.map(({ name }) => name))('a click on %s', (environment) => {
  test.each([...services.map(({ name }) => name), 'all'])('plans %s for one target that is its own', (service) => {
    const plan = planOf(environment, service)
    expect(plan.services).toHaveLength(service === 'all' ? services.length : 1)
    expect(plan.targets).toMatchObject([{ name: 'eu', cluster: 'nonprod', namespace: environment, role: `arn:aws:iam::111122223333:role/slipway-${environment}` }])
    expect(plan.environment.rollout).toEqual({ soakMs: 2000, timeoutMs: 120_000 })
  })
})

test.each([['dev', 'try/anything'], ['integration', 'feature/a/b'], ['staging', 'release/1.4'], ['demo', 'release/1.4']])('%s takes the branch %s', (environment, branch) => {
  expect(planOf(environment, 'all', branch).environment.name).toBe(environment)
})

test.each([['integration', 'try/anything'], ['staging', 'feature/a'], ['demo', 'feature/a']])('%s refuses the branch %s', (environment, branch) => {
  expect(() => planOf(environment, 'all', branch)).toThrow(`the branch "${branch}" may not be deployed to ${environment}`)
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
