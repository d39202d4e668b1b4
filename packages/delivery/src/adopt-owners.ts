import { isJsonObject, type JsonObject } from '@slipway/release'
import { count, list } from '@slipway/report'
import { listAt, objectAt, textAt } from '@slipway/rollout'
import { leavesOf } from './field-paths.ts'
import { fieldManager } from './marks.ts'

/** Whose fields are taken: those of hand edits, or those of everybody who deploys by hand or by script. */
export type Reach = 'hand' | 'all'

/** A manager of fields of an object, as the API server keeps it. */
export interface FieldOwner {
  readonly manager: string
  readonly operation: string
  readonly subresource?: string
  /** How many fields it owns. */
  readonly fields: number
}

/** The managers of an object's fields; the status, which no manifest has, is left out. */
export function ownersOf(live: JsonObject): FieldOwner[] {
  return entriesOf(live)
    .filter((entry) => textAt(entry, 'subresource') !== 'status')
    .map((entry) => {
      const subresource = textAt(entry, 'subresource')
      return {
        manager: textAt(entry, 'manager') ?? '',
        operation: textAt(entry, 'operation') ?? '',
        ...(subresource === undefined ? {} : { subresource }),
        fields: leavesOf(objectAt(entry, 'fieldsV1') ?? {}).length,
      }
    })
}

/** `kubectl-client-side-apply (Update, 12 fields)`. */
export function ownerText({ manager, operation, subresource, fields }: FieldOwner): string {
  return `${manager} (${operation}${subresource === undefined ? '' : ` of ${subresource}`}, ${count(fields, 'field')})`
}

/** All that is known of whose an object is: its managers, and the Helm release or the application that it is a part of. */
export function ownersText(live: JsonObject): string {
  const owners = ownersOf(live).map(ownerText)
  const helm = helmRelease(live)
  const reconciler = reconcilerOf(live)
  return [owners.length === 0 ? 'somebody who left no name' : list(owners, 'and'), helm, reconciler].filter((text) => text !== undefined).join('; ')
}

function helmRelease(live: JsonObject): string | undefined {
  const name = textAt(live, 'metadata', 'annotations', 'meta.helm.sh/release-name')
  if (name === undefined) return undefined
  return `it is of the Helm release ${name} in ${textAt(live, 'metadata', 'annotations', 'meta.helm.sh/release-namespace') ?? 'an unnamed namespace'}`
}

/**
 * Who puts the object back to what git says whenever it differs. Names as Argo CD documents them under "Resource
 * Tracking", and as Flux's kustomize-controller and helm-controller label what they apply.
 */
export function reconcilerOf(live: JsonObject): string | undefined {
  const label = (name: string): string | undefined => textAt(live, 'metadata', 'labels', name)
  const managers = ownersOf(live).map(({ manager }) => manager)
  const tracked = textAt(live, 'metadata', 'annotations', 'argocd.argoproj.io/tracking-id')?.split(':')[0]
  const isArgo = managers.some((manager) => /^argocd(-|$)/.test(manager))
  const application = tracked ?? label('argocd.argoproj.io/instance') ?? (isArgo ? (label('app.kubernetes.io/instance') ?? 'of unknown name') : undefined)
  if (application !== undefined) return `Argo CD reconciles it (application ${application})`
  for (const [group, kind] of [['kustomize', 'Kustomization'], ['helm', 'HelmRelease']] as const) {
    const name = label(`${group}.toolkit.fluxcd.io/name`)
    if (name !== undefined) return `Flux reconciles it (${kind} ${label(`${group}.toolkit.fluxcd.io/namespace`) ?? ''}/${name})`
  }
  return managers.some((manager) => /^(kustomize|helm)-controller$/.test(manager)) ? 'Flux reconciles it' : undefined
}

/** The object that made this one and keeps it as it wants it. */
export function controllerOf(live: JsonObject): string | undefined {
  const owner = listAt(live, 'metadata', 'ownerReferences').find((one) => isJsonObject(one) && one['controller'] === true)
  return owner === undefined ? undefined : `${textAt(owner, 'kind') ?? ''} ${textAt(owner, 'name') ?? ''}`
}

/** The entries of managedFields whose fields can be taken. What controllers own stays theirs, and so does every status. */
export function takenEntries(live: JsonObject, reach: Reach): JsonObject[] {
  return entriesOf(live).filter((entry) => {
    const [manager, subresource] = [textAt(entry, 'manager') ?? '', textAt(entry, 'subresource')]
    const isApply = textAt(entry, 'operation') === 'Apply'
    const isHand = !isApply && byHand.test(manager)
    if (reach === 'hand') return isHand && subresource === undefined
    if (subresource !== undefined) return subresource === 'scale' && manager.startsWith('kubectl')
    if (isApply) return !ours.test(manager) && !controllers.test(manager)
    return isHand || deployers.test(manager)
  })
}

/** What people type; a restart is not taken: it is a wish, and no content. */
const byHand = /^kubectl-(?!client-side-apply$|rollout$|last-applied$)/
/** Who deploys by Update: `before-first-apply` stands for all who wrote before the first server-side apply. */
const deployers = /^(kubectl|kubectl-client-side-apply|helm|before-first-apply|HashiCorp|[Tt]erraform.*)$/
const ours = new RegExp(`^${fieldManager}(-.*)?$`)
const controllers = /^kube-|controller|operator|autoscaler|webhook|injector/

/** Whether an entry is a controller's or an autoscaler's. */
export function isControllers(entry: JsonObject): boolean {
  return textAt(entry, 'subresource') !== undefined || controllers.test(textAt(entry, 'manager') ?? '')
}

/** The entries of an object's managedFields. */
export function entriesOf(live: JsonObject): JsonObject[] {
  return listAt(live, 'metadata', 'managedFields').filter(isJsonObject)
}

/** Whether an entry is what server-side apply under our own name has left. */
export function isOwnApply(entry: JsonObject): boolean {
  return textAt(entry, 'manager') === fieldManager && textAt(entry, 'operation') === 'Apply' && textAt(entry, 'subresource') === undefined
}
