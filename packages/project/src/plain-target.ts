import { namespaceRule, regionRule, targetRule, type Region } from '@slipway/release'
import type { Problems } from '@slipway/report'
import { named, required, type InputValues } from './fields.ts'
import type { Target } from './project.ts'
import { defaultRecordNamespace } from './project-of.ts'
import { clusterRule } from './rules.ts'
import type { SharedInputs } from './shared-inputs.ts'

/** Whether the inputs name the cluster themselves, so that no project file is read. */
export function isPlain(values: InputValues): boolean {
  return !isBlank(values, 'cluster')
}

/** The target `default` that the inputs `cluster`, `namespace` and `region` name. Undefined where problems leave none. */
export function plainTarget(values: InputValues, shared: SharedInputs, environment: Readonly<Record<string, string | undefined>>, problems: Problems): Target | undefined {
  for (const input of ['environment', 'targets', 'project-file']) {
    if (isBlank(values, input)) continue
    problems.add({ code: 'input-conflict', what: `the inputs "cluster" and "${input}" are both given`, why: 'with "cluster" the project file is not read', next: 'leave one of the two out' })
  }
  const cluster = named(values, 'cluster', problems, clusterRule)
  const namespace = required(values, 'namespace', problems) === undefined ? undefined : named(values, 'namespace', problems, namespaceRule)
  const region = shared.region ?? (isBlank(values, 'region') ? regionOf(environment, problems) : undefined)
  const name = 'default'
  if (cluster === undefined || namespace === undefined || region === undefined || !targetRule.is(name)) return undefined
  return {
    name,
    region,
    cluster,
    namespace,
    recordNamespace: defaultRecordNamespace(),
    variables: {},
    ...(shared.role === undefined ? {} : { role: shared.role }),
    ...(shared.expectedAccount === undefined ? {} : { expectedAccount: shared.expectedAccount }),
  }
}

/** Tells of each input that only counts beside `cluster`. */
export function refusePlainInputs(values: InputValues, inputs: readonly string[], { projectFile }: SharedInputs, problems: Problems): void {
  for (const input of inputs) {
    if (isBlank(values, input)) continue
    problems.add({ code: 'input-conflict', what: `the input "${input}" is given without "cluster"`, why: `without "cluster", ${projectFile} says what goes where`, next: `leave "${input}" out, or give "cluster", too` })
  }
}

function regionOf(environment: Readonly<Record<string, string | undefined>>, problems: Problems): Region | undefined {
  const region = environment['AWS_REGION'] ?? environment['AWS_DEFAULT_REGION'] ?? ''
  if (regionRule.is(region)) return region
  problems.add({ code: 'input-missing', what: 'the input "region" is missing', why: 'it says where the cluster is, and AWS_REGION is not set either', next: 'give the region of the cluster' })
  return undefined
}

function isBlank(values: InputValues, input: string): boolean {
  return (values[input] ?? '').trim() === ''
}
