import { expect, jest, test } from '@jest/globals'
import { serveIdTokens } from '@slipway/workflow-runner'
import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { places } from '../src/places.ts'
import { play } from '../src/play.ts'
import { pageOf } from '../src/page.ts'
import { builds, succeeds, writesNothing } from '../src/promises.ts'
import { shellLines } from '../src/serving.ts'
import { parsed, textAt } from '../src/json.ts'
import { shop } from '../src/shop.ts'
import { revisionsIn } from '../src/records.ts'
import { whatRunsIn } from '../src/where.ts'
import { fixtures, inWorld } from './support/world.ts'

// A click is half a dozen processes, on a machine that has others.
jest.setTimeout(30_000)

const click = { title: 'A <click>', text: 'Alice clicks.', commits: [{ message: 'Wait longer', edits: [{ file: 'config/cart/cart.env', edit: (text: string) => text.replace('1000', '1500') }] }], promises: [succeeds, builds([]), writesNothing] }

test('a click is a run of the committed shop, whose jobs may take the roles of their environment and no other', () =>
  inWorld(async (world, events) => {
    const played = await play(world, click, new AbortController().signal)
    expect(played.run.jobs.flatMap(({ annotations }) => annotations.filter(({ level }) => level === 'error'))).toEqual([])
    expect(played.run).toMatchObject({ conclusion: 'success', actor: 'alice', sha: await world.repository.head() })
    expect(parsed(played.run.jobs.at(-1)?.outputs['signed-in'] ?? '')).toEqual({ 'slipway-staging': 200, 'slipway-dev': 403, 'slipway-build': 403 })
    expect(played.findings).toEqual([
      { kept: true, seen: '2 jobs succeeded' },
      { kept: true, seen: 'the run built none and reused cart; new images in none; no write on the registry' },
      { kept: true, seen: 'sts 0' },
    ])
    expect(events.some((event) => event.type === 'line' && event.line.includes('Slipway sandbox'))).toBe(true)

    const revisions = revisionsIn(world.clusters)
    const page = pageOf({ played: [played], revisions, running: whatRunsIn(world.clusters, revisions), places, speed: 10 })
    expect(page).toContain('<td><code>sha256:abc</code></td>')
    expect(page).toContain('A &#60;click&#62;')
    expect(page).toContain('[cart] reused &#60;b&#62;cart&#60;/b&#62;')
    expect(page).toContain('<p class="annotation warning"><strong>Cache</strong> nothing to &#60;export&#62;</p>')
    expect(page).toContain('Every promise was kept.')
    expect(page).not.toContain('<script')
  }))

test('a runner that dies at a line ends the run there, and nothing of it goes on', () =>
  inWorld(async (world, events) => {
    const { run, findings } = await play(world, { ...click, isRed: true, diesAt: /^\[cart\] reused/, promises: [succeeds] }, new AbortController().signal)
    expect(run.conclusion).toBe('failure')
    expect(run.jobs.map(({ annotations }) => annotations.map(({ message }) => message))).toContainEqual(['The runner was killed: nothing of this job ran after that'])
    expect(findings).toEqual([{ kept: false, seen: expect.stringContaining('failed') }])
    expect(events.some((event) => event.type === 'step-started' && event.step === 'Sign in')).toBe(false)
  }))

test('a job uses Slipway as it stood when the story began, whoever builds it anew meanwhile', async () => {
  const slipway = mkdtempSync(join(tmpdir(), 'slipway-built-'))
  cpSync(join(fixtures, 'slipway'), slipway, { recursive: true })
  await inWorld(async (world) => {
    rmSync(slipway, { recursive: true })
    const { run } = await play(world, { ...click, promises: [] }, new AbortController().signal)
    expect(run.conclusion).toBe('success')
  }, slipway)
})

test('what the shop needs is there: base images, secrets, repositories, namespaces', () =>
  inWorld(async ({ sandbox, cluster }) => {
    const services = join(import.meta.dirname, '..', '..', '..', 'examples', 'shop', 'services')
    const bases = readdirSync(services).flatMap((service) => /^FROM (\S+)/m.exec(readFileSync(join(services, service, 'Dockerfile'), 'utf8'))?.[1] ?? [])
    expect(bases.length).toBeGreaterThan(0)
    for (const base of bases) expect(sandbox.images.findImage(base)).toMatchObject({ platforms: ['linux/amd64'] })
    expect(cluster.objects('Namespace').map(({ metadata }) => metadata.name)).toEqual(['dev', 'integration', 'staging', 'demo', 'slipway'])
    expect(shop.services.map((service) => sandbox.images.repository(shop.region, `shop/${service}`)?.name)).toEqual(['shop/cart', 'shop/catalog', 'shop/web'])
    return Promise.resolve()
  }))

test('the lines for a shell name everything that a client and the actions need, and quote it', () =>
  inWorld(async (world) => {
    const idTokens = serveIdTokens((claims, audience) => world.sandbox.issueIdToken(claims, audience))
    try {
      const lines = await shellLines(world, { node: '/a path/node', slipway: '/slipway', tokenScript: 'token.ts' }, idTokens)
      expect(lines).toEqual(expect.arrayContaining([`export AWS_ENDPOINT_URL='${world.sandbox.url}'`, expect.stringMatching(/^export AWS_ACCESS_KEY_ID='.+'$/), "export AWS_REGION='eu-west-1'", "export CLUSTER='nonprod'", "export NODE='/a path/node'", `export GITHUB_SHA='${await world.repository.head()}'`, expect.stringMatching(/^export PATH='.+':"\$PATH"$/)]))
      const value = (name: string): string => new RegExp(`^export ${name}='(.*)'$`, 'm').exec(lines.join('\n'))?.[1] ?? ''
      const subject = async (bearer: string): Promise<unknown> => {
        const answer: unknown = await (await fetch(`${value('ACTIONS_ID_TOKEN_REQUEST_URL')}&audience=sts.amazonaws.com`, { headers: { authorization: `Bearer ${bearer}` } })).json()
        return parsed(Buffer.from(textAt(answer, 'value').split('.')[1] ?? '', 'base64url').toString())
      }
      expect(await subject(value('ACTIONS_ID_TOKEN_REQUEST_TOKEN'))).toMatchObject({ sub: 'repo:acme/shop:environment:staging' })
      expect(await subject(value('BUILD_JOB'))).toMatchObject({ sub: 'repo:acme/shop:ref:refs/heads/main' })
    } finally {
      await idTokens.close()
    }
  }))

test('closing leaves no file behind', async () => {
  let path = ''
  await inWorld((world) => {
    path = world.repository.path
    return Promise.resolve()
  })
  expect(path).not.toBe('')
  expect(existsSync(path)).toBe(false)
})
