import type { Resource } from './resource.ts'

/** A kind of object that the API serves. */
export interface Kind {
  readonly group: string
  readonly version: string
  readonly kind: string
  readonly plural: string
  readonly shortNames: readonly string[]
  readonly namespaced: boolean
  readonly verbs: readonly string[]
  /** `status` is a subresource: whoever writes the object cannot write it. */
  readonly hasStatus: boolean
  readonly hasGeneration: boolean
}

const ALL = ['create', 'delete', 'get', 'list', 'patch', 'update', 'watch']

/** group/version: kind, plural, marks, short names. Marks: C cluster-wide, S status apart, G counts generations, R only created (a review). */
const TABLE = `
v1                          Namespace namespaces CS ns
v1                          Node nodes C no
v1                          ConfigMap configmaps - cm
v1                          Secret secrets -
v1                          Service services S svc
v1                          ServiceAccount serviceaccounts - sa
v1                          Pod pods SG po
v1                          Event events - ev
v1                          ResourceQuota resourcequotas S quota
apps/v1                     Deployment deployments SG deploy
apps/v1                     ReplicaSet replicasets SG rs
autoscaling/v2              HorizontalPodAutoscaler horizontalpodautoscalers S hpa
policy/v1                   PodDisruptionBudget poddisruptionbudgets SG pdb
networking.k8s.io/v1        Ingress ingresses SG ing
coordination.k8s.io/v1      Lease leases -
authorization.k8s.io/v1     SelfSubjectAccessReview selfsubjectaccessreviews CR
`

/** Every kind that is served. */
export const KINDS: readonly Kind[] = TABLE.trim().split('\n').map((line) => {
  const [groupVersion = '', kind = '', plural = '', marks = '', ...shortNames] = line.split(/\s+/)
  const [version = '', group = ''] = groupVersion.split('/').reverse()
  return {
    group,
    version,
    kind,
    plural,
    shortNames,
    namespaced: !marks.includes('C'),
    verbs: marks.includes('R') ? ['create'] : ALL,
    hasStatus: marks.includes('S'),
    hasGeneration: marks.includes('G'),
  }
})

/** The kind of that name; the names of our kinds differ between groups. */
export function kindNamed(name: string): Kind {
  const kind = KINDS.find((one) => one.kind === name)
  if (!kind) throw new Error(`The sandbox's Kubernetes serves no ${name}.`)
  return kind
}

export function apiVersionOf({ group, version }: Kind): string {
  return group === '' ? version : `${group}/${version}`
}

/** `deployments.apps`, as error texts name a resource. */
export function qualified({ plural, group }: Kind): string {
  return group === '' ? plural : `${plural}.${group}`
}

/** What a path of the API names. */
export interface Target {
  readonly kind: Kind
  readonly namespace: string | undefined
  readonly name: string | undefined
  readonly subresource: string | undefined
}

/** Reads a path of the API; nothing where none of our kinds is served. */
export function targetOf(pathname: string): Target | undefined {
  const [root, ...rest] = pathname.split('/').slice(1).map(decodeURIComponent)
  const group = root === 'api' ? '' : root === 'apis' ? rest.shift() : undefined
  const version = rest.shift()
  const namespace = rest[0] === 'namespaces' && rest.length > 2 ? rest.splice(0, 2)[1] : undefined
  const [plural, name, subresource, ...more] = rest
  const kind = KINDS.find((one) => one.group === group && one.version === version && one.plural === plural)
  const subresources = kind ? subresourcesOf(kind) : []
  if (!kind || more.length > 0 || (subresource !== undefined && !subresources.includes(subresource))) return undefined
  return { kind, namespace, name: name === '' ? undefined : name, subresource }
}

/** The subresources that this fake answers. */
export function subresourcesOf({ kind }: Kind): readonly string[] {
  return kind === 'Deployment' ? ['scale'] : kind === 'Pod' ? ['log'] : []
}

export function kindOf(object: Resource): Kind {
  return kindNamed(object.kind)
}
