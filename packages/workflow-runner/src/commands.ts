import type { Annotation } from './results.ts'

/** What a printed command may do to its step. */
export interface CommandTarget {
  print(line: string): void
  annotate(annotation: Annotation): void
  setOutput(name: string, value: string): void
  saveState(name: string, value: string): void
  mask(value: string): void
  /** The step fails, whatever its exit code. */
  fail(message: string): void
  debug: boolean
}

interface Command {
  name: string
  properties: Map<string, string>
  data: string
}

const known = ['add-mask', 'add-matcher', 'add-path', 'debug', 'echo', 'endgroup', 'error', 'group', 'notice', 'remove-matcher', 'save-state', 'set-env', 'set-output', 'stop-commands', 'warning']

/**
 * Reads the lines of one step as the real runner does: a line that holds a command is obeyed, whoever wrote it, and
 * not printed. On purpose: what an action lets through here would be obeyed by GitHub too (actions/runner
 * ActionCommand.cs, ActionCommandManager.cs).
 */
export function lineReader(target: CommandTarget): (line: string) => void {
  let stopToken: string | undefined
  let echo = false
  const warned = new Set<string>()

  return (line) => {
    const names = stopToken === undefined ? known : [...known, stopToken.toLowerCase()]
    const command = parseColons(line, names) ?? parseBrackets(line, names)
    if (!command) {
      target.print(line)
    } else if (stopToken !== undefined) {
      if (command.name === stopToken.toLowerCase()) stopToken = undefined
      target.print(line)
    } else {
      if (echo && !['add-mask', 'debug', 'error', 'warning', 'notice'].includes(command.name)) target.print(line)
      obey(command, line)
    }
  }

  function obey({ name, properties, data }: Command, line: string): void {
    switch (name) {
      case 'stop-commands':
        if (data === '' || known.includes(data.toLowerCase()) || data === 'pause-logging') {
          target.fail('The token of `stop-commands` is empty or the name of a command')
          break
        }
        target.print(line)
        stopToken = data
        break
      case 'set-output':
      case 'save-state': {
        if (!warned.has(name)) target.annotate({ level: 'warning', message: `The \`${name}\` command is deprecated and will be disabled soon. Please upgrade to using Environment Files.` })
        warned.add(name)
        const key = properties.get('name')
        if (key === undefined) target.fail(`Unable to process command '${line}' successfully. Required field 'name' is missing in ##[${name}] command.`)
        else if (name === 'set-output') target.setOutput(key, data)
        else target.saveState(key, data)
        break
      }
      case 'set-env':
      case 'add-path':
        target.fail(`Unable to process command '${line}' successfully. The \`${name}\` command is disabled. Please upgrade to using Environment Files.`)
        break
      case 'add-mask':
        if (data.trim() === '') target.annotate({ level: 'warning', message: "Can't add secret mask for empty string in ##[add-mask] command." })
        else target.mask(data)
        break
      case 'error':
      case 'warning':
      case 'notice':
        target.annotate(annotationOf(name, properties, data))
        break
      case 'debug':
        if (target.debug) target.print(`##[debug]${data}`)
        break
      case 'group':
      case 'endgroup':
        target.print(`##[${name}]${name === 'group' ? data : ''}`)
        break
      case 'echo':
        echo = data.trim().toLowerCase() === 'on'
        break
      default:
        // add-matcher, remove-matcher: problem matchers make annotations of lines; this runner makes none.
        break
    }
  }
}

function annotationOf(level: Annotation['level'], properties: Map<string, string>, message: string): Annotation {
  const annotation: Annotation = { level, message }
  for (const key of ['title', 'file'] as const) {
    const value = properties.get(key)
    if (value !== undefined && value !== '') annotation[key] = value
  }
  for (const key of ['line', 'col'] as const) {
    const value = properties.get(key)
    if (value !== undefined && /^\d+$/.test(value)) annotation[key] = Number(value)
  }
  return annotation
}

/** `::name key=value,key=value::data`, after leading space. */
function parseColons(line: string, names: string[]): Command | undefined {
  const [, head, data] = /^::(.*?)::(.*)$/s.exec(line.trimStart()) ?? []
  if (head === undefined || data === undefined) return undefined
  return commandOf(head, data, names, ',', [['\r', '%0D'], ['\n', '%0A'], [':', '%3A'], [',', '%2C'], ['%', '%25']], [['\r', '%0D'], ['\n', '%0A'], ['%', '%25']])
}

/** `##[name key=value;key=value]data`, anywhere in the line. */
function parseBrackets(line: string, names: string[]): Command | undefined {
  const [, head, data] = /##\[(.*?)\](.*)$/s.exec(line) ?? []
  if (head === undefined || data === undefined) return undefined
  const escapes: Escapes = [[';', '%3B'], ['\r', '%0D'], ['\n', '%0A'], [']', '%5D'], ['%', '%25']]
  return commandOf(head, data, names, ';', escapes, escapes)
}

type Escapes = [character: string, escape: string][]

function commandOf(head: string, data: string, names: string[], separator: string, inProperties: Escapes, inData: Escapes): Command | undefined {
  const [, name = '', rest = ''] = /^([^ ]*) ?(.*)$/s.exec(head) ?? []
  if (!names.includes(name.toLowerCase())) return undefined
  const properties = new Map<string, string>()
  for (const pair of rest.trim().split(separator)) {
    const [, key, value] = /^([^=]+)=(.+)$/s.exec(pair) ?? []
    if (key !== undefined && value !== undefined) properties.set(key.toLowerCase(), unescape(value, inProperties))
  }
  return { name: name.toLowerCase(), properties, data: unescape(data, inData) }
}

const unescape = (text: string, escapes: Escapes): string => escapes.reduce((read, [character, escape]) => read.replaceAll(escape, character), text)
