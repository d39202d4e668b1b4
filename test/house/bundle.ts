/**
 * Bundles one action into dist/<action>, and holds the bundle to what tsconfig.bundle.json means it to be. ncc looks
 * there for what stands for what, by the variable that tsconfig-paths reads; build.ts gives it.
 */
import ncc from '@vercel/ncc'
import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'

const [, , action = ''] = process.argv
const folder = join('dist', action)

const { code, assets, symlinks, stats } = await ncc(join(process.cwd(), 'actions', action, 'src/main.ts'), {
  cache: false,
  transpileOnly: true,
  target: 'es2024',
  license: 'licenses.txt',
  quiet: true,
}).catch((error: unknown) => {
  console.error(`actions/${action}: ${error instanceof Error ? error.message : String(error)}`)
  process.exit(1)
})
const files = [['index.js', code], ...Object.entries(assets).map(([name, { source }]) => [name, source] as const)] as const
const read = [...stats.compilation.fileDependencies].map((file) => relative('.', file))

refuse(
  'could not be resolved (webpackMissingModule); mend the import that ncc names above',
  files.flatMap(([name, source]) => (name.endsWith('.js') && source.includes('webpackMissingModule') ? [`a module of ${join(folder, name)}`] : [])),
)
refuse(
  'came along whole: tsconfig.bundle.json gives the AWS SDK as ES modules, of which what is not used falls away. Look there where the package keeps them now',
  read.filter((file) => /^node_modules\/(@aws-sdk|@smithy)\/.+\/dist-cjs\/.+\.js$/.test(file)),
)
refuse('came along whole: packages/wire/src/undici.ts is to stand for it, by tsconfig.bundle.json', read.filter((file) => file === 'node_modules/undici/index.js'))
refuse('came along whole: packages/action-host/src/toolkit.ts takes the parts that are used', read.filter((file) => file === 'node_modules/@actions/core/lib/core.js'))
refuse('is a link, which a bundle on a runner does not need', Object.keys(symlinks))

for (const [name, source] of files) {
  mkdirSync(dirname(join(folder, name)), { recursive: true })
  writeFileSync(join(folder, name), source)
}

function refuse(why: string, what: readonly string[]): void {
  if (what.length === 0) return
  console.error(what.map((each) => `actions/${action}: ${each} ${why}`).join('\n'))
  process.exit(1)
}
