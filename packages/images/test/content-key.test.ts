import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { digestRule, type Digest } from '@slipway/release'
import { contentKey, contentTag, sourceKey, type ImageSource } from '../src/content-key.ts'
import { readContextTree, type ContextTree, type ContextUse } from '../src/context-tree.ts'

function digest(digit: string): Digest {
  const text = `sha256:${digit.repeat(64)}`
  if (!digestRule.is(text)) throw new Error(text)
  return text
}

const before = process.umask(0o022)
let context = ''
beforeEach(() => {
  context = mkdtempSync(join(tmpdir(), 'context-'))
  process.umask(0o022)
  mkdirSync(join(context, 'src'))
  writeFileSync(join(context, 'Dockerfile'), 'FROM scratch\nCOPY . .\n')
  writeFileSync(join(context, 'src', 'a.js'), 'a\n')
  writeFileSync(join(context, 'src', 'b.js'), 'b\n')
})
afterEach(() => {
  process.umask(before)
  rmSync(context, { recursive: true, force: true })
})
const tree = async (use: Partial<ContextUse> = {}): Promise<ContextTree> => readContextTree(context, join(context, 'Dockerfile'), { leftOut: [], umask: 0o022, ...use })
const hash = async (use: Partial<ContextUse> = {}): Promise<string> => (await tree(use)).hash

describe('the hash of a context', () => {
  test('stays the same when files are only touched', async () => {
    const before = await hash()
    utimesSync(join(context, 'src', 'a.js'), 1, 1)
    expect(await hash()).toBe(before)
  })
  test.each<[string, () => void]>([
    ['the content of a file', () => { writeFileSync(join(context, 'src', 'a.js'), 'A\n') }],
    ['a new file', () => { writeFileSync(join(context, 'new'), '') }],
    ['an empty folder', () => { mkdirSync(join(context, 'empty')) }],
    ['a mode that was set on purpose', () => { chmodSync(join(context, 'src', 'a.js'), 0o400) }],
    ['the mode of a folder', () => { chmodSync(join(context, 'src'), 0o711) }],
    ['the executable bit', () => { chmodSync(join(context, 'src', 'a.js'), 0o755) }],
    ['a link', () => { symlinkSync('src/a.js', join(context, 'link')) }],
    ['a name', () => { rmSync(join(context, 'src', 'a.js')); writeFileSync(join(context, 'src', 'c.js'), 'a\n') }],
  ])('changes with %s', async (_, change) => {
    const before = await hash()
    change()
    expect(await hash()).not.toBe(before)
  })
  test('is the same on a runner with another umask', async () => {
    const before = await hash()
    for (const path of ['Dockerfile', 'src/a.js', 'src/b.js']) chmodSync(join(context, path), 0o600)
    chmodSync(join(context, 'src'), 0o700)
    expect(await hash()).not.toBe(before)
    expect(await hash({ umask: 0o077 })).toBe(before)
  })
  test('leaves out what its user names, unless .dockerignore takes it back', async () => {
    const before = await hash()
    mkdirSync(join(context, '.slipway'))
    writeFileSync(join(context, '.slipway', 'x'), '')
    expect(await hash()).not.toBe(before)
    expect(await hash({ leftOut: ['.slipway'] })).toBe(before)
    writeFileSync(join(context, '.dockerignore'), '\uFEFF!.slipway\n.dockerignore\n')
    expect(await hash({ leftOut: ['.slipway'] })).not.toBe(before)
  })
  test('takes a link for what it says, not for what it leads to', async () => {
    writeFileSync(join(context, 'one'), 'same')
    symlinkSync('one', join(context, 'link'))
    const before = await hash()
    rmSync(join(context, 'link'))
    symlinkSync('/nowhere/at/all', join(context, 'link'))
    expect(await hash()).not.toBe(before)
  })
  test('leaves out what .dockerignore leaves out, and takes back what it takes back', async () => {
    writeFileSync(join(context, '.dockerignore'), 'logs\n!logs/kept\n.dockerignore\n')
    mkdirSync(join(context, 'logs'))
    writeFileSync(join(context, 'logs', 'kept'), '1')
    const before = await hash()
    writeFileSync(join(context, 'logs', 'noise'), 'x')
    expect(await hash()).toBe(before)
    writeFileSync(join(context, 'logs', 'kept'), '2')
    expect(await hash()).not.toBe(before)
  })
  test('takes the list beside the Dockerfile before that of the context', async () => {
    writeFileSync(join(context, '.dockerignore'), '')
    writeFileSync(join(context, 'Dockerfile.dockerignore'), 'src\n')
    const before = await hash()
    writeFileSync(join(context, 'src', 'a.js'), 'changed')
    expect(await hash()).toBe(before)
  })
  test('says that git\'s own folder is inside', async () => {
    mkdirSync(join(context, '.git'))
    expect((await tree()).holdsGit).toBe(true)
  })
})

describe('the keys', () => {
  const source: ImageSource = { tree: 'x', dockerfile: 'FROM a\n', platforms: ['linux/amd64', 'linux/arm64'], buildArgs: { A: '1' }, secretIds: ['npm'] }
  test('do not depend on the order of platforms and secrets', () => {
    expect(sourceKey({ ...source, platforms: ['linux/arm64', 'linux/amd64'] })).toBe(sourceKey(source))
  })
  test.each<[string, Partial<ImageSource>]>([
    ['tree', { tree: 'y' }],
    ['Dockerfile', { dockerfile: 'FROM b\n' }],
    ['target', { target: 'final' }],
    ['platforms', { platforms: ['linux/amd64'] }],
    ['build arguments', { buildArgs: { A: '2' } }],
    ['secret ids', { secretIds: [] }],
  ])('change with the %s', (_, change) => {
    expect(sourceKey({ ...source, ...change })).not.toBe(sourceKey(source))
  })
  test('of the content change with the digest of a base, that of the source does not', () => {
    expect(contentKey(source, { a: digest('1') })).not.toBe(contentKey(source, { a: digest('2') }))
    expect(contentTag(contentKey(source, { a: digest('1') }))).toMatch(/^content-[0-9a-f]{40}$/)
  })
})
