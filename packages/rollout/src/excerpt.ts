import { visible, type Redaction } from '@slipway/report'

/** How much of a text is looked at: what is older is not shown, and redaction takes its time. */
const longestText = 256 * 1024

/**
 * The last lines of a text, redacted, each cut in its middle to `length` characters. Control characters are gone:
 * without them, what they parted would become a value again when it is printed.
 */
export function lastLines(text: string, redaction: Redaction, most: number, length: number): { lines: string[]; isWhole: boolean } {
  const kept = text.slice(-longestText)
  const lines = readable(kept, redaction).replace(/\s+$/, '').split('\n')
  const shown = lines.slice(-most).map((line) => cutInMiddle(line, length))
  return { lines: shown.length === 1 && shown[0] === '' ? [] : shown, isWhole: kept.length === text.length && lines.length <= most }
}

/** A message on one line, redacted, cut in its middle to `length` characters. */
export function oneLine(text: string, redaction: Redaction, length: number): string {
  return cutInMiddle(readable(text.slice(0, longestText), redaction).replace(/\s+/g, ' ').trim(), length)
}

/** Cuts between redactions, never in one, nor in a character of two halves. */
export function cutInMiddle(line: string, length: number): string {
  if (line.length <= length) return line
  let end = Math.floor((length - gap.length) * 0.6)
  let start = line.length - (length - gap.length - end)
  while (end > 0 && joined(line, end)) end -= 1
  while (start < line.length && joined(line, start)) start += 1
  return `${line.slice(0, end)}${gap}${line.slice(start)}`
}

const gap = ' … '

function joined(line: string, index: number): boolean {
  return (line[index - 1] === '*' && line[index] === '*') || /^[\ud800-\udbff][\udc00-\udfff]$/.test(line.slice(index - 1, index + 1))
}

/** Redacted as it was written, and once more as it will be seen. */
function readable(text: string, redaction: Redaction): string {
  return redaction(
    redaction(text)
      .split(/\r\n|\r|\n/)
      .map((line) => visible(line).toWellFormed())
      .join('\n'),
  )
}
