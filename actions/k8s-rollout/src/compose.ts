import { wantedService, type WantedService } from '@slipway/delivery'
import { substitute } from '@slipway/project'
import { canonicalJson, isJsonObject, type Namespace } from '@slipway/release'
import { list, type Problems } from '@slipway/report'
import {
  admit,
  configurationReferences,
  containerImages,
  objectAt,
  objectText,
  parseImage,
  parseManifests,
  rewriteConfiguration,
  rewriteImages,
  textAt,
  type ConfigurationReference,
  type ManifestDocument,
  type ManifestFile,
} from '@slipway/rollout'
import { fixedUses, isSecret, refuseVersioned, withContentMark } from './fixed-names.ts'
import type { DeclaredObject, WantedManifests } from './settings.ts'

/** A service as it is to be applied, with what is worth a warning though nothing is wrong. */
export interface ComposedService {
  readonly wanted: WantedService
  readonly warnings: readonly string[]
}

/** Puts variables, image and configuration into a service's manifests. Undefined where problems leave nothing to apply. */
export function compose(source: WantedManifests, files: readonly ManifestFile[], namespace: Namespace, repository: string, problems: Problems): ComposedService | undefined {
  const before = problems.all.length
  const documents = parseManifests(files, problems)
  // A file that cannot be read may be the one that holds the Deployment.
  if (problems.all.length > before) return undefined
  const rendered = documents.map((document) => withVariables(document, source, problems))
  const admitted = admit(source.service, namespace, rendered, problems)
  if (admitted === undefined) return undefined
  const { workload, supporting } = admitted
  checkImage(source, workload, problems)
  const uses = fixedUses([workload, ...supporting])
  refuseVersioned(source, uses, problems)
  const references = configurationReferences(workload.object)
  const isUsed = (declared: DeclaredObject): boolean => references.some((reference) => isOf(reference, declared)) || (declared.isFixed && uses.some(({ name }) => isSecret(declared, name)))
  const wanted: WantedService = {
    service: source.service,
    workload: { ...workload, object: pinned(source, workload) },
    supporting,
    images: source.image === undefined ? {} : { [source.image.repository]: source.image.digest },
    ...(source.image?.sourceKey === undefined ? {} : { sourceKeys: [source.image.sourceKey] }),
    configuration: Object.fromEntries(source.configuration.flatMap((declared) => (declared.synced !== undefined && isUsed(declared) ? [[declared.name, declared.synced]] : []))),
  }
  return {
    wanted: wantedService(wanted, repository),
    warnings: [
      ...source.configuration.filter((declared) => !isUsed(declared)).map(({ kind, name }) => `${source.service}: no manifest refers to the ${kind} ${name}`),
      ...(documents.some((document) => restartsAlways(document, source)) ? [`${source.service}: \${SLIPWAY_VERSION} in the pod template restarts the pods at every version, also when nothing else has changed`] : []),
    ],
  }
}

function withVariables(document: ManifestDocument, { variables }: WantedManifests, problems: Problems): ManifestDocument {
  if (variables === undefined) return document
  const object = substitute(document.object, variables, document.place, problems)
  return isJsonObject(object) ? { ...document, object, name: textAt(object, 'metadata', 'name') ?? document.name } : document
}

function restartsAlways({ object }: ManifestDocument, { variables }: WantedManifests): boolean {
  return variables !== undefined && canonicalJson(objectAt(object, 'spec', 'template') ?? {}).includes('${SLIPWAY_VERSION}')
}

function pinned(source: WantedManifests, workload: ManifestDocument): WantedService['workload']['object'] {
  const named = rewriteConfiguration(workload.object, (reference) => source.configuration.find((declared) => isOf(reference, declared))?.synced?.name)
  const marked = withContentMark(named, source.configuration)
  const { image } = source
  return image === undefined ? marked : rewriteImages(marked, image.host, new Map([[image.repository, image.digest]]))
}

function isOf({ kind, name }: ConfigurationReference, declared: DeclaredObject): boolean {
  return kind === declared.kind && name === declared.name
}

/** An image that no container runs would be reported as rolled out, while the old one goes on. */
function checkImage({ service, image }: WantedManifests, workload: ManifestDocument, problems: Problems): void {
  const running = containerImages(workload.object)
  if (image === undefined || running.some((text) => parseImage(text).repository === image.repository)) return
  problems.add({
    code: 'manifest-invalid',
    what: `no container of ${objectText(workload)} runs the image ${image.repository}`,
    at: workload.place(['spec', 'template', 'spec', 'containers']),
    why: `the containers name ${list(running)}; the digest is put where the repository is the same, whatever its host and tag`,
    next: `write \`image: ${image.repository}\` in the container of ${service}, or mend the repository of its image`,
  })
}
