import { ApiError } from '@slipway/kubernetes'
import { granting, list, redact, secretForms, type Failure } from '@slipway/report'
import { TransportError } from '@slipway/wire'
import { utf8, type VersionedObject } from './config-object.ts'
import type { SyncTarget } from './settings.ts'

/** What an API server's refusal, or its silence, means for one object. Anything else is thrown on. */
export function refusal(error: unknown, target: SyncTarget, action: string, wanted?: VersionedObject): Failure {
  if (error instanceof TransportError) {
    return { code: 'unreachable', what: `no answer came to: ${action}`, where: `target ${target.name}`, why: error.message, next: 'run again: what was written is found, and nothing is written twice' }
  }
  if (!(error instanceof ApiError)) throw error
  const where = `target ${target.name}, namespace ${target.namespace}`
  const why = redact(error.message, wanted?.content.kind === 'Secret' ? secretTexts(wanted) : [])
  const [, absent] = error.status === 404 ? (/^namespaces "([^"]*)" not found/.exec(error.message) ?? []) : []
  if (absent === target.recordNamespace && absent !== target.namespace) return lockNamespaceMissing(target)
  if (absent !== undefined) {
    return { code: 'namespace-missing', what: `the namespace ${target.namespace} of the target ${target.name} does not exist`, why: 'namespaces are never created by a sync', next: 'correct the target, or have the namespace created' }
  }
  if (error.status === 401 || error.status === 403) {
    const isOfRecords = target.recordNamespace !== target.namespace && error.message.includes(`"${target.recordNamespace}"`)
    return { code: 'access-denied', what: `the role may not ${action}`, where, why, next: granting(isOfRecords ? 'records' : 'deploy') }
  }
  if (error.isOwned) {
    const owners = list([...new Set(error.owners.map(({ manager }) => manager))])
    return { code: 'ownership-conflict', what: `${action} would change fields of others`, where, why: `they belong to ${owners}`, next: 'look who made an object of this name, and remove it if nobody needs it' }
  }
  return { code: 'cluster-refused', what: `the API server refused to ${action}`, where, why, next: 'mend what it names; where it asks for patience, run again' }
}

/** Said of the namespace that the locks are in. */
export function lockNamespaceMissing({ name, recordNamespace }: SyncTarget): Failure {
  return {
    code: 'record-namespace-missing',
    what: `the namespace ${recordNamespace} for the locks does not exist in the target ${name}`,
    why: 'an object of a fixed name is changed under the lock of its service, which lives there',
    next: 'make it once, with the rights of the deploy roles: `kubectl apply -f docs/rbac/records.yaml` of Slipway; docs/rights.md says to which group they belong',
  }
}

function secretTexts({ content }: VersionedObject): string[] {
  return [...content.values.values()].flatMap((bytes) => secretForms(utf8(bytes) ?? '')).sort((a, b) => b.length - a.length)
}
