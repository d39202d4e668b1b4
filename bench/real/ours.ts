import { Machine, type Disturbance, type StepEnd } from '../../test/bundles/machine.ts'
import { account, namespace, places } from '../../test/real/bed/up-down.ts'
import { nextRun } from '../../test/real/runs.ts'
import { manifestFile, manifestOf, repositoryOf, sourcesOf, type Fleet, type Shape } from './fleet.ts'
import type { Place } from './place.ts'

/** A repository with a project file, deployed by our bundles. */
export interface Ours {
  readonly fleet: Fleet
  /** Lays another state of a service's sources. */
  change(service: string, generation: number): void
  /** Lays another manifest of a service. */
  reshape(service: string, shape: Omit<Shape, 'image'>): void
  build(): Promise<StepEnd>
  /** Rolls out what was built last. */
  rollout(version: string, ...disturbances: readonly Disturbance[]): Promise<StepEnd>
  /** ecr-build-push and then k8s-rollout, as a workflow has them. */
  deploy(version: string, ...disturbances: readonly Disturbance[]): Promise<StepEnd>
  rollback(): Promise<StepEnd>
  close(): void
}

/** A runner's machine is new: nothing was compiled on it before. */
const newRun = (): Record<string, string> => ({ NODE_DISABLE_COMPILE_CACHE: '1', ...nextRun() })

export async function openOurs(place: Place, fleet: Fleet): Promise<Ours> {
  const [builder, deployer, rescuer] = [new Machine('ecr-build-push', place.ours), new Machine('k8s-rollout', place.ours), new Machine('rollback', place.ours)] as const
  const machines = [builder, deployer, rescuer]
  const write = (path: string, text: string): void => {
    for (const machine of machines) machine.write(path, text)
  }
  await place.registry.createRepositories(fleet.services.map(repositoryOf))
  write('slipway.yml', JSON.stringify(projectOf(fleet)))
  const said = { environment: namespace, services: 'all' }
  let images = ''
  const ours: Ours = {
    fleet,
    change(service, generation) {
      for (const [path, text] of Object.entries(sourcesOf(service, place.registry.base, generation))) write(`${service}/${path}`, text)
    },
    reshape(service, shape) {
      write(`${service}/${manifestFile}`, JSON.stringify(manifestOf(service, { image: repositoryOf(service), ...shape })))
    },
    async build() {
      const end = await builder.step(said, newRun())
      if (end.exitCode !== 0) throw new Error(end.printed)
      images = end.outputs['images'] ?? ''
      return end
    },
    rollout: (version, ...disturbances) => deployer.step({ ...said, images, version }, newRun(), {}, ...disturbances),
    async deploy(version, ...disturbances) {
      await ours.build()
      const end = await ours.rollout(version, ...disturbances)
      if (end.exitCode !== 0) throw new Error(end.printed)
      return end
    },
    async rollback() {
      const end = await rescuer.step({ environment: namespace, reason: 'prices are wrong' }, newRun())
      if (end.exitCode !== 0) throw new Error(end.printed)
      return end
    },
    close() {
      for (const machine of machines) machine.close()
    },
  }
  for (const service of fleet.services) {
    ours.change(service, 1)
    ours.reshape(service, {})
  }
  return ours
}

/** Without a soak: what is beside it has none. */
function projectOf({ services }: Fleet): object {
  const { region, cluster } = places.eu
  const target = { name: 'eu', region, cluster, namespace, role: `arn:aws:iam::${account}:role/slipway-${namespace}`, 'expected-account': account }
  return {
    version: 1,
    registry: { account, region, role: `arn:aws:iam::${account}:role/slipway-build` },
    services: Object.fromEntries(services.map((service) => [service, { image: { repository: repositoryOf(service), context: service }, manifests: { paths: [`${service}/k8s`] } }])),
    environments: { [namespace]: { rollout: { soak: '0s' }, targets: [target] } },
  }
}
