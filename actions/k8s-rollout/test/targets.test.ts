import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from '@jest/globals'
import { parseProject } from '@slipway/project'
import { Failed } from '@slipway/report'
import { systemClock } from '@slipway/wire'
import { readInputs } from '../src/inputs.ts'
import type { OpenTarget } from '../src/ports.ts'
import { run } from '../src/run.ts'
import type { RolloutTarget } from '../src/settings.ts'

const project = `version: 1
services:
  web: { manifests: { paths: [k8s.yaml], template: true } }
environments:
  production:
    targets:
      - { name: eu, region: eu-west-1, cluster: prod-eu, namespace: shop }
      - { name: us, region: us-east-1, cluster: prod-us, namespace: shop }
`
const manifest = `apiVersion: apps/v1
kind: Deployment
metadata: { name: web }
spec:
  selector: { matchLabels: { app: web } }
  template:
    metadata: { labels: { app: web } }
    spec: { containers: [{ name: web, image: shop/web }] }
`

let workspace: string
beforeEach(() => {
  workspace = mkdtempSync(join(tmpdir(), 'targets-'))
  writeFileSync(join(workspace, 'k8s.yaml'), manifest)
})
afterEach(() => {
  rmSync(workspace, { recursive: true })
})

/** The problems of a run that cannot sign in where `open` refuses. */
async function problemsOf(open: (target: RolloutTarget) => Promise<OpenTarget>): Promise<string[]> {
  const read = () => Promise.resolve(parseProject(project, 'slipway.yml'))
  const settings = await readInputs({ raw: { values: { services: 'web', environment: 'production' }, unknown: [] }, workspace, ref: 'refs/heads/main', refName: 'main', environment: {}, project: read })
  const source = { repository: 'acme/shop', commit: 'c', ref: 'refs/heads/main', run: 'https://github.example/runs/1', actor: 'alice' }
  const ports = { open, findProof: () => Promise.reject(new Error('a proof was asked for')), wrote: () => undefined, clock: systemClock, work: new AbortController().signal, narrator: { say: () => undefined, warn: () => undefined } }
  const failure: unknown = await run(settings, { workspace, release: 'acme/shop#1.1', source }, ports).catch((error: unknown) => error)
  return failure instanceof Failed ? failure.failures.map(({ code, what, where }) => `${where ?? ''}: ${what} [${code}]`) : []
}

const refusal = (role: string): Failed => new Failed({ code: 'sign-in-failed', what: `the role ${role} may not be taken`, why: 'STS says so', next: 'mend its trust policy' })

test('targets are signed in to side by side, and whoever refuses is told of all', async () => {
  const both = Promise.withResolvers<undefined>()
  const begun: string[] = []
  const told = await problemsOf(async ({ name }) => {
    begun.push(name)
    if (begun.length === 2) both.resolve(undefined)
    await both.promise
    throw refusal(`deploy-${name}`)
  })
  expect(told).toEqual(['target eu: the role deploy-eu may not be taken [sign-in-failed]', 'target us: the role deploy-us may not be taken [sign-in-failed]'])
})

test('what is the same in all targets is told once', async () => {
  expect(await problemsOf(() => Promise.reject(refusal('deploy')))).toEqual([': the role deploy may not be taken [sign-in-failed]'])
})

test('a manifest that is wrong is told once though both take it, and before anybody signs in', async () => {
  writeFileSync(join(workspace, 'k8s.yaml'), manifest.replace('shop/web', '"shop/${NAME_OF_NOBODY}"'))
  const begun: string[] = []
  const told = await problemsOf(({ name }) => {
    begun.push(name)
    return Promise.reject(refusal(name))
  })
  expect([told, begun]).toEqual([[expect.stringContaining('NAME_OF_NOBODY')], []])
})
