import { wantedService, type WantedService } from '@slipway/delivery'
import { substitute } from '@slipway/project'
import { canonicalJson, isJsonObject, type Namespace } from '@slipway/release'
import { list, type Problems } from '@slipway/report'
import {
  admit,
  configurationReferences,
  containerImages,
  listAt,
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
  refuseFixedNames(source, [workload, ...supporting], problems)
  const references = configurationReferences(workload.object)
  const isUsed = (declared: DeclaredObject): boolean => references.some((reference) => isOf(reference, declared))
  const wanted: WantedService = {
    service: source.service,
    workload: { ...workload, object: pinned(source, workload) },
    supporting,
    images: source.image === undefined ? {} : { [source.image.repository]: source.image.digest },
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
  const { image } = source
  return image === undefined ? named : rewriteImages(named, image.host, new Map([[image.repository, image.digest]]))
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

/** Places whose name cannot be changed to that of a version: the object would never be found. */
function refuseFixedNames(source: WantedManifests, documents: readonly ManifestDocument[], problems: Problems): void {
  const secrets = source.configuration.filter(({ kind }) => kind === 'Secret').map(({ name }) => name)
  for (const document of documents) {
    const pulls = listAt(document.object, 'spec', 'template', 'spec', 'imagePullSecrets').map((_, index) => ['spec', 'template', 'spec', 'imagePullSecrets', index, 'name'])
    const tls = document.kind === 'Ingress' ? listAt(document.object, 'spec', 'tls').map((_, index) => ['spec', 'tls', index, 'secretName']) : []
    for (const path of [...pulls, ...tls]) {
      const name = textAt(document.object, ...path)
      if (name === undefined || !secrets.includes(name)) continue
      problems.add({
        code: 'manifest-refused',
        what: `${objectText(document)} uses the Secret ${name} at ${path.join('.')}`,
        at: document.place(path),
        why: `${source.service} declares ${name}, so that its object is named by its content, and this place takes a fixed name only`,
        next: `make the Secret outside of ${source.service}'s \`secrets\`, under a name of its own`,
      })
    }
  }
}
