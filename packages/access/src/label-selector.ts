import { isJsonObject, type Json, type JsonObject } from '@slipway/release'
import { listAt, objectAt, textAt } from '@slipway/rollout'

/** An object's selector as LIST takes it: `app=web,tier in (a,b)`. Undefined where it has none, or one that nobody knows. */
export function labelSelectorOf(object: JsonObject | undefined): string | undefined {
  const equal = Object.entries(objectAt(object, 'spec', 'selector', 'matchLabels') ?? {}).map(([name, value]) => (typeof value === 'string' ? `${name}=${value}` : undefined))
  const terms = [...equal, ...listAt(object, 'spec', 'selector', 'matchExpressions').map(expression)]
  const known = terms.filter((term) => term !== undefined)
  return known.length === 0 || known.length < terms.length ? undefined : known.join(',')
}

function expression(requirement: Json): string | undefined {
  if (!isJsonObject(requirement)) return undefined
  const name = textAt(requirement, 'key') ?? ''
  const values = `(${listAt(requirement, 'values').filter((value) => typeof value === 'string').join(',')})`
  switch (requirement['operator']) {
    case 'In':
      return `${name} in ${values}`
    case 'NotIn':
      return `${name} notin ${values}`
    case 'Exists':
      return name
    case 'DoesNotExist':
      return `!${name}`
    default:
      return undefined
  }
}
