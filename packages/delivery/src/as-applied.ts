import { isJsonObject, sameJson, type Json, type JsonObject } from '@slipway/release'
import { objectAt, textAt, withAt } from '@slipway/rollout'
import { entriesOf, isOwnApply } from './adopt-owners.ts'
import { isArray, isMeant } from './field-paths.ts'

/** What names an object belongs to nobody. */
const unowned = [['apiVersion'], ['kind'], ['metadata', 'name'], ['metadata', 'namespace']] as const

/**
 * Whether the live object itself shows that to apply this one would change nothing: we own exactly the fields that it
 * names, and each has the value that it says. False where that cannot be told for sure, as where the server writes a value
 * in other words (`1000m` for `"1"`): then a dry run tells.
 */
export function isAsApplied(object: JsonObject, live: JsonObject): boolean {
  const [own, ...others] = entriesOf(live).filter(isOwnApply)
  const fields = objectAt(own, 'fieldsV1')
  const isGoing = textAt(live, 'metadata', 'deletionTimestamp') !== undefined
  if (fields === undefined || others.length > 0 || isGoing || textAt(own, 'apiVersion') !== object['apiVersion']) return false
  const content = unowned.reduce<JsonObject>((rest, path) => withAt(rest, path, () => undefined), object)
  return holds(fields, withAt(content, ['metadata'], (rest) => (isJsonObject(rest) && Object.keys(rest).length > 0 ? rest : undefined)), live)
}

/** Whether these fields are all that a value has, and live in the same order and with the same content. */
function holds(fields: JsonObject, value: Json | undefined, live: Json | undefined): boolean {
  const parts = Object.keys(fields).filter((part) => part !== '.')
  if (value === undefined || live === undefined) return false
  if (parts.length === 0) return sameJson(value, live)
  if (isJsonObject(value) && isJsonObject(live)) {
    return parts.length === Object.keys(value).length && parts.every((part) => part.startsWith('f:') && below(fields, part, value[part.slice(2)], live[part.slice(2)]))
  }
  if (!isArray(value) || !isArray(live) || parts.length !== value.length) return false
  const places = parts.map((part) => ({ part, here: only(value, part), there: only(live, part) })).sort((a, b) => a.here - b.here)
  return places.every(({ part, here, there }, index) => here === index && there > (places[index - 1]?.there ?? -1) && below(fields, part, value[here], live[there]))
}

function below(fields: JsonObject, part: string, value: Json | undefined, live: Json | undefined): boolean {
  const inner = fields[part]
  return isJsonObject(inner) && holds(inner, value, live)
}

/** Where the one item stands that a part of a path means; -1 where there is none, or more than one. */
function only(items: readonly Json[], part: string): number {
  const isOne = isMeant(part)
  const place = items.findIndex(isOne)
  return items.some((item, index) => index > place && isOne(item)) ? -1 : place
}
