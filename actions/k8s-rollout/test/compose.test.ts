import { describe, expect, test } from '@jest/globals'
import { accountRule, digestRule, namespaceRule, regionRule, repositoryRule, serviceRule, type NameRule } from '@slipway/release'
import { Problems } from '@slipway/report'
import { at, textAt } from '@slipway/rollout'
import { compose, type ComposedService } from '../src/compose.ts'
import type { DeclaredObject, WantedManifests } from '../src/settings.ts'

const host = '111122223333.dkr.ecr.eu-west-1.amazonaws.com'
const digest = `sha256:${'a'.repeat(64)}`
const manifest = `apiVersion: apps/v1
kind: Deployment
metadata: { name: cart }
spec:
  selector: { matchLabels: { app: cart } }
  template:
    metadata: { labels: { app: cart } }
    spec:
      imagePullSecrets: [{ name: pull }]
      initContainers:
        - { name: wait, image: "other.example/shop/cart:dev" }
      containers:
        - name: cart
          image: shop/cart
          args: ["--level=\${LOG_LEVEL}"]
          envFrom: [{ configMapRef: { name: cart-env } }, { secretRef: { name: cart-db } }, { configMapRef: { name: fixed } }]
        - { name: sidecar, image: "public.example/proxy:1" }
`

function named<Name extends string>(rule: NameRule<Name>, text: string): Name {
  if (!rule.is(text)) throw new Error(text)
  return text
}

const source: WantedManifests = {
  service: named(serviceRule, 'cart'),
  paths: ['k8s'],
  layers: [''],
  variables: { LOG_LEVEL: 'info', SLIPWAY_VERSION: '1' },
  image: { repository: named(repositoryRule, 'shop/cart'), digest: named(digestRule, digest), account: named(accountRule, '111122223333'), region: named(regionRule, 'eu-west-1'), host },
  configuration: [
    { kind: 'ConfigMap', name: 'cart-env', isFixed: false, synced: { kind: 'ConfigMap', name: 'cart-env-0123456789', checksum: 'c' } },
    { kind: 'Secret', name: 'cart-db', isFixed: false, synced: { kind: 'Secret', name: 'cart-db-9876543210', checksum: 'd' } },
  ],
}

function composed(text: string, more: Partial<WantedManifests> = {}): { service: ComposedService | undefined; problems: string[] } {
  const problems = new Problems()
  const service = compose({ ...source, ...more }, [{ path: 'k8s/cart.yaml', text }], named(namespaceRule, 'staging'), 'acme/shop', problems)
  return { service, problems: problems.all.map(({ what, at: place }) => `${String(place?.line)}: ${what}`) }
}

test('image, configuration and variables are put where the manifest names them', () => {
  const { service, problems } = composed(manifest)
  expect(problems).toEqual([])
  const pod = at(service?.wanted.workload.object, 'spec', 'template', 'spec')
  expect(pod).toMatchObject({
    initContainers: [{ image: `${host}/shop/cart@${digest}` }],
    containers: [
      {
        image: `${host}/shop/cart@${digest}`,
        args: ['--level=info'],
        envFrom: [{ configMapRef: { name: 'cart-env-0123456789' } }, { secretRef: { name: 'cart-db-9876543210' } }, { configMapRef: { name: 'fixed' } }],
      },
      { image: 'public.example/proxy:1' },
    ],
  })
  expect(service?.wanted).toMatchObject({
    images: { 'shop/cart': digest },
    configuration: { 'cart-env': { name: 'cart-env-0123456789' }, 'cart-db': { name: 'cart-db-9876543210' } },
  })
  expect(textAt(service?.wanted.workload.object, 'metadata', 'labels', 'slipway.dev/service')).toBe('cart')
  expect(service?.warnings).toEqual([])
})

test('what is declared and used by nothing is warned of, and is no part of the revision', () => {
  const { service } = composed(manifest.replace('{ secretRef: { name: cart-db } }, ', ''))
  expect(service?.warnings).toEqual(['cart: no manifest refers to the Secret cart-db'])
  expect(Object.keys(service?.wanted.configuration ?? {})).toEqual(['cart-env'])
})

test('a version in the pod template is warned of', () => {
  expect(composed(manifest.replace('{ app: cart } }\n    spec', '{ app: cart }, annotations: { v: "${SLIPWAY_VERSION}" } }\n    spec')).service?.warnings).toEqual([
    expect.stringMatching(/SLIPWAY_VERSION.* restarts the pods at every version/),
  ])
})

test('an image that no container runs, a variable without a value and a fixed name are told at their lines, together', () => {
  const wrong = manifest.replace('image: shop/cart', 'image: shop/crat').replace('other.example/shop/cart:dev', 'busybox').replace('LOG_LEVEL', 'LOGLEVEL').replace('name: pull', 'name: cart-db')
  expect(composed(wrong).problems).toEqual([
    '15: the variable LOGLEVEL has no value',
    '12: no container of Deployment cart runs the image shop/cart',
    '9: Deployment cart uses the Secret cart-db at spec.template.spec.imagePullSecrets.0.name',
  ])
})

const ingress = 'apiVersion: networking.k8s.io/v1\nkind: Ingress\nmetadata: { name: cart }\nspec:\n  tls:\n    - secretName: cart-db\n'
const driver = "      volumes: [{ name: v, csi: { driver: d, nodePublishSecretRef: { name: cart-db } } }, { name: w, flexVolume: { driver: d, secretRef: { name: cart-db } } }]\n"

test('the secrets of an Ingress and of volume drivers have fixed names, too, and that is known before anything is synced', () => {
  const configuration = [{ kind: 'Secret', name: 'cart-db', isFixed: false }] as const
  const problems = new Problems()
  compose({ ...source, configuration }, [{ path: 'k8s/cart.yaml', text: `${manifest}${driver}---\n${ingress}` }], named(namespaceRule, 'staging'), 'acme/shop', problems)
  expect(problems.all.map(({ code, what, next }) => [code, what, next])).toEqual(
    ['Deployment cart uses the Secret cart-db at spec.template.spec.volumes.0.csi.nodePublishSecretRef.name', 'Deployment cart uses the Secret cart-db at spec.template.spec.volumes.1.flexVolume.secretRef.name', 'Ingress cart uses the Secret cart-db at spec.tls.0.secretName'].map((what) => [
      'manifest-refused',
      what,
      'give cart-db `mode: in-place` where it is declared: in the project file, or as an input of k8s-config-sync',
    ]),
  )
})

describe('an object of a fixed name', () => {
  const fixed = (kind: 'ConfigMap' | 'Secret', name: string, checksum: string): DeclaredObject => ({ kind, name, isFixed: true, synced: { kind, name, checksum, kept: `${name}-0123456789` } })
  const markOf = (text: string, configuration: readonly DeclaredObject[]): unknown => at(composed(text, { configuration }).service?.wanted.workload.object, 'spec', 'template', 'metadata', 'annotations', 'slipway.dev/configuration')
  const [versionedEnv, fixedDb] = [source.configuration.slice(0, 1), fixed('Secret', 'cart-db', 'd')]

  test('is referred to by that name everywhere, and is part of the revision with its copy', () => {
    const { service, problems } = composed(`${manifest.replace('name: pull', 'name: cart-db')}---\n${ingress}`, { configuration: [...versionedEnv, fixedDb] })
    expect([problems, service?.warnings]).toEqual([[], []])
    expect(at(service?.wanted.workload.object, 'spec', 'template', 'spec')).toMatchObject({ imagePullSecrets: [{ name: 'cart-db' }], containers: [{ envFrom: [{ configMapRef: { name: 'cart-env-0123456789' } }, { secretRef: { name: 'cart-db' } }, {}] }, {}] })
    expect(service?.wanted.configuration['cart-db']).toEqual({ kind: 'Secret', name: 'cart-db', checksum: 'd', kept: 'cart-db-0123456789' })
  })

  test('marks the pod template with its content, so that another content starts the pods anew', () => {
    const mark = markOf(manifest, [...versionedEnv, fixedDb])
    expect(mark).toMatch(/^[0-9a-f]{64}$/)
    expect(markOf(manifest, [...versionedEnv, fixed('Secret', 'cart-db', 'other')])).not.toBe(mark)
    const otherVersion = { kind: 'ConfigMap', name: 'cart-env', isFixed: false, synced: { kind: 'ConfigMap', name: 'cart-env-9999999999', checksum: 'other' } } as const
    expect(markOf(manifest, [otherVersion, fixedDb])).toBe(mark)
  })

  test('leaves no mark where there is none, where no container uses it, and before it is synced', () => {
    expect(markOf(manifest, source.configuration)).toBeUndefined()
    const pulling = manifest.replace('name: pull', 'name: cart-db').replace('{ secretRef: { name: cart-db } }, ', '')
    expect(markOf(pulling, [...versionedEnv, fixedDb])).toBeUndefined()
    expect(Object.keys(composed(pulling, { configuration: [...versionedEnv, fixedDb] }).service?.wanted.configuration ?? {})).toEqual(['cart-env', 'cart-db'])
    expect(markOf(manifest, [{ kind: 'Secret', name: 'cart-db', isFixed: true }])).toBeUndefined()
  })
})

test('a file that cannot be read hides nothing else', () => {
  expect(composed(`${manifest}---\nkind: {`).problems).toEqual([expect.stringMatching(/no valid YAML/)])
})
