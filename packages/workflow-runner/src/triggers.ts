import { type Template, wordOf } from './expressions.ts'
import { type Mapping, textOf } from './json.ts'
import { asList, asMap, type Workflow } from './workflow-file.ts'

/** A dispatch that GitHub would answer with status 422. */
export class DispatchRefused extends Error {
  override name = 'DispatchRefused'
  readonly status = 422
}

/** The inputs of a dispatch: as the context `inputs` holds them (typed) and as the event does (strings). */
export function dispatchInputs(workflow: Workflow, given: Record<string, string | number | boolean>): { typed: Mapping; texts: Record<string, string> } {
  if (!('workflow_dispatch' in workflow.events)) throw new DispatchRefused("Workflow does not have 'workflow_dispatch' trigger")
  const declared = asMap(asMap(workflow.events['workflow_dispatch'])['inputs'])
  const unexpected = Object.keys(given).filter((name) => !(name in declared))
  if (unexpected.length > 0) throw new DispatchRefused(`Unexpected inputs provided: ${JSON.stringify(unexpected)}`)
  const typed: Mapping = {}
  const texts: Record<string, string> = {}
  for (const [name, template] of Object.entries(declared)) {
    const { type = 'string', required, default: preset, options } = asMap(template)
    const text = textOf(given[name] ?? wordOf(preset))
    if (required === true && text === '') throw new DispatchRefused(`Required input '${name}' not provided`)
    if (type === 'choice' && text !== '' && !asList(options).some((option) => wordOf(option) === text)) {
      throw new DispatchRefused(`Provided value '${text}' for input '${name}' not in the list of allowed values`)
    }
    if (type === 'boolean' && !['true', 'false', ''].includes(text)) throw new DispatchRefused(`Provided value '${text}' for input '${name}' is not a boolean`)
    if (type === 'number' && Number.isNaN(Number(text))) throw new DispatchRefused(`Provided value '${text}' for input '${name}' is not a number`)
    texts[name] = type === 'boolean' && text === '' ? 'false' : text
    typed[name] = type === 'boolean' ? text === 'true' : type === 'number' && text !== '' ? Number(text) : text
  }
  return { typed, texts }
}

/** Whether a push of the ref starts the workflow. */
export function startsOnPush(workflow: Workflow, ref: string): boolean {
  if (!('push' in workflow.events)) return false
  const filters = asMap(workflow.events['push'])
  const [, kind, name = ''] = /^refs\/(heads|tags)\/(.+)$/.exec(ref) ?? []
  const [only, ignore, otherOnly, otherIgnore] = kind === 'tags' ? (['tags', 'tags-ignore', 'branches', 'branches-ignore'] as const) : (['branches', 'branches-ignore', 'tags', 'tags-ignore'] as const)
  if (filters[only] !== undefined) return matchesRef(patterns(filters[only]), name)
  if (filters[ignore] !== undefined) return !matchesRef(patterns(filters[ignore]), name)
  return filters[otherOnly] === undefined && filters[otherIgnore] === undefined
}

/** Whether the patterns, read in order, leave the name in; `*` stops at `/`, `**` does not, `!` takes out again. */
export function matchesRef(patterns: string[], name: string): boolean {
  return patterns.reduce((matched, pattern) => {
    const negative = pattern.startsWith('!')
    return regularExpression(negative ? pattern.slice(1) : pattern).test(name) ? !negative : matched
  }, false)
}

const patterns = (template: Template): string[] => asList(template).map(wordOf)

function regularExpression(pattern: string): RegExp {
  const source = pattern.replaceAll(/\*\*\/?|\*|\[[^\]]+\]|[?+]|\\.|[.^$(){}|]/g, (part) => {
    if (part === '**/') return '(?:.*/)?'
    if (part === '**') return '.*'
    if (part === '*') return '[^/]*'
    return part.length > 1 || part === '?' || part === '+' ? part : `\\${part}`
  })
  return new RegExp(`^${source}$`)
}
