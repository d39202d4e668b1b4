import { invalid, named, plainTarget, readPatience, type InputValues, type SharedInputs } from '@slipway/project'
import { accountRule, serviceRule, type ServiceName } from '@slipway/release'
import type { Problems } from '@slipway/report'
import { defaultLimits } from '@slipway/rollout'
import type { Place } from './settings.ts'

/** One namespace of one cluster, as the plain inputs say it. Undefined where problems leave nothing to work with. */
export function plainPlace(values: InputValues, shared: SharedInputs, environment: Readonly<Record<string, string | undefined>>, problems: Problems): Place | undefined {
  const patience = readPatience(values, problems)
  const account = named(values, 'registry-account', problems, accountRule) ?? shared.expectedAccount
  const services = serviceNames(shared, problems)
  const target = plainTarget(values, shared, environment, problems)
  if (target === undefined) return undefined
  return {
    targets: [{ target, registries: [{ region: target.region, ...(account === undefined ? {} : { account }) }] }],
    leftOut: [],
    ...(services === undefined ? {} : { services }),
    patience: { soakMs: defaultLimits.soakMs, ...patience },
  }
}

function serviceNames({ services }: SharedInputs, problems: Problems): ServiceName[] | undefined {
  if (services === 'all' || services.length === 0) return undefined
  return services.flatMap((name) => {
    if (serviceRule.is(name)) return [name]
    invalid('services', name, `each name must be ${serviceRule.rule}`, 'correct this name', problems)
    return []
  })
}
