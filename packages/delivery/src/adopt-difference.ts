import { sameJson, type Json, type JsonObject } from '@slipway/release'
import { concerns, fieldsOf, leavesOf, shownField, union, valueAt, type FieldPath } from './field-paths.ts'
import { entriesOf, isOwnApply, ownersOf, takenEntries, type FieldOwner, type Reach } from './adopt-owners.ts'
import { bookkeeping } from './adopt-handover.ts'

/** An object whose fields are, or would be, taken: whose they are, and what becomes of them. Fields by name, never with their values. */
export interface Adoption {
  /** `Deployment cart`. */
  readonly object: string
  readonly owners: readonly FieldOwner[]
  /** Fields that would have another value, or are new. */
  readonly changes: readonly string[]
  /** Fields that the manifest does not name, and nobody keeps. */
  readonly goes: readonly string[]
  /** Why it cannot be taken. */
  readonly refused?: string
}

/** What a server made of a manifest: over the live object, whoever owns it; and alone, with its defaults, where that could be tried. */
export interface Rehearsal {
  readonly over: JsonObject
  readonly alone: JsonObject
}

/** What taking an object comes to, field by field. */
export function differenceOf(live: JsonObject, { over, alone }: Rehearsal, reach: Reach): Pick<Adoption, 'owners' | 'changes' | 'goes'> {
  const named = fieldsOf(entriesOf(over).filter(isOwnApply))
  const taken = takenEntries(live, reach)
  const kept = fieldsOf(entriesOf(live).filter((entry) => !taken.includes(entry) && !isOwnApply(entry)))
  const isLeft = (path: FieldPath): boolean => !concerns(named, path) && !concerns(kept, path) && valueAt(live, path) !== undefined && !isBookkeeping(path) && !isAllocated(path)
  const left = leavesOf(union(fieldsOf(taken), fieldsOf(entriesOf(live).filter(isOwnApply)))).filter(isLeft)
  const changed = [...differing(leavesOf(named), live, over), ...differing(left.filter((path) => valueAt(alone, path) !== undefined), live, alone)]
  return {
    owners: ownersOf(live),
    changes: shown(changed.map((path) => outermostMissing(live, path))),
    goes: shown(left.filter((path) => valueAt(alone, path) === undefined).map((path) => outermostMissing(alone, path))),
  }
}

function differing(paths: readonly FieldPath[], live: JsonObject, wanted: JsonObject): FieldPath[] {
  const value = (object: JsonObject, path: FieldPath): Json => valueAt(object, path) ?? null
  return paths.filter((path) => !isBookkeeping(path) && !sameJson(value(live, path), value(wanted, path)))
}

/** A whole that is not there is told once, and not by all its parts. */
function outermostMissing(object: JsonObject, path: FieldPath): FieldPath {
  const length = path.findIndex((_, index) => valueAt(object, path.slice(0, index + 1)) === undefined)
  return length < 0 ? path : path.slice(0, length + 1)
}

function shown(paths: readonly FieldPath[]): string[] {
  return [...new Set(paths.map(shownField))].toSorted()
}

/** What a server has allocated to a Service stays with it, whoever names it. */
function isAllocated(path: FieldPath): boolean {
  return /^f:(clusterIPs?|nodePort|healthCheckNodePort)$/.test(path.at(-1) ?? '')
}

/** Labels and annotations by which tools know their objects are no content. */
function isBookkeeping([top, part, name = '']: FieldPath): boolean {
  return top === 'f:metadata' && (part === 'f:labels' || part === 'f:annotations') && (name.startsWith('f:slipway.dev/') || bookkeeping.some((one) => name === `f:${one}`))
}
