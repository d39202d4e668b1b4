import { inertLine, type Problems } from '@slipway/report'
import type { NameRule } from '@slipway/release'
import { insteadOf } from './suggestion.ts'
import { parseDuration, unsafePath } from './texts.ts'

/** The inputs of an action as text, blank where absent. */
export type InputValues = Readonly<Record<string, string>>

/** One line of text, or undefined where the input is blank. A line break or a leading "-" is a problem. */
export function text(values: InputValues, name: string, problems: Problems): string | undefined {
  const value = given(values, name)
  if (value === undefined) return undefined
  if (/[\r\n\0]/.test(value)) invalid(name, value, 'it must be one line', 'write it without line breaks', problems)
  else if (value.startsWith('-')) invalid(name, value, notAnOption, 'remove the "-"', problems)
  else return value
  return undefined
}

/** As `text`; a blank input is a problem. */
export function required(values: InputValues, name: string, problems: Problems): string | undefined {
  if (given(values, name) !== undefined) return text(values, name, problems)
  problems.add({
    code: 'input-missing',
    what: `the input "${name}" is missing`,
    why: 'the action cannot work without it',
    next: `give it under "with:"; where it comes from an expression, look whether that is empty`,
  })
  return undefined
}

/** One of the words of `options`, or `otherwise` where the input is blank or wrong. */
export function choice<Word extends string>(values: InputValues, name: string, problems: Problems, options: readonly Word[], otherwise: Word): Word {
  const value = given(values, name)
  if (value === undefined) return otherwise
  const word = options.find((option) => option === value)
  if (word === undefined) invalid(name, value, `it must be one of: ${options.join(', ')}`, insteadOf(value, options), problems)
  return word ?? otherwise
}

/** Names parted by commas or lines, each once; with a rule, those that break it are problems. */
export function names(values: InputValues, name: string, problems: Problems): string[]
export function names<Name extends string>(values: InputValues, name: string, problems: Problems, rule: NameRule<Name>): Name[]
export function names(values: InputValues, name: string, problems: Problems, rule?: NameRule<string>): string[] {
  const words = new Set((given(values, name) ?? '').split(/[,\n]/).map((word) => word.trim()).filter((word) => word !== ''))
  return [...words].filter((word) => {
    if (word.startsWith('-')) {
      invalid(name, word, notAnOption, 'remove the "-"', problems)
      return false
    }
    if (rule === undefined || rule.is(word)) return true
    invalid(name, word, `each name must be ${rule.rule}`, 'correct this name', problems)
    return false
  })
}

/** `true` or `false`, nothing else; `otherwise` where the input is blank or wrong. */
export function flag(values: InputValues, name: string, problems: Problems, otherwise: boolean): boolean {
  const value = given(values, name)
  if (value === undefined) return otherwise
  if (value === 'true') return true
  if (value !== 'false') invalid(name, value, 'it must be true or false', 'write true or false', problems)
  return value === 'false' ? false : otherwise
}

/** A span of time in milliseconds: `10s`, `5m`, `1h`; a number alone is seconds. */
export function durationMs(values: InputValues, name: string, problems: Problems, bounds?: { readonly least?: number; readonly most?: number }): number | undefined {
  const value = given(values, name)
  if (value === undefined) return undefined
  const span = parseDuration(value)
  if (span === undefined) {
    invalid(name, value, durationRule, 'write for example 90s or 5m', problems)
    return undefined
  }
  return within(name, value, span, bounds, (bound) => `${bound / 1000}s`, problems)
}

/** The lines that are not blank, trimmed. */
export function lines(values: InputValues, name: string): string[] {
  return (given(values, name) ?? '').split(/\r?\n/).map((line) => line.trim()).filter((line) => line !== '')
}

/** Lines of `KEY=VALUE`, the value verbatim. Values are never told in a problem: they may be secret. */
export function keyValues(values: InputValues, name: string, problems: Problems): Map<string, string> {
  const found = new Map<string, string>()
  for (const [index, line] of (given(values, name) ?? '').split(/\r?\n/).map((one) => one.trim()).entries()) {
    if (line === '') continue
    const equals = line.indexOf('=')
    const key = line.slice(0, equals).trim()
    if (equals < 1 || !/^[^\s:]+$/.test(key)) {
      invalid(name, withoutValue(line), `its line ${index + 1} is no KEY=VALUE`, 'write one KEY=VALUE a line; what stands behind the key is not shown here, since it may be secret', problems)
    } else if (found.has(key)) {
      invalid(name, `${key}=…`, `the key ${key} stands twice`, 'keep one of the two lines', problems)
    } else {
      found.set(key, line.slice(equals + 1))
    }
  }
  return found
}

/**
 * What may be told of a line that should name something and its value: the name, and never what follows it.
 * @example withoutValue('PASSWORD: hunter2') // PASSWORD…
 */
export function withoutValue(line: string): string {
  // A line without any sign that parts may be a value altogether, such as the second line of a key.
  return `${/^\s*([^\s=:]{1,60})\s*[\s=:]/.exec(line)?.[1] ?? ''}…`
}

/** A name that keeps a rule, or undefined where the input is blank or wrong. */
export function named<Name extends string>(values: InputValues, name: string, problems: Problems, rule: NameRule<Name>): Name | undefined {
  const value = given(values, name)
  if (value === undefined) return undefined
  if (rule.is(value)) return value
  invalid(name, value, `it must be ${rule.rule}`, 'correct it', problems)
  return undefined
}

/** A path inside the workspace: relative, without "..". */
export function safePath(values: InputValues, name: string, problems: Problems): string | undefined {
  const value = given(values, name)
  if (value === undefined) return undefined
  const reason = unsafePath(value)
  if (reason === undefined) return value
  invalid(name, value, reason, 'write a path relative to the workspace, that stays inside it', problems)
  return undefined
}

/** Tells a value that breaks its rule, cut to a readable length. */
export function invalid(name: string, value: string, why: string, next: string, problems: Problems): void {
  problems.add({ code: 'input-invalid', what: `the input "${name}" is ${shown(value)}`, why, next })
}

/** A value from outside in quotes, in one line, cut to a readable length. */
export function shown(value: string): string {
  const line = inertLine(value)
  return `"${line.length > 80 ? `${line.slice(0, 79)}…` : line}"`
}

const notAnOption = 'no value begins with "-", so that none can pass for an option'
const durationRule = 'it must be a number with one of the units s, m, h (10s, 5m, 1h), or a number of seconds alone'

function given(values: InputValues, name: string): string | undefined {
  const value = Object.hasOwn(values, name) ? values[name]?.trim() : undefined
  return value === '' ? undefined : value
}

function within(
  name: string,
  value: string,
  number: number,
  bounds: { readonly least?: number; readonly most?: number } | undefined,
  word: (bound: number) => string,
  problems: Problems,
): number | undefined {
  const { least, most } = bounds ?? {}
  if (least !== undefined && number < least) invalid(name, value, `it must be ${word(least)} at least`, `raise it to ${word(least)} or more`, problems)
  else if (most !== undefined && number > most) invalid(name, value, `it must be ${word(most)} at most`, `lower it to ${word(most)} or less`, problems)
  else return number
  return undefined
}

/** A token as it was given, never shown; empty where none is, undefined where it is none. */
export function givenToken(values: InputValues, name: string, problems: Problems): string | undefined {
  const token = (values[name] ?? '').trim()
  if (/^(?:[\x21-\x2c\x2e-\x7e][\x21-\x7e]*)?$/.test(token)) return token
  problems.add({ code: 'input-invalid', what: `the input "${name}" is no token`, why: 'a token is one word of letters, digits and signs; what was given is not shown, since it may be secret', next: 'pass the token alone, such as `${{ steps.app.outputs.token }}`' })
  return undefined
}
