/**
 * Text from outside made harmless for the runner's log, line by line.
 *
 * The runner executes `##[command …]` anywhere in a line and `::command …::` at its start (after any white space),
 * and it ends a line at CR as well as at LF. Control characters other than tab would let a log rewrite the screen.
 * What is changed stays readable: a blank is put into the marker.
 * Source: actions/runner, ActionCommand.cs (TryParse, TryParseV2).
 */
export function inert(text: string): string {
  return text
    .split(/\r\n|\r|\n/)
    .map((line) => inertLine(line))
    .join('\n')
}

/** One line made harmless; line ends inside it become blanks. */
export function inertLine(line: string): string {
  return visible(line.replace(/[\r\n]+/g, ' '))
    .replaceAll('##[', '## [')
    .replace(leadingCommand, '$1: :')
}

/** Text as a screen shows it, without what rules the screen: control characters and their sequences; tabs and line feeds stay. */
export function visible(text: string): string {
  return text.replace(ansiSequences, '').replace(controlCharacters, '')
}

const ansiSequences = /\u001b\[[0-?]*[ -/]*[@-~]|\u001b\][^\u0007\u001b]*(?:\u0007|\u001b\\)/g
const controlCharacters = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g
const leadingCommand = /^([\s\u0085\u180e\u200b-\u200d\u2060\ufeff]*)::/

/** Text from outside for a Markdown summary: no HTML, no table break, no code fence, one line. */
export function inMarkdown(text: string): string {
  return inertLine(text)
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replace(/[\\`*_{}[\]()#+!|~]/g, (character) => `&#${String(character.charCodeAt(0))};`)
}

/** Several lines from outside as a block of a Markdown summary that nothing inside can end. */
export function markdownBlock(text: string): string {
  const lines = inert(text)
  const longest = [...lines.matchAll(/`{3,}/g)].reduce((most, [run]) => Math.max(most, run.length), 2)
  const fence = '`'.repeat(longest + 1)
  return `${fence}text\n${lines}\n${fence}`
}
