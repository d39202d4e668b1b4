import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { Machine } from '../bundles/machine.ts'
import { openBed } from './bed/bed.ts'
import { startDockerEngine } from './bed/docker-engine.ts'
import { startEcr } from './bed/ecr.ts'
import { account, places, standing } from './bed/up-down.ts'
import { startTokens } from './tokens.ts'

const { region } = places.eu
const inputs = { repository: 'shop/cart', context: 'cart', region, role: `arn:aws:iam::${account}:role/slipway-build` }
let machine: Machine
let tokens: Awaited<ReturnType<typeof startTokens>>

beforeAll(async () => {
  const bed = openBed()
  const { environment, nodeBase } = standing(bed)
  const ecr = await startEcr(bed, { account, regions: [region], roles: [], repositories: [], sts: environment['AWS_ENDPOINT_URL_STS'] ?? '' })
  const engine = await startDockerEngine(bed, { ecr })
  tokens = await startTokens()
  machine = new Machine('ecr-build-push', { ...environment, PATH: process.env['PATH'] ?? '', ...tokens.environment, ...engine.environment })
  machine.write('cart/Dockerfile', `FROM ${ecr.hosts[region] ?? ''}/base/node@${nodeBase}\nENV MADE_AT=${Date.now()}\nRUN ["/usr/local/bin/node", "--version"]\nCOPY server.js ./\n`)
  machine.write('cart/server.js', 'v1')
}, 120_000)
afterAll(async () => {
  machine.close()
  await tokens.close()
})

test('the plain docker engine builds and pushes as well, without a cache elsewhere; the same again is found', async () => {
  const first = await machine.step(inputs)
  expect(first.exitCode === 0 ? first.outputs['outcome'] : first.printed).toBe('changed')
  expect(first.printed).toContain('keeps no layer cache in a registry')
  const again = await machine.step(inputs)
  expect([again.outputs['outcome'], again.outputs['digest']]).toEqual(['unchanged', first.outputs['digest']])
})
