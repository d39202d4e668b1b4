import type { Part } from './part.ts'

/** The goals first, then every part with its table. */
export function markdownOf(heading: string, about: string, parts: readonly Part[]): string {
  const goals = parts.flatMap((part) => part.goals)
  return [
    heading,
    about,
    '## Goals',
    table(['what', 'goal', 'measured', ''], goals.map(({ what, goal, measured, kept }) => [what, goal, measured, kept ? 'kept' : '**missed**'])),
    ...parts.flatMap(({ title, notes, head, rows }) => [`## ${title}`, ...notes, table(head, rows)]),
    '',
  ].join('\n\n').trimEnd() + '\n'
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n')
}
