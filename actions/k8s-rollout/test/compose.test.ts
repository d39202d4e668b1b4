import { expect, test } from '@jest/globals'
import { accountRule, digestRule, namespaceRule, regionRule, repositoryRule, serviceRule, type NameRule } from '@slipway/release'
import { Problems } from '@slipway/report'
import { at, textAt } from '@slipway/rollout'
import { compose, type ComposedService } from '../src/compose.ts'
import type { WantedManifests } from '../src/settings.ts'

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
    { kind: 'ConfigMap', name: 'cart-env', synced: { kind: 'ConfigMap', name: 'cart-env-0123456789', checksum: 'c' } },
    { kind: 'Secret', name: 'cart-db', synced: { kind: 'Secret', name: 'cart-db-9876543210', checksum: 'd' } },
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

test('the secret of an Ingress has a fixed name, too', () => {
  const ingress = 'apiVersion: networking.k8s.io/v1\nkind: Ingress\nmetadata: { name: cart }\nspec:\n  tls:\n    - secretName: cart-db\n'
  expect(composed(`${manifest}---\n${ingress}`).problems).toEqual([expect.stringMatching(/Ingress cart uses the Secret cart-db at spec\.tls\.0\.secretName/)])
})

test('a file that cannot be read hides nothing else', () => {
  expect(composed(`${manifest}---\nkind: {`).problems).toEqual([expect.stringMatching(/no valid YAML/)])
})
