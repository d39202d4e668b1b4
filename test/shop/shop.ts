import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { makePlan, parseProject, readShared, substitute, type Environment, type Plan, type Project, type Service } from '@slipway/project'
import { isJsonObject } from '@slipway/release'
import { Problems } from '@slipway/report'
import { admit, parseManifests, type AdmittedManifests } from '@slipway/rollout'

/** The example's folder. */
export const shop = join(import.meta.dirname, '../../examples/shop')

export const read = (path: string): string => readFileSync(join(shop, path), 'utf8')

/** The files that a pattern finds in the shop, sorted. */
export const find = (pattern: string): string[] => globSync(pattern, { cwd: shop }).sort()

export const project: Project = parseProject(read('slipway.yml'), 'slipway.yml')
export const services: readonly Service[] = [...project.services.values()]
export const environments: readonly Environment[] = [...project.environments.values()]

/** The plan of a click on a branch, or on a version tag for production. */
export function planOf(environment: string, names: string, ref = environment === 'production' ? 'refs/tags/v1.4.0' : 'refs/heads/main'): Plan {
  const problems = new Problems()
  const shared = readShared({ values: { environment, services: names } }, problems)
  problems.throwIfAny()
  const plan = makePlan(project, shared, { refName: ref.replace(/^refs\/(heads|tags)\//, ''), ref })
  if (plan === undefined) throw new Error(`there is no plan for ${environment}`)
  return plan
}

/** A service's manifests as a click applies them in the environment's first target, names not yet rewritten. */
export function admitted(environment: string, name: string): AdmittedManifests {
  const plan = planOf(environment, name)
  const [service, target] = [plan.services[0], plan.targets[0]]
  if (service?.manifests === undefined || target === undefined) throw new Error(`${name} has no manifests for ${environment}`)
  const problems = new Problems()
  const files = service.manifests.paths.flatMap((folder) => find(`${folder}/**/*`)).map((path) => ({ path, text: read(path) }))
  const parsed = parseManifests(files, problems)
  const variables = service.manifests.template ? plan.variables(service, target) : undefined
  const documents = parsed.map((document) => {
    const object = variables === undefined ? document.object : substitute(document.object, variables, document.place, problems)
    return isJsonObject(object) ? { ...document, object } : document
  })
  const manifests = admit(name, target.namespace, documents, problems)
  problems.throwIfAny()
  if (manifests === undefined) throw new Error(`${name} was not admitted to ${environment}, and nothing says why`)
  return manifests
}
