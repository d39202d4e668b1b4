/** Writes the tables of inputs and outputs in each action's README from its action.yml. */
import { globSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { parse } from 'yaml'

/** The README of an action with both tables as its action.yml has them. */
export function withTables(readme: string, description: string): string {
  const action: unknown = parse(description)
  const inputs = members(action, 'inputs').map(([name, input]) => [`\`${name}\``, code(textOf(input, 'default')), textOf(input, 'description')])
  const outputs = members(action, 'outputs').map(([name, output]) => [`\`${name}\``, textOf(output, 'description')])
  const replaced = between(readme, 'inputs', table(['input', 'default', 'what it says'], inputs))
  return between(replaced, 'outputs', table(['output', 'what it says'], outputs))
}

function between(text: string, marker: string, content: string): string {
  const [start, end] = [`<!-- ${marker} -->`, `<!-- /${marker} -->`]
  const [from, to] = [text.indexOf(start), text.indexOf(end)]
  if (from < 0 || to < from) throw new Error(`the README has no ${start} … ${end}`)
  return `${text.slice(0, from + start.length)}\n${content}\n${text.slice(to)}`
}

function table(header: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`
  return [line(header), line(header.map(() => '---')), ...rows.map(line)].join('\n')
}

function code(text: string): string {
  return text === '' ? '' : `\`${text}\``
}

function members(value: unknown, key: string): [string, unknown][] {
  const inside: unknown = typeof value === 'object' && value !== null ? Object.entries(value).find(([name]) => name === key)?.[1] : undefined
  return typeof inside === 'object' && inside !== null ? Object.entries(inside) : []
}

function textOf(value: unknown, key: string): string {
  const found: unknown = typeof value === 'object' && value !== null ? Object.entries(value).find(([name]) => name === key)?.[1] : undefined
  return typeof found === 'string' ? found.trim() : ''
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) {
  for (const file of globSync('actions/*/action.yml')) {
    const readme = join(dirname(file), 'README.md')
    writeFileSync(readme, withTables(readFileSync(readme, 'utf8'), readFileSync(file, 'utf8')))
  }
}
