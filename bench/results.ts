import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { cpus } from 'node:os'
import { markdownOf } from './markdown.ts'
import type { Part } from './part.ts'

const file = new URL('results.md', import.meta.url)

/** What results.md is made of, in its order: the heading of each, and the command that writes it. */
const sections = {
  'Measured on the sandbox': 'npm run bench',
  'Measured on real parts': 'npm run bench:real',
} as const

/** Writes a section in place of the one before, leaves the others as they are, and gives its text. `busy` is how many processes wanted the cores when it began. */
export function writeResults(section: keyof typeof sections, parts: readonly Part[], busy: number): string {
  const machine = `Node ${process.versions.node} on ${cpus().length} cores, ${process.platform} ${process.arch}; ${busy.toFixed(1)} processes wanted them when it began: with more than one, other work was under way, and the times are longer than they would be.`
  const text = markdownOf(`# ${section}`, `Written by \`${sections[section]}\`. ${machine}`, parts)
  const before = existsSync(file) ? readFileSync(file, 'utf8').split(/^(?=# )/m) : []
  const all = Object.keys(sections).flatMap((name) => (name === section ? [text] : before.filter((one) => one.startsWith(`# ${name}\n`))))
  writeFileSync(file, `${all.map((one) => one.trimEnd()).join('\n\n')}\n`)
  return text
}
