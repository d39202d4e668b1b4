import type { Failure } from './failure.ts'
import { inMarkdown, markdownBlock } from './inert.ts'

/** Something that was said while a run went on, with the milliseconds since its start. */
export interface Said {
  readonly atMs: number
  readonly text: string
}

/** A failure in one sentence of Markdown, and what is left to do; `aside` stands between the two. */
export function failureMarkdown({ what, where, why, next, code }: Failure, aside = ''): string {
  const place = where === undefined ? '' : ` (${inMarkdown(where)})`
  return `**${inMarkdown(what)}:** ${inMarkdown(why)}${place}.${aside} **Next:** ${inMarkdown(next)}. <code>${code}</code>`
}

/** What was said, folded away; nothing where nothing was. */
export function timelineMarkdown(timeline: readonly Said[]): string[] {
  if (timeline.length === 0) return []
  const lines = timeline.map(({ atMs, text }) => `${(atMs / 1000).toFixed(1).padStart(7)} s  ${text}`)
  return ['', '<details><summary>Timeline</summary>', '', markdownBlock(lines.join('\n')), '', '</details>']
}
