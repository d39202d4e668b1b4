import { isJson, stringOf } from '../json.ts'
import type { Kind } from './kinds.ts'
import { at, type Resource } from './resource.ts'
import { refuse } from './status.ts'

/** Which objects a list or watch is about, from its query. */
export function selectorOf(query: URLSearchParams, kind: Kind): (object: Resource) => boolean {
  const labels = termsOf(query.get('labelSelector') ?? '').map(labelTest)
  const fields = termsOf(query.get('fieldSelector') ?? '').map((term) => fieldTest(term, kind))
  return (object) => labels.every((test) => test(object.metadata.labels ?? {})) && fields.every((test) => test(object))
}

/** Whether labels satisfy an object's `matchLabels`. */
export function matchesLabels(matchLabels: unknown, labels: Record<string, string> | undefined): boolean {
  return isJson(matchLabels) && Object.entries(matchLabels).every(([name, value]) => labels?.[name] === value)
}

/** Commas part the terms, but not inside the parentheses of `in`. */
function termsOf(text: string): string[] {
  return text.split(/,(?![^(]*\))/).map((term) => term.trim()).filter((term) => term !== '')
}

function labelTest(term: string): (labels: Record<string, string>) => boolean {
  const set = /^(\S+)\s+(in|notin)\s*\(([^)]*)\)$/.exec(term)
  if (set) {
    const [, name = '', operator, values = ''] = set
    const named = values.split(',').map((value) => value.trim())
    return (labels) => {
      const value = labels[name]
      const isIn = value !== undefined && named.includes(value)
      return operator === 'in' ? isIn : !isIn
    }
  }
  const equal = /^([^\s!=]+)\s*(==|=|!=)\s*(\S*)$/.exec(term)
  if (equal) {
    const [, name = '', operator, value] = equal
    return (labels) => (operator === '!=' ? labels[name] !== value : labels[name] === value)
  }
  if (/^![^\s!=()]+$/.test(term)) return (labels) => !(term.slice(1) in labels)
  if (/^[^\s!=()]+$/.test(term)) return (labels) => term in labels
  throw refuse.badRequest(`unable to parse requirement: found '${term}', expected: in, notin, =, ==, !=, gt, lt`)
}

/** By which fields objects are chosen, besides their names. */
const FIELDS: Readonly<Record<string, RegExp>> = { Event: /^(involvedObject\.\w+|reason|type)$/, Pod: /^(status\.phase|spec\.nodeName)$/ }

function fieldTest(term: string, { kind }: Kind): (object: Resource) => boolean {
  const [, path = '', operator, value] = /^([\w.]+)(==|=|!=)(.*)$/.exec(term) ?? []
  const more = FIELDS[kind]
  if (!/^metadata\.(name|namespace)$/.test(path) && more?.test(path) !== true) throw refuse.badRequest(more ? `field label not supported: ${path}` : `"${path}" is not a known field selector: only "metadata.name", "metadata.namespace"`)
  return (object) => ((stringOf(at(object, ...path.split('.'))) ?? '') === value) === (operator !== '!=')
}
