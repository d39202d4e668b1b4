import type { Place, Problems } from '@slipway/report'

/** One line of an env-file. */
export interface EnvEntry {
  readonly key: string
  readonly value: string
  readonly at: Place
}

/**
 * Reads an env-file as `kubectl create configmap --from-env-file` does: `KEY=VALUE`, the value verbatim with its quotes
 * and blanks; blank lines and those that begin with `#` are left out. A line without `=` is a problem here, since
 * kubectl would take the value from the environment of whoever runs it.
 */
export function parseEnvFile(text: string, file: string, problems: Problems): EnvEntry[] {
  const seen = new Set<string>()
  return text
    .replace(/^\ufeff/, '')
    .split(/\r?\n/)
    .flatMap((line, index) => {
      const entry = line.replace(/^\s+/, '')
      if (entry === '' || entry.startsWith('#')) return []
      const at = { file, line: index + 1, column: line.length - entry.length + 1 }
      const equals = entry.indexOf('=')
      const key = equals < 0 ? entry.trim() : entry.slice(0, equals)
      const problem = equals < 0 ? noEquals : !envName.test(key) ? noName : seen.has(key) ? twice : undefined
      if (problem) {
        problems.add({ code: 'file-invalid', at, ...problem })
        return []
      }
      seen.add(key)
      return [{ key, value: entry.slice(equals + 1), at }]
    })
}

const envName = /^[-._a-zA-Z][-._a-zA-Z0-9]*$/

// The line itself is never shown: what stands in the wrong place may well be a password.
const noEquals = { what: 'a line of the env-file has no "="', why: 'each line is KEY=VALUE', next: 'write KEY=VALUE, or # before a comment' } as const
const noName = {
  what: 'a line of the env-file begins with no name of a variable',
  why: 'a name is made of letters, digits, "_", "-" and ".", does not begin with a digit, and "=" follows without blanks',
  next: 'correct the name before the "="',
} as const
const twice = { what: 'a name stands twice in the env-file', why: 'one of its values would be lost', next: 'remove one of the two lines' } as const
