import { Problems } from '@slipway/report'
import type { Policy, Project } from './project.ts'

/** A policy, and the file that says it. */
interface Said {
  readonly file: string
  readonly policy: Policy
}

/**
 * A file's policy with the one that it extends. Each environment, and the registry, is said by one of the two.
 * @throws Failed `project-file-invalid` for what both say, and for a required environment that neither has.
 */
export function joinedPolicy(own: Said, shared: Said): Policy {
  const problems = new Problems()
  const twice = (what: string): void => {
    problems.add({ code: 'project-file-invalid', what: `${what} is declared twice`, at: { file: own.file }, why: `${shared.file}, which it extends, declares it, too; policy is said in one place`, next: 'remove it from one of the two' })
  }
  for (const name of own.policy.environments.keys()) if (shared.policy.environments.has(name)) twice(`the environment ${name}`)
  if (own.policy.registry !== undefined && shared.policy.registry !== undefined) twice('the registry')
  const environments = new Map([...shared.policy.environments, ...own.policy.environments])
  for (const { name, requires } of environments.values()) {
    if (requires === undefined || environments.has(requires.environment)) continue
    problems.add({ code: 'project-file-invalid', what: `the environment ${name} requires "${requires.environment}", which there is not`, at: { file: own.file }, why: `the environments are ${[...environments.keys()].join(', ')}`, next: 'correct the name where it is required' })
  }
  problems.throwIfAny()
  const registry = own.policy.registry ?? shared.policy.registry
  return { environments, ...(registry === undefined ? {} : { registry }) }
}

/** The project with the policy in place of its own: a commit says what is deployed, and not where it may go. */
export function underPolicy({ configuration, services }: Project, { environments, registry }: Policy): Project {
  return { configuration, services, environments, ...(registry === undefined ? {} : { registry }) }
}
