import { insteadOf, invalid, lines, overlayPaths, shown, unsafePath, type InputValues, type Project } from '@slipway/project'
import type { ServiceName } from '@slipway/release'
import { Failed, type Problems } from '@slipway/report'

/** The paths that the input names, one a line. */
export function givenPaths(values: InputValues, problems: Problems): string[] {
  return lines(values, 'paths').flatMap((path) => {
    const reason = unsafePath(path)
    if (reason === undefined) return [plain(path)]
    invalid('paths', path, reason, 'write paths relative to the repository, one a line', problems)
    return []
  })
}

/**
 * What belongs to a service, by the project file: what its image is built from, its manifests, and its configuration
 * wherever an environment may lay it over. A path inside another is left out.
 * @throws Failed `name-unknown`, or `project-file-invalid` where nothing belongs to it.
 */
export function pathsOf(name: ServiceName, { services, configuration, environments }: Project, file: string): string[] {
  const service = services.get(name)
  if (service === undefined) throw new Failed({ code: 'name-unknown', what: `there is no service ${shown(name)}`, why: `${file} declares: ${[...services.keys()].join(', ')}`, next: insteadOf(name, [...services.keys()]) })
  const { image, manifests, config } = service
  const places = [...environments.values()].flatMap((environment) => environment.targets.map((target) => [environment.name, target.name] as const))
  const configured = [...config.values()].flatMap(({ files, envFiles }) => [...files, ...envFiles])
  const overlaid = configured.flatMap((path) => (places.length === 0 ? [path] : places.flatMap(([environment, target]) => overlayPaths(environment, target, path))))
  const paths = new Set(
    [
      ...(image === undefined ? [] : [image.context, `${image.context}/${image.dockerfile}`]),
      ...(manifests?.paths ?? []),
      ...overlaid.map((path) => `${configuration.path}/${path}`),
    ].map(plain),
  )
  if (paths.size === 0) throw new Failed({ code: 'project-file-invalid', what: `nothing in ${file} belongs to ${name}`, why: 'it has neither image nor manifests nor configuration, so no commit could be one of its', next: 'give the input "paths"' })
  return [...paths].filter((path) => ![...paths].some((other) => other !== path && isInside(path, other)))
}

/** Whether a path is in a folder, or is it. */
export function isInside(path: string, folder: string): boolean {
  return folder === '.' || path === folder || path.startsWith(`${folder}/`)
}

function plain(path: string): string {
  const parts = path.split('/').filter((part) => part !== '' && part !== '.')
  return parts.length === 0 ? '.' : parts.join('/')
}
