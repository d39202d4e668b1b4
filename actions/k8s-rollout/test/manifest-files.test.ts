import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, expect, test } from '@jest/globals'
import { Problems } from '@slipway/report'
import { manifestFiles } from '../src/manifest-files.ts'

let workspace: string
beforeEach(() => {
  workspace = mkdtempSync(join(tmpdir(), 'manifests-'))
})
afterEach(() => {
  rmSync(workspace, { recursive: true })
})

function write(...paths: string[]): void {
  for (const path of paths) {
    mkdirSync(dirname(join(workspace, path)), { recursive: true })
    writeFileSync(join(workspace, path), path)
  }
}

async function found(paths: string[], layers = ['']): Promise<{ files: string[]; problems: string[] }> {
  const problems = new Problems()
  const files = await manifestFiles(workspace, paths, layers, problems)
  return { files: files.map(({ path }) => path), problems: problems.all.map(({ what }) => what) }
}

test('of a folder every manifest is taken, in the order of names, and a file once', async () => {
  write('k8s/b.yaml', 'k8s/a.yml', 'k8s/inner/c.json', 'k8s/README.md', 'extra.txt')
  expect((await found(['k8s', 'k8s/b.yaml', 'extra.txt'])).files).toEqual(['extra.txt', 'k8s/a.yml', 'k8s/b.yaml', 'k8s/inner/c.json'])
})

test('of a folder hidden files and folders are left out, and links to folders are not followed', async () => {
  write('k8s/a.yaml', 'k8s/.hidden.yaml', 'k8s/.tools/b.yaml', 'k8s/.yaml', 'other/c.yaml')
  symlinkSync('../other', join(workspace, 'k8s', 'linked'))
  symlinkSync('..', join(workspace, 'k8s', 'circle'))
  symlinkSync('a.yaml', join(workspace, 'k8s', 'same.yaml'))
  expect(await found(['k8s/'])).toEqual({ files: ['k8s/a.yaml', 'k8s/same.yaml'], problems: [] })
})

test('of each file the most specific layer is taken', async () => {
  write('k8s/a.yaml', 'k8s/b.yaml', 'staging/k8s/b.yaml', 'staging/eu/k8s/c.yaml')
  expect((await found(['k8s'], ['staging/eu', 'staging', ''])).files).toEqual(['k8s/a.yaml', 'staging/k8s/b.yaml', 'staging/eu/k8s/c.yaml'])
})

test('nothing found, links out of the workspace and too large files are told', async () => {
  write('k8s/large.yaml')
  writeFileSync(join(workspace, 'k8s/large.yaml'), '#'.repeat(1024 * 1024 + 1))
  symlinkSync('/etc/passwd', join(workspace, 'k8s/evil.yaml'))
  expect((await found(['k8s', 'empty'])).problems).toEqual(['there are no manifests at "empty"', 'the manifest k8s/evil.yaml leaves the workspace', 'the manifest k8s/large.yaml has 1048577 bytes'])
})

test('a link to nowhere is told, too', async () => {
  write('k8s/a.yaml')
  symlinkSync('gone.yaml', join(workspace, 'k8s/b.yaml'))
  expect((await found(['k8s'])).problems).toEqual(['the manifest k8s/b.yaml is a link to nowhere'])
})
