import { makePlan, named, onlyTarget, patienceOf, readPatience, refusePlainInputs, registryAccount, type InputValues, type Project, type SharedInputs } from '@slipway/project'
import { accountRule } from '@slipway/release'
import type { Problems } from '@slipway/report'
import { defaultLimits } from '@slipway/rollout'
import type { Place } from './settings.ts'

/**
 * The one target of the environment that was chosen. No branch is asked for: what goes back was allowed when it came.
 * @throws Failed where names are unknown, or inputs contradict the project file.
 */
export function projectPlace(values: InputValues, shared: SharedInputs, project: Project, problems: Problems): Place | undefined {
  refusePlainInputs(values, ['namespace'], shared, problems)
  const given = { account: named(values, 'registry-account', problems, accountRule), patience: readPatience(values, problems) }
  const isNamed = shared.services !== 'all' && shared.services.length > 0
  const plan = makePlan(project, { ...shared, services: isNamed ? shared.services : 'all' }, 'recorded')
  if (plan === undefined) return undefined
  const target = onlyTarget(plan, problems)
  const account = registryAccount(plan, given.account, shared, problems)
  const patience = patienceOf(given.patience, plan.environment, shared, problems)
  if (target === undefined) return undefined
  return {
    target,
    ...(isNamed ? { services: plan.services.map(({ name }) => name) } : {}),
    registry: { region: plan.registry?.region ?? target.region, ...(account === undefined ? {} : { account }) },
    patience: { soakMs: defaultLimits.soakMs, ...patience },
  }
}
