import { afterAll, beforeAll, expect, jest, test } from '@jest/globals'
import { decodeImages } from '@slipway/release'
import type { RunResult } from '@slipway/workflow-runner'
import { startProductionWorld, type ProductionWorld } from './production-world.ts'

jest.setTimeout(120_000)

let world: ProductionWorld
beforeAll(async () => {
  world = await startProductionWorld()
})
afterAll(() => world.close())

const tag = 'web/v1.0.0'
const staging = (): Promise<RunResult> => world.runner.dispatch({ workflow: 'deploy.yml', ref: 'main', inputs: { environment: 'staging', services: 'web' }, actor: 'alice' })
const production = (inputs: Record<string, string> = {}): Promise<RunResult> => world.runner.dispatch({ workflow: 'deploy-production.yml', ref: tag, inputs, actor: 'carol' })
const version = (): Promise<RunResult> => world.runner.dispatch({ workflow: 'tag-release.yml', ref: 'main', inputs: { service: 'web', 'dry-run': 'true' }, actor: 'carol' })
const conclusions = ({ jobs }: RunResult): Record<string, string> => Object.fromEntries(jobs.map(({ name, conclusion }) => [name.replace(/^.* /, ''), conclusion]))
const errors = ({ jobs }: RunResult): string[] => jobs.flatMap(({ annotations }) => annotations.filter(({ level }) => level === 'error').map(({ title, message }) => `${title ?? ''}: ${message}`))
const environments = ({ jobs }: RunResult): string[] => jobs.flatMap(({ environment }) => environment?.name ?? [])

test('a tag starts production; what staging has not proven is refused before anybody is asked for an approval', async () => {
  world.tag(tag)
  const since = world.sandbox.ledger.exchanges.length
  const [run, ...more] = await world.runner.push({ ref: `refs/tags/${tag}`, actor: 'carol' })
  if (run === undefined) throw new Error('the tag started nothing')
  expect([more, run.workflow, conclusions(run), environments(run)]).toEqual([[], 'Deploy to production', { preflight: 'failure', build: 'skipped', deploy: 'skipped' }, []])
  expect(errors(run)).toEqual([expect.stringMatching(/^not-proven: web is not proven in staging/)])
  expect(world.writes(since)).toEqual([])
})

test('a commit gets no version before staging has proven it, and one as soon as it has', async () => {
  const early = await version()
  expect([early.conclusion, errors(early)]).toEqual(['failure', [expect.stringMatching(/^not-proven: web is not proven in staging/)]])
  const proof = await staging()
  expect([errors(proof), environments(proof)]).toEqual([[], ['staging', 'staging']])
  const proven = await version()
  expect([proven.conclusion, errors(proven)]).toEqual(['success', []])
})

test('a problem in one region leaves both as they are: nothing is written, and what is proven is not built', async () => {
  const since = world.sandbox.ledger.exchanges.length
  const run = await production()
  expect([conclusions(run), environments(run)]).toEqual([{ preflight: 'success', build: 'skipped', deploy: 'failure' }, ['production']])
  expect(errors(run).join('\n')).toMatch(/prod-us|us/)
  expect(world.writes(since)).toEqual([])
})

test('the next click takes the image that staging proved to both regions, behind one approval and with no role that pushes', async () => {
  world.sandbox.clusters.get('prod-us')?.put({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'shop' } })
  const since = world.sandbox.ledger.exchanges.length
  const run = await production({ targets: 'eu, us' })
  expect([errors(run), conclusions(run), environments(run)]).toEqual([[], { preflight: 'success', build: 'skipped', deploy: 'success' }, ['production']])
  expect(world.writes(since, /^(ecr|registry|layers|github|kubernetes:nonprod)/)).toEqual([])
  const handed = run.jobs.flatMap(({ outputs }) => outputs['images'] ?? [])
  const proven = [...decodeImages(handed[0] ?? '').values()].map(({ digest }) => digest).join()
  const [stagings, eus, uss] = [['nonprod', 'staging'], ['prod-eu', 'shop'], ['prod-us', 'shop']].map(([cluster = '', namespace]) => JSON.stringify(world.sandbox.clusters.get(cluster)?.objects('Deployment', namespace)))
  expect(stagings).toContain(proven)
  expect(eus).toContain(`eu-west-1.amazonaws.com/shop/web@${proven}`)
  expect(uss).toContain(`us-east-1.amazonaws.com/shop/web@${proven}`)
})
