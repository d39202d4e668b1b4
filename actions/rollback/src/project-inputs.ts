import { makePlan, named, patienceOf, readPatience, refusePlainInputs, registryAccount, type InputValues, type Project, type Registry, type SharedInputs, type Target } from '@slipway/project'
import { accountRule, type AccountId } from '@slipway/release'
import type { Problems } from '@slipway/report'
import { defaultLimits } from '@slipway/rollout'
import type { Place, TargetSettings } from './settings.ts'

/**
 * The targets of the environment: all, unless some were chosen. No branch is asked for: what goes back was allowed when it came.
 * @throws Failed where names are unknown, or inputs contradict the project file.
 */
export function projectPlace(values: InputValues, shared: SharedInputs, project: Project, problems: Problems): Place | undefined {
  refusePlainInputs(values, ['namespace'], shared, problems)
  const given = { account: named(values, 'registry-account', problems, accountRule), patience: readPatience(values, problems) }
  const isNamed = shared.services !== 'all' && shared.services.length > 0
  const plan = makePlan(project, { ...shared, services: isNamed ? shared.services : 'all' }, 'recorded')
  if (plan === undefined) return undefined
  const account = registryAccount(plan, given.account, shared, problems)
  const patience = patienceOf(given.patience, plan.environment, shared, problems)
  return {
    targets: plan.targets.map((target) => ({ target, registries: registriesOf(target, plan.registry, account) })),
    leftOut: plan.environment.targets.map(({ name }) => name).filter((name) => plan.targets.every((target) => target.name !== name)),
    ...(isNamed ? { services: plan.services.map(({ name }) => name) } : {}),
    patience: { soakMs: defaultLimits.soakMs, ...patience },
  }
}

/** What was recorded pulls from the target's own region where that had a copy by then, and else from the home region. */
function registriesOf(target: Target, registry: Registry | undefined, account: AccountId | undefined): TargetSettings['registries'] {
  const home = registry?.region ?? target.region
  const regions = registry?.regions.includes(target.region) === true ? [target.region, home] : [home]
  return [...new Set(regions)].map((region) => ({ region, ...(account === undefined ? {} : { account }) }))
}
