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

/** The rights of all: what RBAC grants, without RBAC everything; but for the rules. */
export class Rights {
  readonly #rules = new Set<DenyRule>()
  readonly #granting: (access: Access) => string | undefined
  readonly #used: (grant: string) => void

  /** `used` is told each grant that lets a request through. */
  constructor(granting: (access: Access) => string | undefined = () => '', used: (grant: string) => void = () => undefined) {
    this.#granting = granting
    this.#used = used
  }

  /** Adds a rule; the answer takes it back. */
  deny(rule: DenyRule): () => void {
    this.#rules.add(rule)
    return () => {
      this.#rules.delete(rule)
    }
  }

  /** What grants an access; nothing where it is refused. */
  #grant(access: Access): string | undefined {
    const isDenied = [...this.#rules].some((rule) =>
      typeof rule === 'function'
        ? rule(access)
        : (rule.verb ?? access.verb) === access.verb && (rule.resource ?? access.resource) === access.resource && (rule.namespace ?? access.namespace) === access.namespace && (rule.user ?? access.user) === access.user,
    )
    return isDenied ? undefined : this.#granting(access)
  }

  /** Refuses with 403 what nobody may, or this one. */
  need(identity: Identity, verb: string, kind: Kind, where = '', name?: string, subresource?: string): void {
    const resource = subresource === undefined ? kind.plural : `${kind.plural}/${subresource}`
    // A request for one namespace counts as one in it.
    const namespace = kind.kind === 'Namespace' ? (name ?? '') : where
    const grant = this.#grant({ user: identity.username, groups: identity.groups, verb, group: kind.group, resource, namespace, name: name ?? '' })
    if (grant !== undefined) {
      this.#used(grant)
      return
    }
    const place = namespace === '' ? 'at the cluster scope' : `in the namespace "${namespace}"`
    throw refuse.forbidden(kind, name, `User "${identity.username}" cannot ${verb} resource "${resource}" in API group "${kind.group}" ${place}`)
  }

  /** Answers a SelfSubjectAccessReview. */
  review(identity: Identity, review: Json): Json {
    const asked = (field: string): string => stringOf(at(review, 'spec', 'resourceAttributes', field)) ?? ''
    const subresource = asked('subresource')
    const grant = this.#grant({
      user: identity.username,
      groups: identity.groups,
      verb: asked('verb'),
      group: asked('group'),
      resource: subresource === '' ? asked('resource') : `${asked('resource')}/${subresource}`,
      namespace: asked('namespace'),
      name: asked('name'),
    })
    const allowed = grant !== undefined
    return { kind: 'SelfSubjectAccessReview', apiVersion: 'authorization.k8s.io/v1', metadata: { creationTimestamp: null }, spec: review['spec'], status: { allowed, ...(allowed ? { reason: 'RBAC: allowed by the sandbox' } : {}) } }
  }
}
