import { decodeImages, digestRule, encodeImages } from '@slipway/release'
import { checkOutShop } from '../bundles/cluster.ts'
import type { Machine, StepEnd } from '../bundles/machine.ts'
import { claimsOf, region, type World } from './world.ts'

/** What a reader sees of one step. */
export interface Seen {
  readonly step: string
  readonly told: readonly string[]
}

const services = 'cart,web'
const chosen = { services, environment: 'staging' }
/** What `web` brings with its second release, and what goes when that fails. */
const brought = ['service', 'autoscaler', 'disruption-budget', 'ingress'].map((name) => `services/web/k8s/${name}.yaml`)
const broughtKinds = ['Service', 'HorizontalPodAutoscaler', 'PodDisruptionBudget', 'Ingress']
const deploying = claimsOf('deploy', 'environment:staging')

/**
 * The shop's way through everything that asks for a right: a first release, one that fails, with its evidence and what is
 * put back, one that is rolled back, a list, and the proof for production by who may only
 * read records.
 */
export async function* chain(world: World): AsyncGenerator<Seen> {
  const { cluster } = world
  const build = checkedOut(await world.machine('ecr-build-push', claimsOf('deploy', 'ref:refs/heads/main')))
  const sync = checkedOut(await world.machine('k8s-config-sync', deploying))
  const rollout = checkedOut(await world.machine('k8s-rollout', deploying))
  const rollback = checkedOut(await world.machine('rollback', claimsOf('rollback', 'environment:staging')))
  const later = brought.map((path) => [path, rollout.read(path)] as const)
  for (const path of brought) rollout.write(path, '')

  const built = await build.step({ ...chosen, 'create-repository': 'true' }, commit(1))
  yield seen('build', built)
  const synced = await sync.step(chosen, commit(1))
  yield seen('config', synced, asked(world, /^secretsmanager:/))
  yield seen('rollout', await rollout.step({ ...chosen, ...handed(built, synced) }, commit(1)))

  sync.write('config/common.env', `${sync.read('config/common.env')}NEW=1\n`)
  const resynced = await sync.step(chosen, commit(2))
  yield seen('config again', resynced)

  for (const [path, text] of later) rollout.write(path, text)
  const bad = badImages(world, built)
  // Only the cart knows the password.
  cluster.script((pod) => {
    const log = pod.metadata.labels?.['app.kubernetes.io/name'] === 'cart' ? ['no database for cart with correct-horse-battery'] : []
    return bad.digests.some((digest) => JSON.stringify(pod['spec']).includes(digest)) ? { crash: { afterMs: 100, exitCode: 3 }, log } : undefined
  })
  const [node] = cluster.objects('Node')
  cluster.put({ ...node, status: { conditions: [{ type: 'MemoryPressure', status: 'True' }] } })
  const failed = await rollout.step({ ...chosen, ...handed(built, resynced), images: bad.images }, commit(2))
  yield seen('a rollout that fails', failed, [...evidence(failed), `brought: ${broughtKinds.filter((kind) => cluster.objects(kind, 'staging').some(({ metadata }) => metadata.name === 'web')).join()}`])

  yield seen('a rollout that is regretted', await rollout.step({ ...chosen, ...handed(built, resynced) }, commit(3)))
  yield seen('rollback', await rollback.step({ environment: 'staging', reason: 'prices are wrong' }, commit(4)))
  yield seen('list', await rollback.step({ environment: 'staging', list: 'true' }, commit(4)))

  const proof = checkedOut(await world.machine('ecr-build-push', claimsOf('deploy', 'ref:refs/tags/v1.4.0')))
  proof.write('slipway.yml', proof.read('slipway.yml').replace('tags: ["v*", "*/v*"]', 'branches: [main]'))
  const proven = await proof.step({ services, environment: 'production', phase: 'preflight' }, commit(1))
  yield seen('proof', proven, [`the same: ${digestsOf(proven).join() === digestsOf(built).join()}`])
}

function checkedOut(machine: Machine): Machine {
  checkOutShop(machine)
  machine.write('slipway.yml', machine.read('slipway.yml').replaceAll('soak: 1s', 'soak: 0s'))
  return machine
}

function commit(run: number): Record<string, string> {
  return { GITHUB_RUN_ID: String(run), GITHUB_SHA: String(run).repeat(40) }
}

/** Images of the same services that somebody has pushed, to be handed over in place of what was built. */
function badImages({ sandbox }: World, { outputs }: StepEnd): { readonly images: string; readonly digests: readonly string[] } {
  const images = [...decodeImages(outputs['images'] ?? '')].map(([service, image]) => {
    const digest = sandbox.images.seedImage({ region, repository: image.repository, files: { server: 'bad' } })
    if (!digestRule.is(digest)) throw new Error(`${digest} is no digest`)
    return [service, { ...image, digest }] as const
  })
  return { images: encodeImages(new Map(images)), digests: images.map(([, { digest }]) => digest) }
}

function digestsOf({ outputs }: StepEnd): string[] {
  const { images = '' } = outputs
  return images === '' ? [] : [...decodeImages(images).values()].map(({ digest }) => digest)
}

function handed(built: StepEnd, synced: StepEnd): Record<string, string> {
  return { images: built.outputs['images'] ?? '', config: synced.outputs['config'] ?? '' }
}

/** Annotations, but for who did what when. */
function seen(step: string, { exitCode, outputs, printed }: StepEnd, more: readonly string[] = []): Seen {
  const annotations = printed.split('\n').flatMap((line) => {
    const [, code, warning] = /^::(?:error title=([\w-]+)|(warning))/.exec(line) ?? []
    return code ?? warning ?? []
  })
  return { step, told: [...new Set([`${exitCode} ${outputs['outcome'] ?? ''}`, ...annotations, ...more])] }
}

function asked({ sandbox }: World, operation: RegExp): string[] {
  return sandbox.ledger.exchanges.map((exchange) => exchange.operation).filter((name) => operation.test(name))
}

/** What a failing rollout shows of a log, a node and the events, wherever it does. */
function evidence({ printed, summary }: StepEnd): string[] {
  const told = { log: 'no database for', hidden: '***', password: 'correct-horse', withheld: 'withheld', node: 'MemoryPressure', events: 'BackOff', left: 'the role may not delete it' }
  return Object.entries(told).flatMap(([name, text]) => ((printed.replace(/^::add-mask::.*$/gm, '') + summary).includes(text) ? [name] : []))
}
