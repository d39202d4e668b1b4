import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from '@jest/globals'
import { Problems } from '@slipway/report'
import { buildSecretValues } from '../src/build-secrets.ts'

let workspace = ''
beforeEach(() => {
  workspace = mkdtempSync(join(tmpdir(), 'secrets-'))
  mkdirSync(join(workspace, 'given'))
  writeFileSync(join(workspace, 'given', 'pem'), 'of the workspace')
})
afterEach(() => {
  rmSync(workspace, { recursive: true })
})

function values(file: string): { values: string[]; told: string[] } {
  const problems = new Problems()
  const read = buildSecretValues([{ id: 'x', file }], 'cart', { workspace, environment: {} }, problems)
  return { values: read, told: problems.all.map(({ code, what }) => `${code}: ${what}`) }
}

test('a build secret is read from a file of the workspace, also where a link inside it leads there', () => {
  symlinkSync('given', join(workspace, 'link'))
  expect([values('given/pem'), values('link/pem')]).toEqual(Array(2).fill({ values: ['of the workspace'], told: [] }))
})

test.each(['folder', 'file'])('a build secret is not read through a link of a %s that leads out of the workspace', (kind) => {
  const outside = mkdtempSync(join(tmpdir(), 'outside-'))
  writeFileSync(join(outside, 'passwd'), 'of the runner')
  symlinkSync(kind === 'folder' ? outside : join(outside, 'passwd'), join(workspace, 'link'))
  expect(values(kind === 'folder' ? 'link/passwd' : 'link')).toEqual({ values: [], told: ['file-outside: the file of the build secret "x" leads out of the workspace'] })
  rmSync(outside, { recursive: true })
})

test('a folder and nothing at all are no build secret', () => {
  expect(['given', 'nothing'].map((file) => values(file).told)).toEqual(Array(2).fill(['build-secret-unset: the build secret "x" has no value']))
})
