import { examineImage, sourceKey, type Checkout } from '@slipway/images'
import { insteadOf, shown, type Project, type RequiredEnvironment, type Service } from '@slipway/project'
import type { ProofWish } from '@slipway/release'
import { Failed, list, Problems } from '@slipway/report'
import type { Proof } from '@slipway/delivery'
import { short } from './decide.ts'
import type { Requirement, Settings } from './settings.ts'

/** What is asked for a proof, and where the commit's files are. */
export interface ProofPorts {
  readonly checkout: Checkout
  /** The commit that the workspace is checked out at; undefined where it is none. */
  readonly checkedOut: () => Promise<string | undefined>
  /** Under its policy. */
  readonly project: () => Promise<Project>
  readonly findProof: (wishes: readonly ProofWish[], required: RequiredEnvironment) => Promise<Proof>
  readonly say: (text: string) => void
}

/**
 * Sees that an environment has proven the images of a commit: those of the service, or of all. The sources are read in
 * the checkout, so that must be the commit's.
 * @throws Failed `not-proven` for every service at once; `input-conflict` where another commit is checked out.
 */
export async function confirmProven(requirement: Requirement, { service }: Pick<Settings, 'service'>, commit: string, ports: ProofPorts): Promise<void> {
  const checkedOut = await ports.checkedOut()
  if (checkedOut !== commit) {
    throw new Failed({
      code: 'input-conflict',
      what: `${short(commit)} is to be released, but ${checkedOut === undefined ? 'no commit' : short(checkedOut)} is checked out`,
      why: `whether ${requirement.environment} has proven a commit is found by its files`,
      next: `check it out in an earlier step (\`ref: ${commit}\`), or leave "ref" out`,
    })
  }
  const project = await ports.project()
  const services = service === undefined ? [...project.services.values()] : [project.services.get(service)].filter((one) => one !== undefined)
  if (services.length === 0) throw unknown('service', service ?? '', [...project.services.keys()])
  const required = requiredBy(requirement, project)
  const problems = new Problems()
  const wishes = await Promise.all(services.map((one) => problems.tryAsync(() => wishOf(one, ports.checkout))))
  problems.throwIfAny()
  const { proven, unproven } = await ports.findProof(wishes.filter((wish) => wish !== undefined), required)
  for (const failure of unproven.values()) problems.add(failure)
  problems.throwIfAny()
  for (const [name, { head, target }] of proven) ports.say(`${name}: proven by revision ${head.sequence} in ${target} of ${required.name}`)
}

/** Undefined for a service without an image of its own, which needs no proof. */
async function wishOf({ name, image }: Service, checkout: Checkout): Promise<ProofWish | undefined> {
  if (image === undefined) return undefined
  const { source } = await examineImage(
    {
      service: name,
      ...image,
      platforms: image.platforms.length > 0 ? image.platforms : [checkout.platform],
      // Written as `id=env:NAME`; a line that is wrong is for ecr-build-push to tell.
      secretIds: image.secrets.map((line) => line.split('=')[0] ?? ''),
    },
    checkout,
  )
  return { service: name, repository: image.repository, sourceKey: sourceKey(source) }
}

/** The environment with the role that reads its records: the one that is given, or that of who requires it in the project file. */
function requiredBy({ environment: name, role }: Requirement, { environments }: Project): RequiredEnvironment {
  const environment = environments.get(name)
  if (environment === undefined) throw unknown('environment', name, [...environments.keys()])
  const roles = [...new Set([...environments.values()].flatMap(({ requires }) => (requires?.environment === name ? [requires.role] : [])))]
  if (role !== undefined && roles.length > 0 && !roles.includes(role)) {
    throw new Failed({ code: 'input-conflict', what: `the input "role" is ${shown(role)}, but the records of ${name} are read with ${list(roles, 'or')}`, why: 'what the project file says of an environment is policy, which an input cannot replace', next: 'leave the input "role" out, or give one of these' })
  }
  const [only, ...more] = role === undefined ? roles : [role]
  if (only === undefined || more.length > 0) {
    throw new Failed({ code: 'input-missing', what: `nothing says with which role the records of ${name} are read`, why: only === undefined ? `no environment of the project file requires ${name}` : `the project file names ${list([only, ...more])}`, next: 'give the input "role"' })
  }
  return { name, targets: environment.targets.map((target) => ({ ...target, role: only })) }
}

function unknown(kind: 'service' | 'environment', name: string, known: readonly string[]): Failed {
  return new Failed({ code: 'name-unknown', what: `there is no ${kind} ${shown(name)}`, why: `the project file declares: ${known.join(', ')}`, next: insteadOf(name, known) })
}
