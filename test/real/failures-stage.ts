import type { JsonObject } from '@slipway/release'
import { mapLimit } from '@slipway/wire'
import type { StepEnd } from '../bundles/machine.ts'
import { openBed } from './bed/bed.ts'
import { kubectl } from './bed/kubernetes.ts'
import { namespace, places, registryOf, standing } from './bed/up-down.ts'
import { isAvailable } from './failures-decisive.ts'
import { openSightings, type Seen, type Sighting, type Sightings } from './failures-sightings.ts'
import { otherImages, podSecurity, quotas, serves, settings, soakSeconds, type Names, type Trouble } from './failures-troubles.ts'
import { openShop, type Shop } from './shop.ts'

/** What became of a trouble: by the bundle of k8s-rollout, and by kubectl on the same manifest under another name. */
export interface Played {
  readonly trouble: Trouble
  readonly end: StepEnd
  readonly secret: string
  /** From the write to the verdict. */
  readonly seconds: number
  /** From what decided it in the cluster to the verdict. */
  readonly afterDecisive: number | undefined
  /** Whether what runs in the end is what ran before. */
  readonly isBack: boolean
  readonly peer: Peer
}

/** What `kubectl rollout status` has said, and when. */
export interface Peer {
  readonly said: string
  readonly seconds: number
}

/** A trouble that has begun. */
export interface Playing {
  /** Our verdict is there, though what was before may still be on its way back. */
  readonly verdict: Promise<void>
  readonly played: Promise<Played>
}

export interface Stage {
  readonly sightings: Sightings
  /** Deploys what nothing is wrong with, for those that are to have been healthy before. */
  prepare(troubles: readonly Trouble[]): Promise<void>
  play(trouble: Trouble): Playing
  /** The service's name, once it was prepared. */
  service(trouble: Trouble): string
  close(): Promise<void>
}

/** How long kubectl is asked. */
const peerPatienceSeconds = 30
/** How many services are deployed side by side. */
const atOnce = 4
const bed = openBed()

export async function openStage(): Promise<Stage> {
  const { clusters: { eu }, base } = standing(bed)
  const host = registryOf(places.eu.region)
  const shops = new Map<Trouble, Shop>()
  const ask = (words: readonly string[], input = ''): Promise<string> => kubectl(bed, eu, ['--namespace', namespace, ...words], { input })
  const builder = await openShop('failures')
  const serving = (page: string): Promise<{ image: string }> => builder.buildOf(`FROM ${base}\nRUN mkdir /www && echo "${page} of ${builder.service}" > /www/index.html\nCMD ["/bin/sh", "-c", "${serves}"]\n`)
  // The head of a program for arm64, and no more: no other machine starts it.
  const dockerfile = `FROM --platform=$BUILDPLATFORM ${base} AS made\nRUN (printf '\\177ELF\\002\\001\\001'; head -c 9 /dev/zero; printf '\\002\\000\\267\\000\\001'; head -c 43 /dev/zero) > /program && chmod +x /program\nFROM scratch\nCOPY --from=made /program /program\nCMD ["/program"]\n`
  const foreign = (kind: keyof typeof otherImages): Promise<{ image: string }> => builder.buildOf(dockerfile, { platforms: otherImages[kind] })
  const images = {
    good: (await serving('shop')).image,
    'of other platforms': (await foreign('of other platforms')).image,
    'of another platform': (await foreign('of another platform')).image,
    'not on the node yet': (await serving('fresh shop')).image,
  }
  await layLimits(ask)
  const sightings = await openSightings(eu)
  const apply = (manifests: readonly JsonObject[]): Promise<string> => ask(['apply', '--filename', '-'], JSON.stringify({ apiVersion: 'v1', kind: 'List', items: manifests }))
  const shopOf = (trouble: Trouble): Shop => {
    const shop = shops.get(trouble)
    if (shop === undefined) throw new Error(`${trouble.name} was not prepared`)
    return shop
  }

  const stage: Stage = {
    sightings,
    service: (trouble) => shopOf(trouble).service,
    async prepare(troubles) {
      for (const [at, trouble] of troubles.entries()) shops.set(trouble, await openShop(`fails-${at}`))
      const good = troubles.filter(({ before }) => before)
      await apply(good.map((trouble) => manifestOf({ service: peerOf(shopOf(trouble)), image: `${host}/${images.good}`, host }, shopOf(trouble).service)))
      await mapLimit(good, atOnce, async (trouble) => {
        const shop = shopOf(trouble)
        shop.write(JSON.stringify(manifestOf({ service: shop.service, image: 'shop/cart', host }, shop.service)))
        const { exitCode, printed } = await shop.rollout(images.good, '1.0.0')
        if (exitCode !== 0) throw new Error(printed)
      })
      await Promise.all(good.map((trouble) => sightings.until(peerOf(shopOf(trouble)), (seen) => seen.kind === 'Deployment' && isAvailable(seen))))
    },
    play(trouble) {
      const shop = shopOf(trouble)
      const { service, secret } = shop
      const image = images[trouble.image ?? 'good']
      const before = { ours: generation(sightings.of(service)), peer: generation(sightings.of(peerOf(shop))) }
      let verdictMs: number | undefined
      let announce = (): void => undefined
      const announced = new Promise<void>((resolve) => {
        announce = resolve
      })
      shop.write(JSON.stringify(manifestOf({ service, image: 'shop/cart', host }, service, trouble)))
      const templateBefore = templateOf(shop)
      const ending = templateBefore.then(() =>
        shop.rollout(image, '1.1.0', { soak: `${soakSeconds}s` }, {
          after: new RegExp(`\\[${service}\\] (revision \\d+ failed after|healthy: revision)`),
          then() {
            verdictMs = performance.now()
            announce()
          },
        }),
      )
      const following = templateBefore.then(async () => {
        await apply([manifestOf({ service: peerOf(shop), image: `${host}/${image}`, host }, service, trouble)])
        return peerStatus(peerOf(shop))
      })
      async function peerStatus(name: string): Promise<Peer> {
        const said = await ask(['rollout', 'status', 'deployment', name, '--timeout', `${peerPatienceSeconds}s`]).catch((error: unknown) => String(error))
        const endedMs = performance.now()
        return { said: said.trim().split('\n').at(-1) ?? '', seconds: (endedMs - writtenIn(sightings.of(name), before.peer).writtenMs) / 1000 }
      }
      return {
        verdict: Promise.race([announced, ending.then(() => undefined)]),
        played: Promise.all([ending, following, templateBefore]).then(async ([end, peer, was]) => {
          const { writtenMs, since } = writtenIn(sightings.of(service), before.ours)
          const decisiveMs = trouble.decisive(since)
          const atMs = verdictMs ?? NaN
          const is = await templateOf(shop)
          return { trouble, end, secret, peer, seconds: (atMs - writtenMs) / 1000, afterDecisive: decisiveMs === undefined ? undefined : (atMs - decisiveMs) / 1000, isBack: was !== '' && was === is }
        }),
      }
    },
    async close() {
      sightings.close()
      await Promise.all([...shops.values()].map((shop) => ask(['delete', 'deployment', peerOf(shop), '--ignore-not-found', '--wait=false'])))
      await Promise.all([builder, ...shops.values()].map((shop) => shop.close()))
      await liftLimits(ask)
    },
  }
  return stage
}

function peerOf({ service }: Shop): string {
  return `peer-${service}`
}

function manifestOf(names: Names, owner: string, { replicas = 1, deployment, pod, container }: Partial<Trouble> = {}): JsonObject {
  const { service, image } = names
  const own = {
    name: 'cart',
    image,
    env: [{ name: 'PASSWORD', valueFrom: { secretKeyRef: { name: `${owner}-db`, key: 'password' } } }],
    readinessProbe: { httpGet: { path: '/', port: 8080 }, periodSeconds: 1 },
    ...container?.(names),
  }
  const template = { metadata: { labels: { app: service } }, spec: { terminationGracePeriodSeconds: 1, containers: [own], ...pod?.(names) } }
  return { apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: service }, spec: { replicas, selector: { matchLabels: { app: service } }, template, ...deployment } }
}

/** What the namespace refuses. */
async function layLimits(ask: (words: readonly string[], input?: string) => Promise<string>): Promise<void> {
  const classes = Object.keys(quotas).map((name) => ({ apiVersion: 'scheduling.k8s.io/v1', kind: 'PriorityClass', metadata: { name }, value: 1 }))
  const limits = Object.entries(quotas).map(([name, hard]) => ({
    apiVersion: 'v1',
    kind: 'ResourceQuota',
    metadata: { name },
    spec: { hard, scopeSelector: { matchExpressions: [{ scopeName: 'PriorityClass', operator: 'In', values: [name] }] } },
  }))
  const configMap = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: settings }, data: { language: 'en' } }
  await ask(['apply', '--filename', '-'], JSON.stringify({ apiVersion: 'v1', kind: 'List', items: [...classes, ...limits, configMap] }))
  await ask(['label', 'namespace', namespace, '--overwrite', `pod-security.kubernetes.io/enforce=${podSecurity}`])
}

async function liftLimits(ask: (words: readonly string[]) => Promise<string>): Promise<void> {
  await ask(['label', 'namespace', namespace, 'pod-security.kubernetes.io/enforce-'])
  await ask(['delete', '--ignore-not-found', ...Object.keys(quotas).flatMap((name) => [`resourcequota/${name}`, `priorityclass/${name}`]), `configmap/${settings}`])
}

async function templateOf(shop: Shop): Promise<string> {
  return shop.kubectl(['get', 'deployment', shop.service, '--ignore-not-found', '--output', 'jsonpath={.spec.template}'])
}

function generation(sightings: readonly Sighting[]): number {
  return sightings.reduce((highest, { seen }) => (seen.kind === 'Deployment' ? Math.max(highest, seen.metadata.generation) : highest), 0)
}

/** When what is judged was written, and what was seen from then on. */
function writtenIn(sightings: readonly Sighting[], before: number): { writtenMs: number; since: readonly Sighting[] } {
  const isWritten = (seen: Seen): boolean => seen.kind === 'Deployment' && seen.metadata.generation > before
  const at = sightings.findIndex(({ seen }) => isWritten(seen))
  return { writtenMs: sightings[at]?.atMs ?? NaN, since: at < 0 ? [] : sightings.slice(at) }
}
