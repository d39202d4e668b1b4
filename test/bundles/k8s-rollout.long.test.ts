import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals'
import { decodeReleases } from '@slipway/release'
import type { LifeScript } from '@slipway/sandbox'
import { account, checkOutShop, commandsIn, place, region, seededImage, shownBy, startCloud, valueAt, type Cloud } from './cluster.ts'
import type { Machine, StepEnd } from './machine.ts'

jest.setTimeout(60_000)
let life: ReturnType<LifeScript>
let cloud: Cloud
let machine: Machine
let digest: string
beforeEach(async () => {
  life = { pullMs: 400, readyAfterMs: 1500 }
  cloud = await startCloud(() => life)
  machine = cloud.machine('k8s-rollout')
  machine.write('k8s/deployment.yaml', deployment())
  machine.write('k8s/service.yaml', 'apiVersion: v1\nkind: Service\nmetadata: { name: cart }\nspec: { selector: { app: cart }, ports: [{ port: 80 }] }\n')
  digest = seededImage(cloud.sandbox, 'cart').digest
})
afterEach(async () => {
  await cloud.close()
})

/** A Deployment of two pods. */
function deployment(deadlineSeconds = 600): string {
  return `apiVersion: apps/v1
kind: Deployment
metadata: { name: cart }
spec:
  replicas: 2
  progressDeadlineSeconds: ${deadlineSeconds}
  selector: { matchLabels: { app: cart } }
  template:
    metadata: { labels: { app: cart } }
    spec:
      containers: [{ name: cart, image: shop/cart }]
`
}
const plain = (): Record<string, string> => ({ ...place, services: 'cart', manifests: 'k8s', image: `shop/cart@${digest}`, 'registry-account': account, soak: '0s' })
const now = (): number => cloud.sandbox.ledger.exchanges.length
const holder = (): unknown => valueAt(cloud.cluster.objects('Lease', 'slipway')[0], 'spec', 'holderIdentity')
const statusOf = (end: StepEnd, target = 'default'): unknown => [...decodeReleases(end.outputs['releases'] ?? '')].find(([name]) => name === target)?.[1]
const annotations = (end: StepEnd): string[] => end.printed.split('\n').filter((line) => /^::(?:error|warning|notice)/.test(line))

describe('the happy path', () => {
  test('by plain inputs ends healthy with the image by digest, and again writes nothing', async () => {
    const end = await machine.step({ ...plain(), version: '1.4.0' })
    expect([end.exitCode, end.outputs['outcome'], end.outputs['failure-code']]).toEqual([0, 'changed', ''])
    expect(statusOf(end)).toEqual(new Map([['cart', { sequence: 1, version: '1.4.0', status: 'healthy', seconds: expect.any(Number) }]]))
    expect(cloud.cluster.objects('Pod', 'staging').map((pod) => valueAt(pod, 'spec', 'containers', '0', 'image'))).toEqual(Array(2).fill(`${account}.dkr.ecr.${region}.amazonaws.com/shop/cart@${digest}`))
    expect([holder(), commandsIn(end.printed)]).toEqual(['', []])
    expect(end.summary).toMatch(/^### Rollout: changed, 1\.4\.0|^### Rollout: changed, 1&#46;4/)
    const since = now()
    const again = await machine.step({ ...plain(), version: '1.4.0' })
    expect([again.exitCode, again.outputs['outcome'], cloud.writes(since)]).toEqual([0, 'unchanged', []])
    expect(cloud.sandbox.ledger.exchanges.length).toBeGreaterThan(since)
  })

  test('by the project file takes images and configuration from the actions before', async () => {
    cloud.sandbox.secrets.put(region, 'shop/staging/cart/db', '{"username":"cart","password":"a-secret-password"}')
    const sync = cloud.machine('k8s-config-sync')
    for (const one of [sync, machine]) checkOutShop(one)
    const chosen = { services: 'cart', environment: 'staging' }
    const { config = '' } = (await sync.step(chosen)).outputs
    const { images } = seededImage(cloud.sandbox, 'cart', 'v2')
    const end = await machine.step({ ...chosen, images, config })
    expect([end.exitCode, end.outputs['outcome']]).toEqual([0, 'changed'])
    const [pod] = cloud.cluster.objects('Pod', 'staging')
    expect(JSON.stringify(pod?.['spec'])).toMatch(/"envFrom":\[\{"configMapRef":\{"name":"cart-env-[0-9a-f]{10}"/)
    expect(end.printed + JSON.stringify(end.outputs) + end.summary).not.toContain('a-secret-password')
    const since = now()
    const again = await machine.step({ ...chosen, images, config })
    expect([again.exitCode, again.outputs['outcome'], cloud.writes(since)]).toEqual([0, 'unchanged', []])
  })
})

describe('a run that is told to stop', () => {
  test.each([
    { how: 'SIGINT', signals: ['SIGINT'] },
    { how: 'SIGINT twice and SIGTERM', signals: ['SIGINT', 'SIGINT', 'SIGTERM'] },
    { how: 'SIGTERM', signals: ['SIGTERM'] },
  ] as const)('by $how gives the lock back, and says what is still moving', async ({ signals }) => {
    life = { readyAfterMs: Infinity }
    const whileItTells = { after: /title=cancelled/, signals: ['SIGTERM'] } as const
    const end = await machine.step(plain(), {}, {}, { after: /running, not ready/, signals }, whileItTells)
    expect([end.exitCode, end.outputs['outcome'], end.outputs['failure-code'], end.leftBehind]).toEqual([1, 'broken', 'cancelled', false])
    expect(statusOf(end)).toEqual(new Map([['cart', { sequence: 1, status: 'cancelled', seconds: expect.any(Number) }]]))
    expect(holder()).toBe('')
    expect(annotations(end)).toEqual([expect.stringMatching(/^::error title=cancelled::.*the rollout goes on in the cluster, unwatched/)])
    expect(end.summary).toContain('cancelled')
  })

  test('while it waits for another one\'s lock writes nothing', async () => {
    cloud.cluster.put({ apiVersion: 'coordination.k8s.io/v1', kind: 'Lease', metadata: { name: 'staging.cart', namespace: 'slipway' }, spec: { holderIdentity: 'somebody', leaseDurationSeconds: 600 } })
    const since = now()
    const end = await machine.step(plain(), {}, {}, { after: /waiting for the lock/, signals: ['SIGINT'] })
    expect([end.exitCode, cloud.writes(since), holder()]).toEqual([1, [], 'somebody'])
    expect(annotations(end)).toEqual([expect.stringMatching(/^::error title=cancelled::/)])
    expect(end.outputs['outcome']).not.toBe('')
    expect(end.summary).not.toBe('')
  })
})

test.each([
  { content: 'the same content', image: 'v1', outcome: 'unchanged', runs: 1 },
  { content: 'other content', image: 'v2', outcome: 'changed', runs: 2 },
])('of two runs on one service the later, with $content, waits for the earlier, names it, and both end green', async ({ image, outcome, runs }) => {
  const second = cloud.machine('k8s-rollout')
  for (const file of ['k8s/deployment.yaml', 'k8s/service.yaml']) second.write(file, machine.read(file))
  const inputs = { ...plain(), image: `shop/cart@${seededImage(cloud.sandbox, 'cart', image).digest}` }
  let later: Promise<StepEnd> | undefined
  // No pod gets ready before the second run waits; those in their place do.
  life = { readyAfterMs: Infinity }
  const open = (): void => {
    life = { readyAfterMs: 1500 }
    for (const { metadata } of cloud.cluster.objects('Pod')) cloud.cluster.remove('Pod', 'staging', metadata.name)
  }
  const start = (): void => {
    later = second.step(inputs, { GITHUB_RUN_ID: '42' }, {}, { after: /waiting for the lock/, then: open })
  }
  const ends = [await machine.step(plain(), { GITHUB_RUN_ID: '41' }, {}, { after: /written: revision 1/, then: start }), await later]
  expect(ends.map((end) => [end?.exitCode, end?.outputs['outcome']])).toEqual([[0, 'changed'], [0, outcome]])
  expect(ends[1]?.printed).toMatch(/waiting for the lock: https:\/\/example\.com\/acme\/shop\/actions\/runs\/41/)
  expect([holder(), cloud.cluster.objects('Deployment')[0]?.metadata.annotations?.['slipway.dev/sequence']]).toEqual(['', String(runs)])
})

describe('a version that fails', () => {
  const password = 'hunter22-and-more'

  beforeEach(async () => {
    cloud.cluster.apply({ apiVersion: 'v1', kind: 'Secret', metadata: { name: 'cart-db', namespace: 'staging' }, data: { password: Buffer.from(password).toString('base64') } }, { manager: 'another' })
    machine.write('k8s/deployment.yaml', deployment().replace('image: shop/cart }', 'image: shop/cart, envFrom: [{ secretRef: { name: cart-db } }] }'))
    await machine.step(plain())
  })

  test('is explained without its secrets, in text that is no command, and the last good content is back', async () => {
    const bad = seededImage(cloud.sandbox, 'cart', 'v2').digest
    const log = [`connecting to postgres://shop:${password}@db`, '::error::forged', '##[set-output name=outcome]changed', '\u001b[31mfatal: no orders\u001b[0m', '```', Buffer.from(password).toString('base64')]
    life = { pullMs: 400, crash: { afterMs: 200, exitCode: 3 }, log }
    cloud.cluster.script((pod) => (JSON.stringify(pod).includes(digest) ? { pullMs: 400, readyAfterMs: 100 } : undefined))
    const end = await machine.step({ ...plain(), image: `shop/cart@${bad}` })
    expect([end.exitCode, end.outputs['outcome'], end.outputs['failure-code'], holder()]).toEqual([1, 'rolled-back', 'container-crashed', ''])
    expect(statusOf(end)).toEqual(new Map([['cart', expect.objectContaining({ sequence: 2, status: 'rolled-back' })]]))
    expect(end.summary.split('\n')[2]).toMatch(/cart did not become healthy.*exit code 3.*that of revision 1, is back as revision 3.*Next:/)
    expect(end.summary).toContain('fatal: no orders')
    expect(shownBy(end)).not.toContain('hunter22')
    expect(shownBy(end)).not.toContain(Buffer.from(password).toString('base64').slice(0, 12))
    expect(annotations(end).at(-1)).toMatch(/^::error title=container-crashed::Pod cart-.*CrashLoopBackOff/)
    expect(new Set(commandsIn(end.printed))).toEqual(new Set(['warning', 'error']))
  })

  test('and is killed with the run by SIGKILL is put right by the next click', async () => {
    const bad = seededImage(cloud.sandbox, 'cart', 'v2').digest
    life = { pullMs: 400, readyAfterMs: 60_000 }
    const killed = await machine.step({ ...plain(), image: `shop/cart@${bad}` }, {}, {}, { after: /running, not ready/, signals: ['SIGKILL'] })
    expect([killed.leftBehind, holder()]).toEqual([false, expect.stringContaining('runs/')])
    // A second without a renewal instead of fifteen.
    const [lease] = cloud.cluster.objects('Lease', 'slipway')
    if (lease !== undefined) cloud.cluster.put({ ...lease, metadata: { ...lease.metadata }, spec: { holderIdentity: holder(), leaseDurationSeconds: 1 } })
    const end = await machine.step({ ...plain(), image: `shop/cart@${bad}` })
    expect([end.exitCode, holder()]).toEqual([0, ''])
    expect(end.printed).toMatch(/revision 2 was left without a verdict by .*: it is followed first/)
    expect(cloud.cluster.objects('ConfigMap', 'slipway').map(({ metadata }) => metadata.labels?.['slipway.dev/verdict'])).toEqual(['healthy', 'healthy'])
  })
})

describe('refused before any request', () => {
  test.each([
    { what: 'a pull request from a fork', event: 'pull_request', head: 'mallory/shop' },
    { what: 'pull_request_target', event: 'pull_request_target', head: 'acme/shop' },
  ])('$what', async ({ event, head }) => {
    machine.write('event.json', JSON.stringify({ pull_request: { head: { repo: { full_name: head } } } }))
    const since = now()
    const end = await machine.step(plain(), { GITHUB_EVENT_NAME: event, GITHUB_EVENT_PATH: `${machine.workspace}/event.json` })
    expect([end.exitCode, end.outputs['outcome'], now() - since]).toEqual([1, 'refused', 0])
    expect(annotations(end)).toEqual([expect.stringMatching(/^::error title=event-refused::/)])
  })

  test.each(['images', 'config'])('the input "%s" that came empty, with a hint at masked strings', async (input) => {
    checkOutShop(machine)
    const { images } = seededImage(cloud.sandbox, 'cart')
    const since = now()
    const end = await machine.step({ services: 'cart', environment: 'staging', images, config: '{"version":1,"config":{"eu":{}}}', [input]: ' ' })
    expect([end.exitCode, end.outputs['outcome'], now() - since]).toEqual([1, 'refused', 0])
    expect(annotations(end).filter((line) => line.includes(`"${input}" is empty`))).toEqual([expect.stringMatching(/masked string.*Skip output/)])
  })
})

describe('hostile text prints as text', () => {
  const evil = '\\u001b[31mred\\n::error::forged\\r::add-mask::e\\n ##[set-output name=outcome]changed ::warning::w <b>|*x*|</b>\\n```\\n'

  test.each([
    ['that are refused', `apiVersion: "v1${evil}"\nkind: "Evil${evil}"\nmetadata: { name: "${evil}", namespace: "${evil}" }\n---\napiVersion: v1\nkind: Secret\nmetadata: { name: "${evil}" }\n`, 3],
    ['that are no YAML', '::error::forged: [\n##[error]x\n', 1],
  ])('in manifests %s', async (_, text, problems) => {
    machine.write('k8s/evil\n::error::f.yaml', text)
    const since = now()
    const end = await machine.step(plain())
    expect([end.exitCode, end.outputs['outcome'], cloud.writes(since)]).toEqual([1, 'refused', []])
    expect(annotations(end)).toHaveLength(problems)
    expectInert(end)
  })

  test('in what pods say while they do not start', async () => {
    machine.write('k8s/deployment.yaml', deployment(20).replace('image: shop/cart }', `image: shop/cart }, { name: side, image: "side${evil}" }`))
    const end = await machine.step(plain())
    expect([end.exitCode, end.outputs['outcome'], end.outputs['failure-code']]).toEqual([1, 'broken', expect.stringMatching(/^[a-z]+(?:-[a-z]+)+$/)])
    expect(end.printed).toContain('InvalidImageName')
    expect(annotations(end)).toHaveLength(1)
    expectInert(end)
  })

  test('in the names of who owns an object, and of who holds the lock', async () => {
    const text: unknown = JSON.parse(`"${evil}"`)
    const name = String(text)
    const lease = { apiVersion: 'coordination.k8s.io/v1', kind: 'Lease', metadata: { name: 'staging.cart', namespace: 'slipway', annotations: { 'slipway.dev/run': name } }, spec: { holderIdentity: name, leaseDurationSeconds: 600 } }
    cloud.cluster.put(lease)
    const locked = await machine.step({ ...plain(), 'lock-timeout': '0s' })
    expect([locked.exitCode, annotations(locked)]).toEqual([1, [expect.stringMatching(/^::error title=lock-held::/)]])
    expectInert(locked)
    cloud.cluster.put({ apiVersion: 'v1', kind: 'Service', metadata: { name: 'cart', namespace: 'staging', labels: { 'slipway.dev/service': 'cart' }, annotations: { 'slipway.dev/repository': name } }, spec: { ports: [{ port: 81 }] } }, name)
    const owned = await machine.step(plain())
    expect([owned.exitCode, owned.outputs['outcome'], annotations(owned)]).toEqual([1, 'refused', [expect.stringMatching(/^::error title=ownership-conflict::/)]])
    expectInert(owned)
  })

  test('in what the API server says of a write that it refuses', async () => {
    const message: unknown = JSON.parse(`"${evil}"`)
    const body = JSON.stringify({ kind: 'Status', apiVersion: 'v1', status: 'Failure', reason: 'Forbidden', code: 403, message })
    // The preflight's dry run is taken.
    cloud.sandbox.ledger.script({ server: 'kubernetes:nonprod', operation: /^PATCH deployments/, after: 1, times: 99, effect: { status: 403, headers: { 'content-type': 'application/json' }, body } })
    const end = await machine.step(plain())
    expect([end.exitCode, annotations(end).length]).toEqual([1, 1])
    expect(end.outputs['failure-reason']).toMatch(/would not take Deployment cart.*forged/)
    expectInert(end)
  })

  function expectInert(end: StepEnd): void {
    expect(annotations(end).filter((line) => !/^::error title=[a-z-]+[,:]/.test(line))).toEqual([])
    expect(commandsIn(end.printed)).toEqual(annotations(end).map(() => 'error'))
    // Later steps may print outputs.
    expect(commandsIn(Object.values(end.outputs).join('\n'))).toEqual([])
    expect(end.printed + end.summary + Object.values(end.outputs).join('\n')).not.toContain('\u001b')
    expect(end.summary.replace(/^(`{3,})[\s\S]*?^\1$/gm, '')).not.toMatch(/<b>|\*x\*/)
  }
})

test('versions, branches and services that forge a delimiter leave exactly the declared outputs', async () => {
  const forged = '1.0\nghadelimiter_x\noutcome<<EOF\nchanged\nEOF\noutcome=changed'
  const ends = [
    await machine.step({ ...plain(), version: 'outcome<<EOF' }, { GITHUB_REF: `refs/heads/${forged}`, GITHUB_REF_NAME: forged, GITHUB_ACTOR: forged }),
    await machine.step({ ...plain(), version: forged }),
    await machine.step({ ...plain(), services: forged }),
  ]
  expect(ends.map(({ outputs, exitCode }) => [exitCode, outputs['outcome']])).toEqual([[0, 'changed'], [1, 'refused'], [1, 'refused']])
  for (const { outputs } of ends) expect(Object.keys(outputs).sort()).toEqual(['failure-code', 'failure-reason', 'outcome', 'releases', 'result', 'seconds'])
  expect(new Set(ends.flatMap(({ printed }) => commandsIn(printed)))).toEqual(new Set(['error']))
})
