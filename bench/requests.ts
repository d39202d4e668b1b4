import type { Exchange } from '@slipway/sandbox'
import { startChain, type Measured } from './chain.ts'
import type { Goal, Part } from './part.ts'
import { change, shopOf } from './shop.ts'
import { releaseRequests } from './release-requests.ts'
import { startWorld } from './world.ts'

const services = 10

/** The requests and writes of each action, from a first deploy to a rollback. */
export async function requests(): Promise<Part> {
  const shop = shopOf(services)
  const world = await startWorld(shop)
  const chain = startChain(world, shop)
  try {
    const first = await chain.deploy('1.0.0')
    const unchanged = await chain.deploy('1.0.0')
    chain.everywhere((machine) => {
      change(machine, 'service-01')
    })
    const changed = await chain.deploy('1.1.0')
    const undone = await chain.rollback('1.1.0')
    const released = await releaseRequests()
    const cases = new Map([['first deploy', first], ['unchanged', unchanged], ['one changed of ten', changed], ['rollback', [undone]]])
    const names = [...new Set([...cases.values()].flatMap((steps) => steps.map(({ action }) => action)))]
    const cell = (steps: readonly Measured[], action: string): string => steps.filter((step) => step.action === action).map(({ exchanges }) => counted(exchanges)).join('') || '–'
    return {
      title: 'Requests, and writes among them',
      notes: [
        `A shop of ${services} services, each with an image, a Deployment, a Service, a ConfigMap and a Secret. A dry run is a request and no write. The request for the OIDC token is not counted. For tag-release: a version made, and asked for again.`,
      ],
      head: ['action', ...cases.keys()],
      rows: [...names.map((action) => [action, ...[...cases.values()].map((steps) => cell(steps, action))]), ['tag-release', counted(released.first), counted(released.again), '–', '–']],
      goals: goalsOf(unchanged),
    }
  } finally {
    chain.close()
    await world.close()
  }
}

function goalsOf(unchanged: readonly Measured[]): Goal[] {
  const of = (action: string, operation: RegExp): number => unchanged.filter((step) => step.action === action).flatMap(({ exchanges }) => exchanges).filter((exchange) => operation.test(exchange.operation)).length
  const repositories = of('ecr-build-push', /^ecr:/)
  const kinds = of('k8s-config-sync', / (configmaps|secrets)$/)
  const writes = unchanged.flatMap(({ exchanges }) => exchanges).filter(({ write }) => write).length
  return [
    { what: `unchanged: requests to ECR for ${services} repositories, bases pinned`, goal: `${services}`, measured: `${repositories}`, kept: repositories <= services },
    { what: 'unchanged: requests for ConfigMaps and Secrets of one namespace', goal: '2 (one LIST a kind)', measured: `${kinds}`, kept: kinds <= 2 },
    { what: 'unchanged: writes of the three actions', goal: '0', measured: `${writes}`, kept: writes === 0 },
  ]
}

function counted(exchanges: readonly Exchange[]): string {
  const writes = exchanges.filter(({ write }) => write).length
  return `${exchanges.length} / ${writes}`
}
