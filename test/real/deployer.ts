import { Machine, type Disturbance, type StepEnd } from '../bundles/machine.ts'
import { openBed } from './bed/bed.ts'
import { account, namespace, places, standing } from './bed/up-down.ts'
import { nextRun } from './runs.ts'
import { openShop } from './shop.ts'
import { startTokens } from './tokens.ts'

/** A checkout with a project file, from which the bundles deploy services onto one cluster of the bed. */
export interface Deployer {
  /** Lays what a service's folder of manifests is to hold. */
  write(service: string, manifests: readonly object[]): void
  /** Rolls out the services (all of them where left out), each with the image that has this digest. */
  release(digest: string, version: string, how?: { readonly services?: readonly string[]; readonly inputs?: Readonly<Record<string, string>>; readonly variables?: Readonly<Record<string, string>>; readonly disturbances?: readonly Disturbance[] }): Promise<StepEnd>
  rollback(inputs: Readonly<Record<string, string>>): Promise<StepEnd>
  close(): Promise<void>
}

/** All services share one repository, which is pulled from the region of the real node. */
export const repository = 'shop/cart'
const home = places.eu.region

export async function openDeployer(place: keyof typeof places, services: readonly string[]): Promise<Deployer> {
  const { environment } = standing(openBed())
  const tokens = await startTokens()
  const job = { ...environment, PATH: process.env['PATH'] ?? '', ...tokens.environment }
  const [deployer, rescuer] = [new Machine('k8s-rollout', job), new Machine('rollback', job)] as const
  for (const machine of [deployer, rescuer]) machine.write('slipway.yml', JSON.stringify(projectOf(place, services)))
  const said = { environment: namespace, services: services.join(',') }
  return {
    write(service, manifests) {
      deployer.write(`${service}/manifests.yaml`, manifests.map((manifest) => JSON.stringify(manifest)).join('\n---\n'))
    },
    release(digest, version, { services: some = services, inputs = {}, variables = {}, disturbances = [] } = {}) {
      const image = { repository, regions: [home], digest, platforms: {}, tags: [], sourceKey: '', reused: true, reason: 'it is there' }
      const images = JSON.stringify({ version: 1, images: Object.fromEntries(some.map((service) => [service, image])) })
      return deployer.step({ ...said, services: some.join(','), images, version, ...inputs }, { ...nextRun(), ...variables }, {}, ...disturbances)
    },
    rollback: (inputs) => rescuer.step({ ...said, reason: 'prices are wrong', ...inputs }, nextRun()),
    async close() {
      for (const machine of [deployer, rescuer]) machine.close()
      await tokens.close()
    },
  }
}

/** Digests of so many images that differ and do nothing. */
export async function pushImages(count: number): Promise<readonly string[]> {
  const shop = await openShop('images')
  try {
    const digests: string[] = []
    for (let one = 0; one < count; one += 1) digests.push((await shop.build(`echo ${one}; exec sleep 3600`)).digest)
    return digests
  } finally {
    await shop.close()
  }
}

function projectOf(place: keyof typeof places, services: readonly string[]): object {
  const { region, cluster } = places[place]
  const target = { name: place, region, cluster, namespace, role: `arn:aws:iam::${account}:role/slipway-${namespace}`, 'expected-account': account }
  return {
    version: 1,
    registry: { account, region: home },
    services: Object.fromEntries(services.map((service) => [service, { image: { repository, context: service }, manifests: { paths: [service] } }])),
    environments: { [namespace]: { rollout: { soak: '0s' }, targets: [target] } },
  }
}
