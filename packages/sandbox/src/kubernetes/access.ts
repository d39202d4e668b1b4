import { stringOf, type Json } from '../json.ts'
import type { Identity } from '../sts.ts'
import type { Kind } from './kinds.ts'
import { at } from './resource.ts'
import { refuse } from './status.ts'

/** One thing that somebody wants to do. */
export interface Access {
  readonly user: string
  readonly groups: readonly string[]
  /** `get`, `list`, `watch`, `create`, `update`, `patch`, `delete` */
  readonly verb: string
  readonly group: string
  /** With the subresource: `deployments/scale`. */
  readonly resource: string
  readonly namespace: string
  readonly name: string
}

/** What is refused: where every named field is equal, or where the function says so. */
export type DenyRule = { readonly verb?: string; readonly resource?: string; readonly namespace?: string; readonly user?: string } | ((access: Access) => boolean)

/** The rights of all: everything, but for the rules. */
export class Rights {
  readonly #rules = new Set<DenyRule>()

  /** Adds a rule; the answer takes it back. */
  deny(rule: DenyRule): () => void {
    this.#rules.add(rule)
    return () => {
      this.#rules.delete(rule)
    }
  }

  allows(access: Access): boolean {
    return ![...this.#rules].some((rule) =>
      typeof rule === 'function'
        ? rule(access)
        : (rule.verb ?? access.verb) === access.verb && (rule.resource ?? access.resource) === access.resource && (rule.namespace ?? access.namespace) === access.namespace && (rule.user ?? access.user) === access.user,
    )
  }

  /** Refuses with 403 what the rules deny. */
  need(identity: Identity, verb: string, kind: Kind, namespace = '', name?: string, subresource?: string): void {
    const resource = subresource === undefined ? kind.plural : `${kind.plural}/${subresource}`
    if (this.allows({ user: identity.username, groups: identity.groups, verb, group: kind.group, resource, namespace, name: name ?? '' })) return
    const where = namespace === '' ? 'at the cluster scope' : `in the namespace "${namespace}"`
    throw refuse.forbidden(kind, name, `User "${identity.username}" cannot ${verb} resource "${resource}" in API group "${kind.group}" ${where}`)
  }

  /** Answers a SelfSubjectAccessReview. */
  review(identity: Identity, review: Json): Json {
    const asked = (field: string): string => stringOf(at(review, 'spec', 'resourceAttributes', field)) ?? ''
    const subresource = asked('subresource')
    const allowed = this.allows({
      user: identity.username,
      groups: identity.groups,
      verb: asked('verb'),
      group: asked('group'),
      resource: subresource === '' ? asked('resource') : `${asked('resource')}/${subresource}`,
      namespace: asked('namespace'),
      name: asked('name'),
    })
    return { kind: 'SelfSubjectAccessReview', apiVersion: 'authorization.k8s.io/v1', metadata: { creationTimestamp: null }, spec: review['spec'], status: { allowed, ...(allowed ? { reason: 'RBAC: allowed by the sandbox' } : {}) } }
  }
}
