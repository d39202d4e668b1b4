import { availableFor, deadlinePassed, keyMissing, podRefused, pullFailed, thirdEnd, type Decisive } from './failures-decisive.ts'

/** What a manifest is written with. */
export interface Names {
  readonly service: string
  /** Of the service's own containers. */
  readonly image: string
  /** Of the registry that the node pulls from. */
  readonly host: string
}

/** How a service goes wrong, or seems to, and what is right to say of it. */
export interface Trouble {
  readonly name: string
  /** Whether an image with nothing wrong was seen healthy before it. */
  readonly before: boolean
  readonly replicas?: number
  readonly deployment?: object
  /** What its pods have besides those that nothing is wrong with. */
  readonly pod?: (names: Names) => object
  /** The same of their one container. */
  readonly container?: (names: Names) => object
  /** Another image than the one with nothing wrong. */
  readonly image?: keyof typeof otherImages | 'not on the node yet'
  readonly outcome: 'rolled-back' | 'broken' | 'changed'
  /** Empty where nothing fails. */
  readonly code: string
  /** What must be told: the cause, what its evidence shows, what to do. */
  readonly told: readonly RegExp[]
  readonly decisive: Decisive
}

export const soakSeconds = 2
/** Of the namespace, while the tests run; its name stands in a PriorityClass, too, whose pods alone it is for. */
export const quotas = { 'failures-narrow': { pods: '10', 'requests.memory': '64Mi' }, 'failures-crowded': { pods: '1' } } as const
/** The level of PodSecurity in the namespace, while the tests run. */
export const podSecurity = 'baseline'

/** Images for other machines than the node, with their platforms. The first is an index, of which a node takes what fits; the second is one manifest, which a node takes as it is. */
export const otherImages = { 'of other platforms': 'linux/arm64,linux/s390x', 'of another platform': 'linux/arm64' } as const
/** What the container of a service does that is well: it answers where the readiness probe asks, which costs the node nothing to run. */
export const serves = 'exec httpd -f -p 8080 -h /www'
/** A ConfigMap without any currency. */
export const settings = 'failures-settings'

const memory = (amount: string): object => ({ limits: { memory: amount }, requests: { memory: amount } })
const shell = (script: string): object => ({ command: ['/bin/sh', '-c', script] })

/** Told within moments of the write: one after the other, so that none is slowed by the next. */
export const quick: readonly Trouble[] = [
  {
    name: 'image tag missing',
    before: true,
    // Beside the service's own image, which preflight looks for: nobody looks for this one but the node.
    pod: ({ host }) => ({ initContainers: [{ name: 'migrations', image: `${host}/shop/catalog:of-another-day` }] }),
    outcome: 'rolled-back',
    code: 'image-not-found',
    told: [/container migrations/, /the registry has no image \S+\/shop\/catalog:of-another-day/, /not found/, /Check repository and tag in the manifest, and whether the image was pushed/],
    decisive: pullFailed,
  },
  {
    name: 'wrong platform, of several',
    before: true,
    image: 'of other platforms',
    outcome: 'rolled-back',
    code: 'image-wrong-platform',
    told: [/has nothing for the platform of the node/, /no match for platform/, /Build the image for the platform of the nodes/],
    decisive: pullFailed,
  },
  {
    name: 'PodSecurity denial',
    before: true,
    pod: () => ({ hostNetwork: true }),
    outcome: 'rolled-back',
    code: 'pods-refused',
    told: [/violates PodSecurity "baseline:latest": host namespaces \(hostNetwork=true\)/, /Set the securityContext that it names/],
    decisive: podRefused,
  },
  {
    name: 'quota, too large a pod',
    before: true,
    pod: () => ({ priorityClassName: 'failures-narrow' }),
    container: () => ({ resources: memory('128Mi') }),
    outcome: 'rolled-back',
    code: 'quota-exceeded',
    told: [/one pod alone asks for more than ResourceQuota failures-narrow allows: requested: requests\.memory=128Mi, used: requests\.memory=0, limited: requests\.memory=64Mi/, /Raise the quota, or ask for less/],
    decisive: podRefused,
  },
  {
    name: 'quota, too many pods',
    before: false,
    replicas: 2,
    pod: () => ({ priorityClassName: 'failures-crowded' }),
    outcome: 'broken',
    code: 'quota-exceeded',
    told: [/ResourceQuota failures-crowded leaves no room for a new pod, and no old pod is left that could free any/, /Raise the quota/],
    decisive: podRefused,
  },
]

/** Known after a while: all at once. */
export const slow: readonly Trouble[] = [
  {
    name: 'crash at start',
    before: true,
    container: () => shell('echo "opening the database with $PASSWORD" >&2; echo "$PASSWORD" | base64 >&2; echo "no such database" >&2; exit 3'),
    outcome: 'rolled-back',
    code: 'container-crashed',
    told: [/container cart ended with exit code 3, 3 times/, /opening the database with \*\*\*/, /no such database/, /Read its last log lines, mend it, and deploy again/],
    decisive: thirdEnd,
  },
  {
    name: 'failing init container',
    before: true,
    pod: ({ image }) => ({ initContainers: [{ name: 'migrate', image, ...shell('echo "no table of carts"; exit 7') }] }),
    outcome: 'rolled-back',
    code: 'container-crashed',
    told: [/init container migrate ended with exit code 7, 3 times/, /no table of carts/, /Read its last log lines/],
    decisive: thirdEnd,
  },
  {
    name: 'wrong platform, the only one',
    before: true,
    image: 'of another platform',
    outcome: 'rolled-back',
    code: 'container-crashed',
    told: [/container cart ended with exit code \d+, 3 times/, /exec format error/, /Read its last log lines/],
    decisive: thirdEnd,
  },
  {
    name: 'out of memory',
    before: true,
    container: () => ({ ...shell('echo "counting carts"; exec tail /dev/zero'), resources: memory('32Mi') }),
    outcome: 'rolled-back',
    code: 'out-of-memory',
    told: [/was killed because it was out of memory \(limit 32Mi\)/, /counting carts/, /Raise resources\.limits\.memory/],
    decisive: thirdEnd,
  },
  {
    name: 'missing ConfigMap key',
    before: false,
    container: () => ({ env: [{ name: 'CURRENCY', valueFrom: { configMapKeyRef: { name: settings, key: 'currency' } } }] }),
    outcome: 'broken',
    code: 'config-missing',
    told: [/ConfigMap failures-settings has no key currency, which pod \S+ needs, nor did it appear within 15\.0 s/, /Make the key currency/],
    decisive: keyMissing,
  },
  {
    name: 'readiness that never comes',
    before: true,
    deployment: { progressDeadlineSeconds: 20 },
    container: () => ({ ...shell(`echo listening; ${serves}`), readinessProbe: { httpGet: { path: '/never', port: 8080 }, periodSeconds: 1 } }),
    outcome: 'rolled-back',
    code: 'rollout-deadline',
    told: [/no progress for 20\.0 s \(progressDeadlineSeconds\)/, /statuscode: 404/, /listening/, /Check path and port of the probe/],
    decisive: deadlinePassed,
  },
  {
    name: 'slow but healthy start',
    before: true,
    container: () => shell(`sleep 15; ${serves}`),
    outcome: 'changed',
    code: '',
    told: [/healthy: revision 2/],
    decisive: availableFor(soakSeconds * 1000),
  },
  {
    name: 'two crashes, then healthy',
    before: true,
    pod: () => ({ volumes: [{ name: 'lives', emptyDir: {} }] }),
    container: () => ({ ...shell(`echo x >> /lives/count; test $(wc -l < /lives/count) -gt 2 || exit 1; ${serves}`), volumeMounts: [{ name: 'lives', mountPath: '/lives' }] }),
    outcome: 'changed',
    code: '',
    told: [/the third time fails the rollout, this was the second/, /healthy: revision 2/],
    decisive: availableFor(soakSeconds * 1000),
  },
]

/** Alone with the registry. */
export const registryDown: Trouble = {
  name: 'registry down for ten seconds',
  before: true,
  image: 'not on the node yet',
  outcome: 'changed',
  code: '',
  told: [/cannot be pulled yet: .*; the kubelet tries again/, /healthy: revision 2/],
  decisive: availableFor(soakSeconds * 1000),
}
