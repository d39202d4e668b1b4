import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals'
import { decodeReleases } from '@slipway/release'
import type { LifeScript, Resource } from '@slipway/sandbox'
import { account, checkOutShop, commandsIn, place, region, seededImage, startCloud, valueAt, type Cloud } from './cluster.ts'
import type { Machine, StepEnd } from './machine.ts'

jest.setTimeout(60_000)
let life: ReturnType<LifeScript>
let cloud: Cloud
let machine: Machine
beforeEach(async () => {
  life = { pullMs: 400, readyAfterMs: 1500 }
  cloud = await startCloud(() => life)
  machine = cloud.machine('rollback')
})
afterEach(async () => {
  await cloud.close()
})

const reason = 'prices are wrong'
const now = (): number => cloud.sandbox.ledger.exchanges.length
const annotations = (end: StepEnd): string[] => end.printed.split('\n').filter((line) => /^::(?:error|warning|notice)/.test(line))
const holder = (): unknown => valueAt(cloud.cluster.objects('Lease', 'slipway')[0], 'spec', 'holderIdentity')
const json = (text = ''): unknown => JSON.parse(text)
const image = (): unknown => valueAt(cloud.cluster.objects('Deployment', 'staging')[0], 'spec', 'template', 'spec', 'containers', '0', 'image')
const manifest = `apiVersion: apps/v1
kind: Deployment
metadata: { name: cart }
spec:
  replicas: 2
  selector: { matchLabels: { app: cart } }
  template:
    metadata: { labels: { app: cart } }
    spec:
      containers: [{ name: cart, image: shop/cart }]
`

/** Deploys an image by plain inputs, each in a run of its own; gives its digest. */
async function deploy(run: number, content: string, more: Readonly<Record<string, string>> = {}): Promise<{ end: StepEnd; digest: string }> {
  const rollout = cloud.machine('k8s-rollout')
  rollout.write('k8s/deployment.yaml', manifest)
  const { digest } = seededImage(cloud.sandbox, 'cart', content)
  const end = await rollout.step({ ...place, services: 'cart', manifests: 'k8s', image: `shop/cart@${digest}`, 'registry-account': account, soak: '0s' }, { GITHUB_RUN_ID: String(run), GITHUB_SHA: String(run).repeat(40).slice(0, 40), ...more })
  return { end, digest }
}

const undoing = { ...place, reason, 'registry-account': account, soak: '0s' }

describe('after two deploys of the shop by their bundles', () => {
  const chosen = { services: 'cart', environment: 'staging' }
  let good: string
  let second: StepEnd
  let again: () => Promise<StepEnd>

  beforeEach(async () => {
    const [sync, rollout] = [cloud.machine('k8s-config-sync'), cloud.machine('k8s-rollout')]
    for (const one of [sync, rollout, machine]) {
      checkOutShop(one)
      one.write('slipway.yml', one.read('slipway.yml').replaceAll('soak: 1s', 'soak: 0s'))
    }
    const ship = async (run: string, images: string): Promise<StepEnd> => {
      const of = { GITHUB_RUN_ID: run, GITHUB_SHA: run.repeat(20) }
      const { config = '' } = (await sync.step(chosen, of)).outputs
      return rollout.step({ ...chosen, images, config, version: `1.${run}.0` }, of)
    }
    cloud.sandbox.secrets.put(region, 'shop/staging/cart/db', '{"username":"cart","password":"the-first-password"}')
    const first = seededImage(cloud.sandbox, 'cart', 'v1')
    good = first.digest
    await ship('41', first.images)
    // Everything changes at once: image, configuration, manifest; and somebody rotates the password.
    cloud.sandbox.secrets.put(region, 'shop/staging/cart/db', '{"username":"cart","password":"the-second-password"}')
    sync.write('config/cart/cart.env', `${sync.read('config/cart/cart.env')}NEW=1\n`)
    rollout.write('services/cart/k8s/service.yaml', rollout.read('services/cart/k8s/service.yaml').replace(/^( *)port: 80$/m, '$1port: 81'))
    const bad = seededImage(cloud.sandbox, 'cart', 'v2')
    again = () => ship('42', bad.images)
    second = await again()
  })

  test('image, configuration and manifests come back together, the rotated Secret stays; what was bad is refused when it comes again', async () => {
    expect(second.outputs['outcome']).toBe('changed')
    const end = await machine.step({ environment: 'staging', reason })
    expect([end.exitCode, end.outputs['outcome'], end.outputs['failure-code'], annotations(end)]).toEqual([0, 'rolled-back', '', [expect.stringMatching(/^::warning::\[cart\] the Secret cart-db keeps its newest version/)]])
    expect([json(end.outputs['from']), json(end.outputs['to'])]).toEqual([{ eu: { cart: 2 } }, { eu: { cart: 1 } }])
    expect([...decodeReleases(end.outputs['releases'] ?? '')]).toEqual([['eu', new Map([['cart', { sequence: 3, version: '1.41.0', status: 'healthy', seconds: expect.any(Number) }]])]])
    expect(end.summary).toMatch(/^### Rollback: rolled-back, 1\.42\.0, acme\/shop&#35;42\.1 in staging of nonprod, .* m?s; next: deploy a commit that mends it\n/)
    expect(end.summary).toMatch(/These Secrets keep their newest version.*<code>cart-db<\/code> of cart/)

    expect(image()).toBe(`${account}.dkr.ecr.${region}.amazonaws.com/shop/cart@${good}`)
    const spec = JSON.stringify(cloud.cluster.objects('Deployment', 'staging')[0]?.['spec'])
    const dataOf = (kind: 'ConfigMap' | 'Secret', declared: string): unknown => cloud.cluster.objects(kind, 'staging').filter(({ metadata }) => spec.includes(`"${metadata.name}"`) && metadata.labels?.['slipway.dev/config'] === declared).map((one) => one['data'])
    expect(dataOf('ConfigMap', 'cart-env')).toEqual([expect.not.objectContaining({ NEW: '1' })])
    expect(dataOf('Secret', 'cart-db')).toEqual([expect.objectContaining({ password: Buffer.from('the-second-password').toString('base64') })])
    expect(valueAt(cloud.cluster.objects('Service', 'staging')[0], 'spec', 'ports', '0', 'port')).toBe(80)
    expect(end.printed + end.summary + JSON.stringify(end.outputs)).not.toContain('-password')

    const refused = await again()
    expect([refused.exitCode, refused.outputs['outcome']]).toEqual([1, 'refused'])
    expect(annotations(refused)).toEqual([expect.stringMatching(/^::error title=blocked::.*alice undid the release acme\/shop#42\.1 at .*: prices are wrong/)])

    const since = now()
    const repeated = await machine.step({ environment: 'staging', reason })
    expect([repeated.exitCode, repeated.outputs['outcome'], cloud.writes(since)]).toEqual([0, 'unchanged', []])
  })

  test('a list and a plan show what ran, what differs and what would go back, and write nothing; secrets: recorded brings the old password back', async () => {
    const since = now()
    const listed = await machine.step({ environment: 'staging', list: 'true' })
    expect([listed.exitCode, listed.outputs['outcome'], cloud.writes(since)]).toEqual([0, 'unchanged', []])
    expect(listed.printed).toMatch(/^2 \(runs\) +1\.42\.0, acme\/shop#42\.1 +\S+Z +alice, main at 4242424 +healthy *\n1 +1\.41\.0, acme\/shop#41\.1 .* healthy +images: shop\/cart; configuration: cart-db, cart-env; manifests: Service cart$/m)
    expect(listed.summary).toMatch(/^### Rollback: list of 1 service in staging of nonprod[^]*\| 2 &#40;runs&#41; \| 1\.42\.0, acme\/shop&#35;42\.1 \|/)

    const planned = await machine.step({ environment: 'staging', of: '42', 'dry-run': 'true' }, { GITHUB_REF: 'refs/heads/fix', GITHUB_REF_NAME: 'fix' })
    expect([planned.exitCode, planned.outputs['outcome'], json(planned.outputs['to']), cloud.writes(since)]).toEqual([0, 'planned', { eu: { cart: 1 } }, []])

    const end = await machine.step({ environment: 'staging', reason, secrets: 'recorded' })
    expect([end.exitCode, end.outputs['outcome']]).toEqual([0, 'rolled-back'])
    const spec = JSON.stringify(cloud.cluster.objects('Deployment', 'staging')[0]?.['spec'])
    const used = cloud.cluster.objects('Secret', 'staging').find(({ metadata }) => spec.includes(`"${metadata.name}"`))
    expect(valueAt(used, 'data', 'password')).toBe(Buffer.from('the-first-password').toString('base64'))
    expect(end.summary).not.toContain('keep their newest version')
  })
})

test('by plain inputs the bad release is named by its run; its block is lifted by name, once', async () => {
  const { digest } = await deploy(1, 'v1')
  await deploy(2, 'v2')
  const end = await machine.step({ ...undoing, of: '2', to: '1', services: 'cart' })
  expect([end.exitCode, end.outputs['outcome'], String(image()).endsWith(digest)]).toEqual([0, 'rolled-back', true])
  expect((await deploy(3, 'v2')).end.outputs['outcome']).toBe('refused')
  const lifted = await machine.step({ ...place, unblock: '2' })
  expect([lifted.exitCode, lifted.outputs['outcome'], lifted.printed]).toEqual([0, 'changed', expect.stringMatching(/^\[cart\] unblocked: acme\/shop#2\.1, which alice blocked at .*: prices are wrong$/m)])
  const since = now()
  const again = await machine.step({ ...place, unblock: '2' })
  expect([again.exitCode, again.outputs['outcome'], cloud.writes(since)]).toEqual([0, 'unchanged', []])
  expect((await deploy(3, 'v2')).end.outputs['outcome']).toBe('changed')
})

test('a first release has nothing to go back to: red, nothing written, and what to do', async () => {
  await deploy(1, 'v1')
  const since = now()
  const end = await machine.step(undoing)
  expect([end.exitCode, end.outputs['outcome'], cloud.writes(since)]).toEqual([1, 'refused', []])
  expect(annotations(end)).toEqual([expect.stringMatching(/^::error title=nothing-to-restore::.*cart has nothing to go back to.*kubectl -n staging scale/)])
})

test('an image that is gone from the registry is passed over and named; asked for, it is an error with the candidates', async () => {
  const oldest = await deploy(1, 'v1')
  const gone = await deploy(2, 'v2')
  await deploy(3, 'v3')
  cloud.sandbox.images.repository(region, 'shop/cart')?.manifests.delete(gone.digest)
  const asked = await machine.step({ ...undoing, to: '2', services: 'cart' })
  expect([asked.exitCode, asked.outputs['outcome']]).toEqual([1, 'refused'])
  expect(annotations(asked)[0]).toMatch(/title=nothing-to-restore::cart cannot go back to revision 2: its image .* is gone from the registry\. Give another one by "to": 1/)
  const end = await machine.step(undoing)
  expect([end.outputs['outcome'], String(image()).endsWith(oldest.digest), annotations(end)]).toEqual(['rolled-back', true, [expect.stringMatching(/^::warning::\[cart\] revision 2 is passed over: its image .* is gone/)]])
})

test('a registry that cannot be reached is a warning', async () => {
  const { digest } = await deploy(1, 'v1')
  await deploy(2, 'v2')
  cloud.sandbox.ledger.script({ server: 'ecr', operation: /BatchGetImage/, times: 99, effect: 'reset' })
  const end = await machine.step(undoing)
  expect([end.exitCode, end.outputs['outcome'], String(image()).endsWith(digest)]).toEqual([0, 'rolled-back', true])
  expect(annotations(end)).toEqual([expect.stringMatching(/^::warning::\[cart\] whether shop\/cart@sha256:\w+ still exists could not be found out/)])
})

test('told to stop while it follows, it gives the lock back, and says what is still moving', async () => {
  await deploy(1, 'v1')
  await deploy(2, 'v2')
  life = { readyAfterMs: Infinity }
  const end = await machine.step(undoing, {}, {}, { after: /running, not ready/, signals: ['SIGINT'] })
  expect([end.exitCode, end.outputs['outcome'], end.outputs['failure-code'], end.leftBehind, holder()]).toEqual([1, 'broken', 'cancelled', false, ''])
  expect(annotations(end)).toEqual([expect.stringMatching(/^::error title=cancelled::.*the rollout goes on in the cluster, unwatched/)])
  expect(end.summary).toMatch(/^### Rollback: broken[^]*cancelled/)
  // The next click puts it right: what waits for its verdict is no good one, and the release is still the newest.
  life = { readyAfterMs: 1500 }
  for (const { metadata } of cloud.cluster.objects('Pod')) cloud.cluster.remove('Pod', 'staging', metadata.name)
  const next = await machine.step(undoing, { GITHUB_RUN_ID: '43' })
  expect([next.exitCode, next.outputs['outcome']]).toEqual([0, 'rolled-back'])
})

describe('hostile text prints as text', () => {
  const evil = '\u001b[31mred\n::error::forged\r::add-mask::e\n ##[set-output name=outcome]changed ::warning::w <b>|*x*|</b>\n```\n'
  const inOneLine = '::error::forged ##[set-output name=outcome]changed ::warning::w <b>|*x*|</b> ```'

  test('in the inputs that are refused', async () => {
    const end = await machine.step({ ...undoing, reason: evil, of: evil, unblock: evil, to: evil })
    expect([end.exitCode, end.outputs['outcome']]).toEqual([1, 'refused'])
    expectInert(end)
  })

  test('in a reason that is taken, in who is told of it later, and in the name of a release that is none', async () => {
    await deploy(1, 'v1')
    await deploy(2, 'v2')
    const ends = [
      await machine.step({ ...undoing, reason: inOneLine }),
      (await deploy(3, 'v2')).end,
      await machine.step({ ...place, list: 'true' }),
      await machine.step({ ...place, unblock: inOneLine }),
      await machine.step({ ...undoing, of: inOneLine }),
      await machine.step({ ...place, unblock: '2' }),
    ]
    expect(ends.map(({ outputs }) => outputs['outcome'])).toEqual(['rolled-back', 'refused', 'unchanged', 'refused', 'refused', 'changed'])
    for (const end of ends) expectInert(end)
  })

  test('in records that somebody has changed', async () => {
    await deploy(1, 'v1', { GITHUB_ACTOR: evil, GITHUB_REF: `refs/heads/${evil}` })
    await deploy(2, 'v2', { GITHUB_ACTOR: evil, GITHUB_REF: `refs/heads/${evil}` })
    for (const record of cloud.cluster.objects('ConfigMap', 'slipway')) {
      const marks = { 'slipway.dev/release': `${evil}${record.metadata.name}`, 'slipway.dev/versions': JSON.stringify([evil]) }
      cloud.cluster.put(annotated(record, marks))
    }
    const ends = [await machine.step({ ...place, list: 'true' }), await machine.step({ ...undoing, of: 'unknown' }), await machine.step(undoing), await machine.step({ ...place, unblock: 'unknown' })]
    expect(ends.map(({ outputs }) => outputs['outcome'])).toEqual(['unchanged', 'refused', 'rolled-back', 'refused'])
    for (const end of ends) expectInert(end)
    const blocks = cloud.cluster.objects('ConfigMap', 'slipway').find(({ metadata }) => metadata.annotations?.['slipway.dev/blocks'] !== undefined)
    if (blocks === undefined) throw new Error('nothing is blocked')
    cloud.cluster.put(annotated(blocks, { 'slipway.dev/blocks': evil }))
    const unreadable = await machine.step({ ...place, list: 'true' })
    expect(annotations(unreadable)).toEqual([expect.stringMatching(/^::error title=record-unreadable::/)])
    expectInert(unreadable)
  })

  function annotated(object: Resource, marks: Readonly<Record<string, string>>): Resource {
    return { ...object, metadata: { ...object.metadata, annotations: { ...object.metadata.annotations, ...marks } } }
  }

  function expectInert(end: StepEnd): void {
    expect(annotations(end).filter((line) => !/^::(?:error title=[a-z-]+[,:]|warning::)/.test(line))).toEqual([])
    expect(commandsIn(end.printed).length).toBe(annotations(end).length)
    // Later steps may print outputs.
    expect(commandsIn(Object.values(end.outputs).join('\n'))).toEqual([])
    expect(Object.keys(end.outputs)).toContain('outcome')
    expect(end.printed + end.summary + Object.values(end.outputs).join('\n')).not.toContain('\u001b')
    expect(end.summary.replace(/^(`{3,})[\s\S]*?^\1$/gm, '')).not.toMatch(/<b>|\*x\*/)
  }
})
