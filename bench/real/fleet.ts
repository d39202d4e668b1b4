/** Services that are alike, of one side. */
export interface Fleet {
  readonly services: readonly string[]
}

/** Names that no other fleet has: what is deployed for the first time was never there. */
export function fleetOf(name: string, count: number): Fleet {
  fleets += 1
  const mark = `${Date.now().toString(36)}${fleets}`
  return { services: Array.from({ length: count }, (_, index) => `${name}-${mark}-${String(index + 1).padStart(2, '0')}`) }
}
let fleets = 0

export const repositoryOf = (service: string): string => `shop/${service}`

/** Where in a checkout a service's manifest is, below its folder. */
export const manifestFile = 'k8s/deployment.yaml'

/** A service's folder at one state of its sources, by paths below it: a step that is slow to repeat, and then the program. */
export function sourcesOf(service: string, base: string, generation: number): Record<string, string> {
  return {
    Dockerfile: `FROM ${base}\nWORKDIR /app\nCOPY modules.txt ./\nRUN for each in $(cat modules.txt); do head -c 100000 /dev/urandom > "$each"; done\nCOPY www ./www\nCMD ["httpd", "-f", "-p", "8080", "-h", "/app/www"]\n`,
    'modules.txt': `${Array.from({ length: 10 }, (_, index) => `module-${index}-of-${service}`).join('\n')}\n`,
    'www/index.html': `${service}, generation ${generation}\n`,
  }
}

export interface Shape {
  readonly image: string
  readonly deadlineSeconds?: number
  /** Of its container, in place of what the image says. */
  readonly command?: readonly string[]
  readonly initImage?: string
}

/** One replica, probed each second; JSON is YAML. */
export function manifestOf(service: string, { image, deadlineSeconds = 600, command, initImage }: Shape): object {
  const labels = { app: service }
  const container = { name: 'app', image, ...(command === undefined ? {} : { command }), readinessProbe: { httpGet: { path: '/', port: 8080 }, periodSeconds: 1 } }
  const spec = { terminationGracePeriodSeconds: 1, ...(initImage === undefined ? {} : { initContainers: [{ name: 'migrations', image: initImage }] }), containers: [container] }
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: service },
    spec: { replicas: 1, progressDeadlineSeconds: deadlineSeconds, selector: { matchLabels: labels }, template: { metadata: { labels }, spec } },
  }
}
