import { choice, configModes, configNameRule, flag, invalid, lines, named, plainTarget, required, secretTypeRule, unsafePath, type ConfigMode, type InputValues, type SharedInputs } from '@slipway/project'
import { serviceRule, type ServiceName } from '@slipway/release'
import type { Problems } from '@slipway/report'
import { readConfigPath } from './config-path.ts'
import { keyedLines } from './keyed-lines.ts'
import { readLockPatience } from './lock-patience.ts'
import { until } from './phase.ts'
import { readLabels } from './labels.ts'
import { parseSecretLines } from './secret-lines.ts'
import type { Said, WantedObject } from './settings.ts'

/** One object in one namespace, as the plain inputs say it. */
export function plainSettings(values: InputValues, shared: SharedInputs, environment: Readonly<Record<string, string | undefined>>, problems: Problems): Said {
  const target = plainTarget(values, shared, environment, problems)
  const name = required(values, 'name', problems) === undefined ? undefined : named(values, 'name', problems, configNameRule)
  const configPath = readConfigPath(values, '.', problems)
  const labels = readLabels(values, problems)
  const service = serviceOf(shared, problems)
  const lockPatienceMs = readLockPatience(values, problems)
  const mode = modeOf(values, shared, problems)
  const wanted = wantedObject(values, { name: name ?? '', mode, ...(service === undefined ? {} : { service }) }, { SLIPWAY_REGION: target?.region ?? '', SLIPWAY_TARGET: 'default' }, problems)
  if (wanted === undefined || configPath === undefined) return {}
  const files = { layers: [{ folder: '', inner: [] }], objects: [wanted] }
  if (target === undefined || name === undefined) return { wanted: { configPath, targets: [{ name: 'default', ...files }] } }
  const settings = { configPath, labels, lockPatienceMs, until: until(shared), targets: [{ ...target, ...files }] }
  return { settings, wanted: settings }
}

function wantedObject(values: InputValues, own: Pick<WantedObject, 'name' | 'mode' | 'service'>, builtIn: Readonly<Record<string, string>>, problems: Problems): WantedObject | undefined {
  const files = paths(values, 'files', problems)
  const envFiles = paths(values, 'env-files', problems)
  const literals = Object.fromEntries(keyedLines(values, 'literals', problems))
  const template = flag(values, 'template', problems, false)
  const type = named(values, 'type', problems, secretTypeRule)
  const keys = parseSecretLines(values, problems)
  const { name, service } = own
  const isConfig = ['files', 'env-files', 'literals'].some((input) => lines(values, input).length > 0)
  const isSecret = lines(values, 'secrets').length > 0
  if (isConfig && isSecret) {
    problems.add({ code: 'input-conflict', what: 'the input "secrets" stands beside "files", "env-files" or "literals"', why: 'one use of the action makes one object, a Secret or a ConfigMap', next: 'use the action twice, or a project file' })
  }
  if (!isConfig && !isSecret) {
    problems.add({ code: 'input-missing', what: name === '' ? 'nothing says what the object is to hold' : `nothing says what "${name}" is to hold`, why: 'none of the inputs "files", "env-files", "literals", "secrets" is given', next: 'give one of them' })
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

/** A fixed name is changed under the lock of the service that the object belongs to. */
function modeOf(values: InputValues, { services }: SharedInputs, problems: Problems): ConfigMode {
  const mode = choice(values, 'mode', problems, configModes, 'versioned')
  if (mode !== 'versioned' && services.length === 0 && (values['services'] ?? '').trim() === '') {
    problems.add({ code: 'input-missing', what: 'the input "services" is missing', why: `with the mode ${mode} the object is changed under the lock of its service`, next: 'name the service that the object belongs to' })
  }
  return mode
}

function paths(values: InputValues, input: string, problems: Problems): string[] {
  return lines(values, input).filter((path) => {
    const reason = unsafePath(path)
    if (reason !== undefined) invalid(input, path, reason, 'write a path relative to "config-path", that stays inside it', problems)
    return reason === undefined
  })
}

function serviceOf({ services }: SharedInputs, problems: Problems): ServiceName | undefined {
  const [service, ...more] = services
  if (services === 'all' || more.length > 0) {
    problems.add({ code: 'input-conflict', what: 'the inputs "cluster" and several "services" are given', why: 'an object belongs to one service', next: 'name one service or none' })
    return undefined
  }
  if (service === undefined || serviceRule.is(service)) return service
  invalid('services', service, `it must be ${serviceRule.rule}`, 'correct the name', problems)
  return undefined
}
