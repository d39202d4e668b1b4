import { expect, test } from '@jest/globals'
import { existsSync, globSync, readFileSync } from 'node:fs'
import { basename, dirname } from 'node:path'
import * as v from 'valibot'

const { compilerOptions } = v.parse(v.object({ compilerOptions: v.object({ paths: v.record(v.string(), v.tuple([v.string()])) }) }), JSON.parse(readFileSync('tsconfig.bundle.json', 'utf8')))
const manifest = v.object({ module: v.string(), exports: v.optional(v.record(v.string(), v.union([v.string(), v.looseObject({ module: v.string() })]))) })
const sdk = globSync('node_modules/{@aws-sdk,@smithy}/*/package.json').sort()

/** Where the bundles find a module, after the rule for `paths`: the exact name, and then the longest beginning. */
function mapped(name: string): string | undefined {
  const matching = Object.entries(compilerOptions.paths).filter(([pattern]) => pattern === name || (pattern.endsWith('*') && name.startsWith(pattern.slice(0, -1))))
  const [pattern = '', [target] = ['']] = matching.sort(([a], [b]) => Number(b === name) - Number(a === name) || b.length - a.length)[0] ?? []
  return target.replace('*', name.slice(pattern.length - 1))
}

test.each(sdk)('the bundles find each module of %s where the package itself has it as an ES module', (file) => {
  const folder = dirname(file)
  const name = `${basename(dirname(folder))}/${basename(folder)}`
  const { module, exports } = v.parse(manifest, JSON.parse(readFileSync(file, 'utf8')))
  const own = exports ? Object.entries(exports).flatMap(([path, conditions]) => (path === './package.json' ? [] : [[path, typeof conditions === 'string' ? conditions : conditions.module] as const])) : [['.', module] as const]
  for (const [path, target] of own) {
    expect([path, mapped(name + path.slice(1))]).toEqual([path, `./${folder}/${target.replace('./', '')}`])
    expect(existsSync(`${folder}/${target}`)).toBe(true)
  }
})

test('what the bundles find in one place is installed once', () => {
  const { packages } = v.parse(v.object({ packages: v.record(v.string(), v.unknown()) }), JSON.parse(readFileSync('package-lock.json', 'utf8')))
  expect(Object.keys(packages).filter((path) => /\/node_modules\/(undici$|@aws-sdk\/|@smithy\/)/.test(path))).toEqual([])
})
