/** Values of a Dockerfile's variables at one place; a variable that is declared without a value is absent. */
export type Scope = ReadonlyMap<string, string>

/**
 * A word of a Dockerfile with its quotes taken off and its variables put in.
 * Undefined where it uses an operator other than `-`, `+` and `?` (with or without a colon), whose value is the builder's to say.
 * Source: BuildKit, frontend/dockerfile/shell/lex.go.
 */
export function substituted(word: string, scope: Scope, escape: string): string | undefined {
  const reader = { text: word, at: 0, scope, escape }
  const value = readUntil(reader, '')
  return reader.at === word.length ? value : undefined
}

interface Reader {
  readonly text: string
  at: number
  readonly scope: Scope
  readonly escape: string
}

function readUntil(reader: Reader, end: '' | '}'): string | undefined {
  let value = ''
  while (reader.at < reader.text.length) {
    const character = reader.text.charAt(reader.at)
    if (character === end) return value
    const part = readPart(reader, character)
    if (part === undefined) return undefined
    value += part
  }
  return end === '' ? value : undefined
}

function readPart(reader: Reader, character: string): string | undefined {
  if (character === "'") return readSingleQuoted(reader)
  if (character === '"') return readDoubleQuoted(reader)
  if (character === '$') return readVariable(reader)
  reader.at += 1
  if (character !== reader.escape) return character
  return reader.text.charAt(reader.at++)
}

function readSingleQuoted(reader: Reader): string | undefined {
  const end = reader.text.indexOf("'", reader.at + 1)
  if (end < 0) return undefined
  const value = reader.text.slice(reader.at + 1, end)
  reader.at = end + 1
  return value
}

function readDoubleQuoted(reader: Reader): string | undefined {
  let value = ''
  reader.at += 1
  while (reader.at < reader.text.length) {
    const character = reader.text.charAt(reader.at)
    if (character === '"') {
      reader.at += 1
      return value
    }
    if (character === "'") {
      value += character
      reader.at += 1
      continue
    }
    const part = readPart(reader, character)
    if (part === undefined) return undefined
    value += part
  }
  return undefined
}

function readVariable(reader: Reader): string | undefined {
  const [bare, name] = /^\$([A-Za-z_]\w*)/.exec(reader.text.slice(reader.at)) ?? []
  if (bare !== undefined && name !== undefined) {
    reader.at += bare.length
    return reader.scope.get(name) ?? ''
  }
  const [braced, variable, operator] = /^\$\{([A-Za-z_]\w*)(:?[-+?])?/.exec(reader.text.slice(reader.at)) ?? []
  if (braced === undefined || variable === undefined) return undefined
  reader.at += braced.length
  const other = operator === undefined ? '' : readUntil(reader, '}')
  if (other === undefined || reader.text.charAt(reader.at) !== '}') return undefined
  reader.at += 1
  const value = reader.scope.get(variable)
  const present = value !== undefined && (operator?.startsWith(':') !== true || value !== '')
  switch (operator?.at(-1)) {
    case '-':
      return present ? value : other
    case '+':
      return present ? other : ''
    case '?':
      return present ? value : undefined
    default:
      return value ?? ''
  }
}
