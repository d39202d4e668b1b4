import type { AccountId } from '@slipway/release'
import type { Problems } from '@slipway/report'
import type { Plan } from './plan.ts'
import type { SharedInputs } from './shared-inputs.ts'

/** Whose registry a plan's pods pull from: the registry's account; the input `registry-account` may only repeat it, or stand in for it. */
export function registryAccount({ registry }: Plan, given: AccountId | undefined, { projectFile }: SharedInputs, problems: Problems): AccountId | undefined {
  if (given !== undefined && registry !== undefined && given !== registry.account) {
    problems.add({
      code: 'input-conflict',
      what: `the input "registry-account" is ${given}, but the registry has ${registry.account}`,
      why: `what ${projectFile} says of the registry is policy, which an input cannot replace`,
      next: 'leave the input "registry-account" out',
    })
  }
  return registry?.account ?? given
}
