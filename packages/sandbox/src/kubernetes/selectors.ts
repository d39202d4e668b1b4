import { isJson, stringOf } from '../json.ts'
import { at, type Resource } from './resource.ts'
import { refuse } from './status.ts'

/** Which objects a list or watch is about, from its query. */
export function selectorOf(query: URLSearchParams): (object: Resource) => boolean {
  const labels = termsOf(query.get('labelSelector') ?? '').map(labelTest)
  const fields = termsOf(query.get('fieldSelector') ?? '').map(fieldTest)
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

function fieldTest(term: string): (object: Resource) => boolean {
  const [, path = '', operator, value] = /^([\w.]+)(==|=|!=)(.*)$/.exec(term) ?? []
  if (!/^(metadata\.(name|namespace)|involvedObject\.\w+|reason|type|status\.phase|spec\.nodeName)$/.test(path)) throw refuse.badRequest(`field label not supported: ${path}`)
  return (object) => ((stringOf(at(object, ...path.split('.'))) ?? '') === value) === (operator !== '!=')
}
