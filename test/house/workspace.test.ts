import { expect, test } from '@jest/globals'
import { existsSync, globSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'

const manifests = globSync('{packages,actions}/*/package.json')

test.each(manifests)('%s names each workspace package that its sources import, and no other', (file) => {
  const folder = dirname(file)
  const parsed: unknown = JSON.parse(readFileSync(file, 'utf8'))
  const sources = globSync(join(folder, 'src/**/*.ts')).map((source) => readFileSync(source, 'utf8')).join('\n')
  const imported = new Set([...sources.matchAll(/(?:from|import\() ?'(@slipway\/[a-z-]+)'/g)].map((match) => match[1]))
  expect(parsed).toMatchObject({ private: true, type: 'module', sideEffects: false })
  expect([...imported].filter((name) => name !== undefined && !dependencies(parsed).includes(name))).toEqual([])
})

test('the lock file names no registry host', () => {
  expect(readFileSync('package-lock.json', 'utf8')).not.toMatch(/"resolved": "https?:/)
})

test('every action that exists has its bundle committed beside its description', () => {
  for (const entry of globSync('actions/*/src/main.ts')) {
    const action = dirname(dirname(entry))
    expect(existsSync(join('dist', action.replace('actions/', ''), 'index.js'))).toBe(true)
  }
})

function dependencies(manifest: unknown): string[] {
  if (typeof manifest !== 'object' || manifest === null) return []
  const blocks: unknown[] = ['dependencies' in manifest ? manifest.dependencies : {}, 'devDependencies' in manifest ? manifest.devDependencies : {}]
  return blocks.flatMap((block) => (typeof block === 'object' && block !== null ? Object.keys(block) : []))
}
