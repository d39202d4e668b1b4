import type { AccountId } from '@slipway/release'
import { list, type Problems } from '@slipway/report'
import type { Plan } from './plan.ts'
import type { Target } from './project.ts'
import type { SharedInputs } from './shared-inputs.ts'

/** The one target of a plan, for actions that work on one a step. Undefined where there are several: that is a problem. */
export function onlyTarget({ targets, environment }: Plan, problems: Problems): Target | undefined {
  const [target, ...more] = targets
  if (more.length === 0) return target
  problems.add({
    code: 'input-conflict',
    what: `the environment ${environment.name} has ${targets.length} targets: ${list(targets.map(({ name }) => name))}`,
    why: 'this version works on one target a step',
    next: 'name one by the input "targets", in a step or a matrix job for each',
  })
  return undefined
}

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
