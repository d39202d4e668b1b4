/** The inputs as the runner gave them: text, not judged yet. */
export interface RawInputs {
  /** Every declared name → its trimmed text, empty where it was not given. */
  readonly values: Readonly<Record<string, string>>
  /** Names that were given in `with:` and that the action does not declare. */
  readonly unknown: readonly string[]
}

/** Reads `INPUT_*`: the runner writes names in upper case, with blanks as underscores, and keeps hyphens. */
export function rawInputs(declared: readonly string[], environment: Readonly<Record<string, string | undefined>>): RawInputs {
  const known = new Map(declared.map((name) => [variable(name), name]))
  const values = Object.fromEntries(declared.map((name) => [name, trimmed(environment[variable(name)] ?? '')]))
  const unknown = Object.entries(environment)
    .filter(([name, value]) => name.startsWith('INPUT_') && value !== undefined && !known.has(name))
    .map(([name]) => name.slice('INPUT_'.length).toLowerCase())
  return { values, unknown }
}

function variable(input: string): string {
  return `INPUT_${input.replaceAll(' ', '_').toUpperCase()}`
}

/** Byte-order marks, non-breaking and zero-width blanks are blank, too. */
function trimmed(text: string): string {
  return text.replace(/^[\s\u200b\u2060\ufeff]+|[\s\u200b\u2060\ufeff]+$/g, '')
}
