import type { ImageStore } from '@slipway/sandbox'
import type { Machine } from '../test/bundles/machine.ts'

export const account = '111122223333'
export const namespace = 'shop'
export const home = { name: 'eu', region: 'eu-west-1', cluster: 'prod-eu' }
export const second = { name: 'us', region: 'us-east-1', cluster: 'prod-us' }
export const role = `arn:aws:iam::${account}:role/slipway`

/** A shop of some services, each with an image, a Deployment, a Service, a ConfigMap and a Secret. */
export interface Shop {
  readonly services: readonly string[]
  readonly targets: readonly (typeof home)[]
}

export function shopOf(services: number, targets: Shop['targets'] = [home]): Shop {
  return { services: Array.from({ length: services }, (_, index) => `service-${String(index + 1).padStart(2, '0')}`), targets }
}

export const repositoryOf = (service: string): string => `shop/${service}`
export const secretOf = (service: string): string => `shop/staging/${service}`

/** Checks the shop out. Its base image is pinned by digest, and in the registry of the home region. */
export function checkOut(machine: Machine, shop: Shop, images: ImageStore): void {
  const base = images.seedImage({ region: home.region, repository: 'base/node', files: { 'bin/node': '' } })
  machine.write('slipway.yml', projectOf(shop))
  for (const service of shop.services) {
    machine.write(`${service}/Dockerfile`, `FROM ${images.host(home.region)}/base/node@${base}\nCOPY server.js /app/\n`)
    machine.write(`${service}/server.js`, `serve('${service}')\n`)
    machine.write(`${service}/service.env`, `NAME=${service}\nLEVEL=info\n`)
    machine.write(`${service}/k8s/deployment.yaml`, deploymentOf(service))
    machine.write(`${service}/k8s/service.yaml`, `apiVersion: v1\nkind: Service\nmetadata: { name: ${service} }\nspec: { selector: { app: ${service} }, ports: [{ port: 80, targetPort: 8080 }] }\n`)
  }
}

/** One service's sources, configuration and manifest are others. */
export function change(machine: Machine, service: string, generation = 1): void {
  machine.write(`${service}/server.js`, `serve('${service}', ${generation})\n`)
  machine.write(`${service}/service.env`, `NAME=${service}\nLEVEL=debug-${generation}\n`)
  machine.write(`${service}/k8s/deployment.yaml`, deploymentOf(service).replace('replicas: 1', `replicas: ${1 + (generation % 2)}`))
}

function projectOf({ services, targets }: Shop): string {
  return `version: 1
registry: { account: "${account}", region: ${home.region}, role: "${role}"${targets.includes(second) ? `, regions: [${second.region}]` : ''} }
services:
${services.map(serviceEntry).join('')}environments:
  staging:
    rollout: { soak: 0s, order: all-at-once }
    targets:
${targets.map(({ name, region, cluster }) => `      - { name: ${name}, region: ${region}, cluster: ${cluster}, namespace: ${namespace}, role: "${role}", expected-account: "${account}" }\n`).join('')}`
}

function serviceEntry(service: string): string {
  return `  ${service}:
    image: { repository: ${repositoryOf(service)}, context: ${service} }
    manifests: { paths: [${service}/k8s] }
    config: { ${service}-env: { env-files: [${service}/service.env] } }
    secrets: { ${service}-db: { from: "${secretOf(service)}" } }
`
}

function deploymentOf(service: string): string {
  return `apiVersion: apps/v1
kind: Deployment
metadata: { name: ${service} }
spec:
  replicas: 1
  selector: { matchLabels: { app: ${service} } }
  template:
    metadata: { labels: { app: ${service} } }
    spec:
      containers:
        - name: ${service}
          image: ${repositoryOf(service)}
          envFrom: [{ configMapRef: { name: ${service}-env } }, { secretRef: { name: ${service}-db } }]
`
}
