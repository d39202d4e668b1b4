import type { Template } from './expressions.ts'
import { isTemplateMap } from './parser.ts'

const levels = ['none', 'read', 'write'] as const
type Level = (typeof levels)[number]
/** What a job's token may do. A scope that is not named takes `others`. */
export interface Permissions {
  others: Level
  scopes: Map<string, Level>
}

/** A repository's default: the restricted one. */
const byDefault: Permissions = { others: 'none', scopes: new Map([['contents', 'read'], ['packages', 'read']]) }

/** The permissions that a file asks for; where it asks for nothing, those of its caller, else the default. */
export function permissionsOf(template: Template | undefined, granted = byDefault): Permissions {
  if (template === 'read-all') return { others: 'read', scopes: new Map([['id-token', 'none']]) }
  if (template === 'write-all') return { others: 'write', scopes: new Map() }
  if (!isTemplateMap(template)) return granted
  return { others: 'none', scopes: new Map(Object.entries(template).map(([scope, level]) => [scope, levels.find((each) => each === level) ?? 'none'])) }
}

/** The level of one scope. */
export const levelOf = ({ others, scopes }: Permissions, scope: string): Level => scopes.get(scope) ?? others

/** Every scope in which a called workflow asks for more than its caller grants. */
export function narrow(wanted: Permissions, granted: Permissions): { scope: string; wanted: Level; granted: Level }[] {
  return [...new Set([...wanted.scopes.keys(), ...granted.scopes.keys(), 'actions', 'contents', 'id-token'])]
    .map((scope) => ({ scope, wanted: levelOf(wanted, scope), granted: levelOf(granted, scope) }))
    .filter((each) => levels.indexOf(each.wanted) > levels.indexOf(each.granted))
}
