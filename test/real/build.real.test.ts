import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { decodeImages } from '@slipway/release'
import { Machine } from '../bundles/machine.ts'
import { openBed } from './bed/bed.ts'
import { startBuildkit } from './bed/buildkit.ts'
import { startEcr } from './bed/ecr.ts'
import { startRegistry } from './bed/registry.ts'

const region = 'eu-west-1'
const bed = openBed()
const inputs = { repository: 'shop/cart', context: 'cart', region, secrets: 'npm=env:NPM_AUTH' }
let machine: Machine
let base = ''

beforeAll(async () => {
  const registry = await startRegistry(bed)
  base = registry.base
  const ecr = await startEcr(bed, { account: '111122223333', regions: [region], roles: [], repositories: [{ region, name: 'shop/cart' }], sts: `http://127.0.0.1:${await bed.port('aws')}` })
  const buildkit = await startBuildkit(bed, { ecr, registry })
  machine = new Machine('ecr-build-push', { PATH: process.env['PATH'] ?? '', AWS_ENDPOINT_URL_ECR: ecr.url, AWS_ENDPOINT_URL_STS: `http://127.0.0.1:${await bed.port('aws')}`, ...ecr.administrator, ...buildkit.environment, NPM_AUTH: 'a-very-secret-value' })
  machine.write('cart/Dockerfile', dockerfile('test "$(wc -c < /run/secrets/npm)" = 19 && echo installed > /modules'))
})
afterAll(() => {
  machine.close()
})

/** Each run of the tests has sources of its own, so that none finds the image of an earlier one. */
function dockerfile(step: string): string {
  return `FROM ${base}\nENV MADE_AT=${Date.now()}\nWORKDIR /app\nRUN --mount=type=secret,id=npm ${step}\nCOPY server.js ./\nRUN cat server.js && ls -l /modules\nCMD ["/bin/cat", "server.js"]\n`
}

test('an image is built with BuildKit and pushed; the next one takes its first steps from the cache; the same again is found', async () => {
  machine.write('cart/server.js', 'v1')
  const first = await machine.step(inputs)
  expect([first.exitCode, first.outputs['outcome'], first.outputs['reused']]).toEqual([0, 'changed', 'false'])
  const [image] = decodeImages(first.outputs['images'] ?? '').values()
  expect(first.printed).toMatch(new RegExp(`pushing manifest for \\S+/shop/cart:content-[0-9a-f]+@${image?.digest ?? ''}`))
  expect((await machine.step({}, {}, first.state)).exitCode).toBe(0)

  const again = await machine.step(inputs)
  expect([again.exitCode, again.outputs['outcome'], again.outputs['reused'], again.outputs['digest']]).toEqual([0, 'unchanged', 'true', image?.digest])

  machine.write('cart/server.js', 'v2')
  const changed = await machine.step(inputs)
  expect([changed.exitCode, changed.outputs['outcome'], changed.outputs['cache-hit-ratio']]).toEqual([0, 'changed', '0.5'])
  expect(changed.outputs['digest']).not.toBe(image?.digest)
})

test('a step that fails is told with its command and exit code, and what it prints is inert', async () => {
  machine.write('cart/Dockerfile', dockerfile('echo "##[set-output name=image]forged" && cat /run/secrets/npm && exit 3'))
  const end = await machine.step(inputs)
  expect([end.exitCode, end.outputs['outcome'], end.outputs['image']]).toEqual([1, 'refused', ''])
  expect(end.printed).toMatch(/::error title=build-failed::.*the build of cart failed: failed to build: failed to solve: process "\/bin\/sh -c echo .*" did not complete successfully: exit code: 3/)
  expect(end.printed).not.toContain('##[')
  expect(end.printed.split('::add-mask::a-very-secret-value').join('')).not.toContain('a-very-secret-value')
})
