import { makePlan, refusePlainInputs, required, substituteText, type InputValues, type Plan, type Project, type SecretReference, type Service, type SharedInputs, type Target } from '@slipway/project'
import type { Problems } from '@slipway/report'
import { readConfigPath } from './config-path.ts'
import { readLockPatience } from './lock-patience.ts'
import { until } from './phase.ts'
import { readLabels } from './labels.ts'
import type { Layer, Said, WantedObject } from './settings.ts'

/** What the inputs are for that stand in the project file instead. */
const plainOnly = ['namespace', 'name', 'files', 'env-files', 'literals', 'secrets', 'type', 'template', 'mode'] as const

/**
 * The configuration of the services that were chosen, in every target that was chosen. Without a project, since it
 * cannot be read, the inputs are told all the same.
 */
export function projectSettings(values: InputValues, shared: SharedInputs, project: Project | undefined, source: { readonly ref: string; readonly refName: string }, problems: Problems): Said {
  refusePlainInputs(values, plainOnly, shared, problems)
  const configPath = readConfigPath(values, project?.configuration.path, problems)
  const labels = readLabels(values, problems)
  const lockPatienceMs = readLockPatience(values, problems)
  if (project === undefined) {
    for (const input of ['services', 'environment']) if ((values[input] ?? '').trim() === '') required(values, input, problems)
    return {}
  }
  const plan = problems.try(() => makePlan(project, shared, source))
  if (plan === undefined || configPath === undefined) return {}
  const environments = [...project.environments.keys()]
  const targets = plan.targets.map((target) => ({
    ...target,
    layers: layersOf(plan, target, environments),
    objects: plan.services.flatMap((service) => objectsOf(service, plan.variables(service, target), shared, problems)),
  }))
  const settings = { configPath, labels, lockPatienceMs, until: until(shared), targets, ...(plan.tag === undefined ? {} : { tag: plan.tag }) }
  return { settings, wanted: settings }
}

function layersOf({ environment }: Plan, target: Target, environments: readonly string[]): Layer[] {
  return [
    { folder: `${environment.name}/${target.name}`, inner: [] },
    { folder: environment.name, inner: environment.targets.map(({ name }) => name) },
    { folder: '', inner: environments },
  ]
}

function objectsOf(service: Service, variables: Readonly<Record<string, string>>, { projectFile }: SharedInputs, problems: Problems): WantedObject[] {
  const named = (reference: SecretReference): SecretReference => ({
    ...reference,
    secretId: substituteText(reference.secretId, variables, () => ({ file: projectFile }), problems),
  })
  const own = { service: service.name }
  return [
    ...[...service.config.values()].map(({ name, files, envFiles, literals, template, mode }): WantedObject => ({
      kind: 'ConfigMap',
      ...own,
      name,
      mode,
      files,
      envFiles,
      literals,
      ...(template ? { variables } : {}),
    })),
    ...[...service.secrets.values()].map(({ name, type, mode, from, keys }): WantedObject => ({
      kind: 'Secret',
      ...own,
      name,
      type,
      mode,
      source: from === undefined ? { keys: Object.fromEntries(Object.entries(keys).map(([key, reference]) => [key, named(reference)])) } : { whole: named(from) },
    })),
  ]
}
