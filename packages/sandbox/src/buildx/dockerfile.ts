import { Refusal, needsEngine } from './refusal.ts'

/** One instruction with its first line; `text` is what follows the keyword, continuation lines joined. */
export interface Instruction {
  readonly keyword: string
  readonly text: string
  readonly line: number
}

/** A stage as written: its FROM is not yet expanded. */
export interface Stage {
  readonly index: number
  readonly name: string | undefined
  readonly from: Instruction
  readonly instructions: readonly Instruction[]
}

/** A Dockerfile's stages and the ARGs before the first one. */
export interface Dockerfile {
  readonly globalArgs: readonly Instruction[]
  readonly stages: readonly Stage[]
}

const PERFORMED = ['ARG', 'COPY', 'ADD', 'ENV', 'LABEL', 'WORKDIR', 'USER', 'EXPOSE', 'ENTRYPOINT', 'CMD']
const KNOWN = [...PERFORMED, 'FROM', 'RUN', 'HEALTHCHECK', 'SHELL', 'VOLUME', 'STOPSIGNAL', 'ONBUILD', 'MAINTAINER']

/** Reads a Dockerfile. Only what no engine would take is refused here: a stage that is not built may hold anything. */
export function parseDockerfile(text: string): Dockerfile {
  const globalArgs: Instruction[] = []
  const stages: (Stage & { instructions: Instruction[] })[] = []
  for (const instruction of instructionsOf(text)) {
    const stage = stages.at(-1)
    if (instruction.keyword === 'FROM') {
      const name = /\sAS\s+(\S+)\s*$/i.exec(instruction.text)?.[1]?.toLowerCase()
      stages.push({ index: stages.length, name, from: instruction, instructions: [] })
    } else if (stage) stage.instructions.push(instruction)
    else if (instruction.keyword === 'ARG') globalArgs.push(instruction)
    else throw new Refusal(`failed to build: failed to solve: dockerfile parse error on line ${instruction.line}: no build stage in current context`)
  }
  if (stages.length === 0) throw new Refusal('failed to build: failed to solve: file with no instructions')
  return { globalArgs, stages }
}

/** Why the stand-in cannot perform the instruction, if so. */
export function cannotPerform({ keyword, text }: Instruction): string | undefined {
  if (!PERFORMED.includes(keyword)) return keyword
  if (keyword !== 'COPY' && keyword !== 'ADD') return keyword === 'EXPOSE' && /\d-\d/.test(text) ? 'EXPOSE of a range' : undefined
  const { flags, rest } = flagsOf(text)
  const flag = [...flags.keys()].find((name) => name !== 'chown' && !(name === 'from' && keyword === 'COPY'))
  if (flag !== undefined) return `${keyword} --${flag}`
  if (/(^|\s)<<-?["']?\w/.test(rest)) return `${keyword} with a here-document`
  if (keyword === 'ADD' && wordsOf(rest).some((word) => /^[a-z]+:\/\/|^git@/.test(word))) return 'ADD of an address'
  if (keyword === 'ADD' && wordsOf(rest).some((word) => /\.(tar|tgz|tbz2?|txz|tar\.\w+)$/.test(word))) return 'ADD of an archive, which unpacks it'
  return undefined
}

/** The leading `--name=value` flags of an instruction, and the rest. */
export function flagsOf(text: string): { flags: Map<string, string>; rest: string } {
  const flags = new Map<string, string>()
  let rest = text
  for (let match = /^--([a-z-]+)(?:=(\S*))?\s+/.exec(rest); match; match = /^--([a-z-]+)(?:=(\S*))?\s+/.exec(rest)) {
    flags.set(match[1] ?? '', match[2] ?? 'true')
    rest = rest.slice(match[0].length)
  }
  return { flags, rest }
}

/** The words of a line; quotes hold a word together and stay in it. */
export function wordsOf(text: string): string[] {
  return text.match(/(?:\\.|"(?:\\.|[^"])*"|'[^']*'|[^\s"'])+/gs) ?? []
}

/** A JSON list of strings, or nothing where the text is in shell form. */
export function listForm(text: string): string[] | undefined {
  try {
    const value: unknown = JSON.parse(text)
    return Array.isArray(value) && value.every((word) => typeof word === 'string') ? value : undefined
  } catch {
    return undefined
  }
}

/** A word with its quotes taken off and its variables put in: `$A`, `${A}`, `${A:-default}`, `${A:+other}`; single quotes keep all as it is. */
export function expanded(word: string, value: (name: string) => string | undefined): string {
  const variable = (text: string): string =>
    text.replace(/\\(.)|\$(?:(\w+)|\{(\w+)(?:(:?[-+])((?:\$\{[^}]*\}|[^}])*))?\}|\{[^}]*\})/gs, (all: string, escaped?: string, bare?: string, name?: string, operator?: string, other: string = '') => {
      if (escaped !== undefined) return escaped
      if (bare === undefined && name === undefined) throw needsEngine(`the substitution ${all}`)
      const found = value(bare ?? name ?? '')
      const present = found !== undefined && (operator?.startsWith(':') !== true || found !== '')
      if (operator?.endsWith('-')) return present ? found : expanded(other, value)
      if (operator?.endsWith('+')) return present ? expanded(other, value) : ''
      return found ?? ''
    })
  return word.replace(/'([^']*)'|"((?:\\.|[^"])*)"|((?:\\.|[^"'])+)/gs, (_, single?: string, double?: string, plain?: string) => single ?? variable(double ?? plain ?? ''))
}

function* instructionsOf(text: string): Generator<Instruction> {
  let pending: { text: string; line: number } | undefined
  let hereDocument: string | undefined
  for (const [index, raw] of text.replace(/^\uFEFF/, '').split(/\r?\n/).entries()) {
    if (hereDocument !== undefined) {
      if (raw.replace(/^\t+/, '') === hereDocument) hereDocument = undefined
      continue
    }
    if (/^\s*#\s*escape\s*=/i.test(raw) && index < 3) throw needsEngine(`line ${index + 1}: another escape character`)
    if (/^\s*#/.test(raw) || (pending && raw.trim() === '')) continue
    const joined: { text: string; line: number } = { text: (pending?.text ?? '') + raw.replace(/\\[ \t]*$/, ''), line: pending?.line ?? index + 1 }
    if (/\\[ \t]*$/.test(raw)) {
      pending = joined
      continue
    }
    pending = undefined
    hereDocument = /^\s*(?:RUN|COPY|ADD)\s.*<<-?["']?(\w+)/i.exec(joined.text)?.[1]
    if (joined.text.trim() !== '') yield instructionOf(joined)
  }
  if (pending && pending.text.trim() !== '') yield instructionOf(pending)
}

function instructionOf({ text, line }: { text: string; line: number }): Instruction {
  const [, keyword = '', rest = ''] = /^\s*(\S+)\s*(.*?)\s*$/s.exec(text) ?? []
  if (!KNOWN.includes(keyword.toUpperCase())) throw new Refusal(`failed to build: failed to solve: dockerfile parse error on line ${line}: unknown instruction: ${keyword}`)
  return { keyword: keyword.toUpperCase(), text: rest, line }
}
