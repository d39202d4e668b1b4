import { listOf, objectOf, stringOf, type Json } from '../json.ts'
import type { Access } from './access.ts'
import { at } from './resource.ts'

interface Bound {
  /** `Group system:masters` */
  readonly subjects: readonly string[]
  /** Nothing where it holds everywhere. */
  readonly namespace: string | undefined
  readonly role: string
  readonly rules: readonly Json[]
}

/**
 * Which grant of these Roles, ClusterRoles and their bindings lets somebody do something, as `Role <namespace>/<name> <verb> <resource>.<group>`.
 * Throws where a binding names no role of them.
 */
export function grantsOf(objects: readonly Json[]): (access: Access) => string | undefined {
  const bound = objects.flatMap((binding) => (['RoleBinding', 'ClusterRoleBinding'].includes(String(binding['kind'])) ? [boundBy(binding, objects)] : []))
  return (access) => {
    if (access.groups.includes('system:masters')) return 'Group system:masters'
    const who = [`User ${access.user}`, ...access.groups.map((group) => `Group ${group}`)]
    for (const { subjects, namespace, role, rules } of bound) {
      if (namespace !== undefined && namespace !== access.namespace) continue
      if (subjects.some((subject) => who.includes(subject)) && rules.some((rule) => covers(rule, access))) return `${role} ${access.verb} ${access.resource}${access.group === '' ? '' : `.${access.group}`}`
    }
    return undefined
  }
}

function boundBy(binding: Json, objects: readonly Json[]): Bound {
  const namespace = binding['kind'] === 'RoleBinding' ? stringOf(at(binding, 'metadata', 'namespace')) : undefined
  const [kind, name] = [at(binding, 'roleRef', 'kind'), at(binding, 'roleRef', 'name')].map(String)
  const role = objects.find((one) => one['kind'] === kind && at(one, 'metadata', 'name') === name && (kind === 'ClusterRole' || at(one, 'metadata', 'namespace') === namespace))
  if (role === undefined) throw new Error(`the binding ${String(at(binding, 'metadata', 'name'))} names the ${String(kind)} ${String(name)}, which there is not`)
  return {
    subjects: listOf(binding['subjects']).map((subject) => `${String(at(subject, 'kind'))} ${String(at(subject, 'name'))}`),
    namespace,
    role: `${String(kind)} ${kind === 'Role' ? `${namespace ?? ''}/` : ''}${String(name)}`,
    rules: listOf(role['rules']).map(objectOf),
  }
}

function covers(rule: Json, { verb, group, resource, name }: Access): boolean {
  const names = listOf(rule['resourceNames'])
  const has = (field: string, wanted: string): boolean => listOf(rule[field]).some((value) => value === wanted || value === '*')
  return has('apiGroups', group) && has('resources', resource) && has('verbs', verb) && (names.length === 0 || names.includes(name))
}
