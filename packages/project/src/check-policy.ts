import { isJsonObject } from '@slipway/release'
import type { Problems } from '@slipway/report'
import type { NodePath, PlacedDocument } from './document.ts'
import type { Environment, Policy } from './project.ts'
import type { EnvironmentText, PolicyText } from './schema.ts'
import { insteadOf } from './suggestion.ts'

type Complain = (path: NodePath, what: string, why: string, next: string) => void

/** Rules between the environments of a file, each broken one told at its place. What `extends` brings is checked where the two are joined. */
export function checkPolicy(policy: Policy, text: Pick<PolicyText, 'environments' | 'extends'> & { readonly isPart?: boolean }, document: PlacedDocument, problems: Problems): void {
  const complain: Complain = (path, what, why, next) => {
    problems.add({ code: 'project-file-invalid', what, at: document.place(path), why, next })
  }
  const known = [...policy.environments.keys()]
  const isWhole = text.extends === undefined && text.isPart !== true
  if (!isNamed(document) && isWhole) complain([], 'the file names no environment', 'without one there is nowhere to deploy to', 'write `environments:`, or name by `extends:` the file that has them')
  for (const environment of policy.environments.values()) {
    const { name, requires } = environment
    checkTargets(environment, complain)
    checkWaves(environment, text.environments[name]?.rollout.order, complain)
    if (requires === undefined) continue
    const path = ['environments', name, 'requires', 'environment']
    if (requires.environment === name) complain(path, `the environment ${name} requires itself`, 'a release is proven somewhere else before', 'name the environment that comes before it')
    else if (!policy.environments.has(requires.environment) && isWhole) {
      complain(path, `the environment ${name} requires "${requires.environment}", which there is not`, `the environments are ${known.join(', ')}`, insteadOf(requires.environment, known))
    }
  }
}

/** An empty map is a choice, a file without one an oversight. */
function isNamed({ value }: PlacedDocument): boolean {
  return isJsonObject(value) && 'environments' in value
}

function checkTargets({ name, targets }: Environment, complain: Complain): void {
  const seen = new Set<string>()
  targets.forEach((target, index) => {
    const path = ['environments', name, 'targets', index]
    if (seen.has(target.name)) complain([...path, 'name'], `the environment ${name} has two targets "${target.name}"`, 'a target is chosen by its name', 'rename one of the two')
    seen.add(target.name)
    const account = target.role?.split(':')[4]
    if (account !== undefined && target.expectedAccount !== undefined && account !== target.expectedAccount) {
      complain([...path, 'expected-account'], `the target ${target.name} expects another account than its role's`, `the role belongs to ${account}`, 'correct one of the two')
    }
  })
}

/** A target that no wave names would never be deployed to. */
function checkWaves({ name, targets }: Environment, order: EnvironmentText['rollout']['order'] | undefined, complain: Complain): void {
  if (order === undefined || typeof order === 'string') return
  const path = ['environments', name, 'rollout', 'order']
  const known = targets.map((target) => target.name)
  const named = order.flat()
  for (const [index, one] of named.entries()) {
    if (!known.some((target) => target === one)) complain(path, `the order of ${name} names the target "${one}", which there is not`, `its targets are ${known.join(', ')}`, insteadOf(one, known))
    else if (named.indexOf(one) !== index) complain(path, `the order of ${name} names the target ${one} twice`, 'each target is deployed to once', 'keep one of the two')
  }
  for (const target of known) if (!named.includes(target)) complain(path, `the order of ${name} leaves the target ${target} out`, 'it would never be deployed to', 'add it to a wave')
}
