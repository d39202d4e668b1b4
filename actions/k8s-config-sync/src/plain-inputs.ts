import { clusterRule, configNameRule, flag, invalid, keyValues, lines, named, required, safePath, secretTypeRule, unsafePath, type InputValues, type SharedInputs } from '@slipway/project'
import { namespaceRule, regionRule, targetRule, type NameRule, type Region } from '@slipway/release'
import type { Problems } from '@slipway/report'
import { until } from './phase.ts'
import { readLabels } from './labels.ts'
import { parseSecretLines } from './secret-lines.ts'
import type { Settings, WantedObject } from './settings.ts'

/** One object in one namespace, as the plain inputs say it. Undefined where problems leave nothing to work with. */
export function plainSettings(values: InputValues, shared: SharedInputs, environment: Readonly<Record<string, string | undefined>>, problems: Problems): Settings | undefined {
  for (const input of ['environment', 'targets', 'project-file']) {
    if ((values[input] ?? '').trim() === '') continue
    problems.add({ code: 'input-conflict', what: `the inputs "cluster" and "${input}" are both given`, why: 'with "cluster" the project file is not read', next: `leave one of the two out` })
  }
  const cluster = named(values, 'cluster', problems, clusterRule)
  const namespace = needed(values, 'namespace', namespaceRule, problems)
  const name = needed(values, 'name', configNameRule, problems)
  const region = shared.region ?? regionFrom(environment, problems)
  const configPath = safePath(values, 'config-path', problems) ?? '.'
  const labels = readLabels(values, problems)
  const service = serviceOf(shared, problems)
  const wanted = name === undefined ? undefined : wantedObject(values, name, service, { SLIPWAY_REGION: region ?? '', SLIPWAY_TARGET: 'default' }, problems)
  const target = 'default'
  if (cluster === undefined || namespace === undefined || region === undefined || wanted === undefined || !targetRule.is(target)) return undefined
  return {
    configPath,
    labels,
    until: until(shared),
    targets: [
      {
        name: target,
        region,
        cluster,
        namespace,
        ...(shared.role === undefined ? {} : { role: shared.role }),
        ...(shared.expectedAccount === undefined ? {} : { expectedAccount: shared.expectedAccount }),
        layers: [{ folder: '', inner: [] }],
        objects: [wanted],
      },
    ],
  }
}

function wantedObject(values: InputValues, name: string, service: string | undefined, builtIn: Readonly<Record<string, string>>, problems: Problems): WantedObject | undefined {
  const files = paths(values, 'files', problems)
  const envFiles = paths(values, 'env-files', problems)
  const literals = Object.fromEntries(keyValues(values, 'literals', problems))
  const template = flag(values, 'template', problems, false)
  const type = named(values, 'type', problems, secretTypeRule)
  const keys = parseSecretLines(values, problems)
  const own = { name, ...(service === undefined ? {} : { service }) }
  const isConfig = ['files', 'env-files', 'literals'].some((input) => lines(values, input).length > 0)
  const isSecret = lines(values, 'secrets').length > 0
  if (isConfig && isSecret) {
    problems.add({ code: 'input-conflict', what: 'the input "secrets" stands beside "files", "env-files" or "literals"', why: 'one use of the action makes one object, a Secret or a ConfigMap', next: 'use the action twice, or a project file' })
  }
  if (!isConfig && !isSecret) {
    problems.add({ code: 'input-missing', what: `nothing says what "${name}" is to hold`, why: 'none of the inputs "files", "env-files", "literals", "secrets" is given', next: 'give one of them' })
    return undefined
  }
  if (isSecret) {
    if (template) problems.add({ code: 'input-conflict', what: 'the inputs "template" and "secrets" are both given', why: 'values of secrets are never changed', next: 'leave "template" out' })
    return { kind: 'Secret', ...own, type: type ?? 'Opaque', source: { keys } }
  }
  if (type !== undefined) problems.add({ code: 'input-conflict', what: 'the input "type" is given without "secrets"', why: 'only a Secret has a type', next: 'leave "type" out' })
  const variables = service === undefined ? builtIn : { ...builtIn, SLIPWAY_SERVICE: service }
  return { kind: 'ConfigMap', ...own, files, envFiles, literals, ...(template ? { variables } : {}) }
}

function paths(values: InputValues, input: string, problems: Problems): string[] {
  return lines(values, input).filter((path) => {
    const reason = unsafePath(path)
    if (reason !== undefined) invalid(input, path, reason, 'write a path relative to "config-path", that stays inside it', problems)
    return reason === undefined
  })
}

function needed<Name extends string>(values: InputValues, input: string, rule: NameRule<Name>, problems: Problems): Name | undefined {
  return required(values, input, problems) === undefined ? undefined : named(values, input, problems, rule)
}

function serviceOf({ services }: SharedInputs, problems: Problems): string | undefined {
  if (services !== 'all' && services.length <= 1) return services[0]
  problems.add({ code: 'input-conflict', what: 'the inputs "cluster" and several "services" are given', why: 'an object belongs to one service', next: 'name one service or none' })
  return undefined
}

function regionFrom(environment: Readonly<Record<string, string | undefined>>, problems: Problems): Region | undefined {
  const region = environment['AWS_REGION'] ?? environment['AWS_DEFAULT_REGION'] ?? ''
  if (regionRule.is(region)) return region
  problems.add({ code: 'input-missing', what: 'the input "region" is missing', why: 'it says where the cluster is, and AWS_REGION is not set either', next: 'give the region of the cluster' })
  return undefined
}
