import { describe, expect, test } from '@jest/globals'
import { digestRule, prove, provenConfiguration, repositoryRule, type Block, type Digest, type NameRule, type ProofStep, type RecordHead, type ReleaseRecord, type Testimony } from '@slipway/release'

const named = <Name extends string>(rule: NameRule<Name>, text: string): Name => {
  if (rule.is(text)) return text
  throw new Error(text)
}
const repository = named(repositoryRule, 'shop/cart')
const digest = (letter: string): Digest => named(digestRule, `sha256:${letter.repeat(64)}`)

/** A record of the image of a letter, from the source of a key. */
function record(sequence: number, image: string, sourceKeys: readonly string[], more: Partial<RecordHead> = {}): RecordHead & { readonly image: string } {
  const source = { repository: 'acme/shop', commit: `${sequence}`.repeat(40), ref: 'refs/heads/main', run: `https://github.example/runs/${sequence}`, actor: 'alice' }
  return { name: `staging.cart.v${sequence}`, service: 'cart', sequence, verdict: 'healthy', fingerprint: `f${sequence}`, release: `release-${sequence}`, versions: [], sourceKeys, source, createdAt: `2026-11-21T10:0${sequence}:00Z`, uid: 'u', resourceVersion: '1', image, ...more }
}

function block(more: Partial<Block>): Block {
  return { release: 'release-x', fingerprint: 'none', images: {}, configuration: {}, reason: 'prices are wrong', actor: 'bob', run: 'https://github.example/runs/99', at: '2026-11-21T11:00:00Z', ...more }
}

type Told = Readonly<Record<string, { readonly heads?: readonly ReturnType<typeof record>[]; readonly blocks?: readonly Block[] }>>

/** The end of the search, and how many records were read for it. */
function search(told: Told, wish: { digest?: Digest; unreadable?: boolean } = {}): { readonly step: ProofStep; readonly read: number } {
  const testimonies = Object.entries(told).map(([target, { heads = [], blocks = [] }]): Testimony => ({ target, heads, blocks }))
  const records = new Map<RecordHead, ReleaseRecord | string>()
  for (;;) {
    const step = prove({ service: 'cart', repository, sourceKey: 'key', ...(wish.digest === undefined ? {} : { digest: wish.digest }) }, 'staging', testimonies, records)
    if (step.kind !== 'read') return { step, read: records.size }
    const image = Object.values(told).flatMap(({ heads = [] }) => heads).find((head) => head === step.head)?.image ?? ''
    const { sequence, service, release, source, createdAt } = step.head
    records.set(step.head, wish.unreadable === true ? 'it cannot be read' : { sequence, service, release, participants: [], revision: { images: { [image === 'other' ? 'shop/other' : 'shop/cart']: digest(image === 'other' ? 'f' : image) }, configuration: {}, manifests: [] }, source, startedAt: createdAt })
  }
}

describe('an image is proven', () => {
  test.each<{ by: string; told: Told; proven: string; read: number }>([
    { by: 'a healthy record of its source', told: { eu: { heads: [record(1, 'a', ['key'])] } }, proven: 'a 1 eu', read: 1 },
    { by: 'the newest of several', told: { eu: { heads: [record(2, 'b', ['old', 'key']), record(1, 'a', ['key'])] } }, proven: 'b 2 eu', read: 1 },
    { by: 'the newest of all targets', told: { eu: { heads: [record(1, 'a', ['key'])] }, us: { heads: [record(3, 'c', ['key'])] } }, proven: 'c 3 us', read: 1 },
    { by: 'an older one, where the newer failed', told: { eu: { heads: [record(2, 'b', ['key'], { verdict: 'failed' }), record(1, 'a', ['key'])] } }, proven: 'a 1 eu', read: 1 },
    { by: 'an older one, where the image of the newer is blocked', told: { eu: { heads: [record(2, 'b', ['key']), record(1, 'a', ['key'])], blocks: [block({ images: { 'shop/cart': digest('b') } })] } }, proven: 'a 1 eu', read: 2 },
    { by: 'an older one, where the commit of the newer is blocked, which needs no look into it', told: { eu: { heads: [record(2, 'b', ['key']), record(1, 'a', ['key'])], blocks: [block({ commit: '2'.repeat(40) })] } }, proven: 'a 1 eu', read: 1 },
    { by: 'one that was deployed before another source', told: { eu: { heads: [record(2, 'b', ['other']), record(1, 'a', ['key'])] } }, proven: 'a 1 eu', read: 1 },
  ])('by $by', ({ told, proven, read }) => {
    const end = search(told)
    expect([end.step.kind === 'proven' ? `${end.step.proven.digest.slice(7, 8)} ${end.step.proven.head.sequence} ${end.step.proven.target}` : end.step, end.read]).toEqual([proven, read])
  })

  test('by the record of exactly its digest, where that is said', () => {
    const told = { eu: { heads: [record(2, 'b', ['key']), record(1, 'a', ['key'])] } }
    expect(search(told, { digest: digest('a') }).step).toMatchObject({ kind: 'proven', proven: { head: { sequence: 1 } } })
  })
})

describe('an image is not proven', () => {
  test.each<{ where: string; told: Told; wish?: Parameters<typeof search>[1]; why: RegExp; next: RegExp }>([
    { where: 'it was never deployed', told: { eu: {} }, why: /^cart was never deployed to staging by this repository$/, next: /^deploy this commit to staging first$/ },
    { where: 'another source is healthy', told: { eu: { heads: [record(1, 'a', ['other'])] } }, why: /^what is proven there is commit 111111111111 of main \(revision 1 in eu\), and cart has another source at this commit$/, next: /^deploy this commit to staging first$/ },
    { where: 'another source is there, and not healthy either', told: { eu: { heads: [record(1, 'a', ['other'], { verdict: 'failed' })] } }, why: /^nothing of cart stands for healthy there: the newest is revision 1 in eu, failed, commit 1/, next: /^deploy this commit to staging first$/ },
    { where: 'its deploy failed', told: { eu: { heads: [record(1, 'a', ['key'], { verdict: 'failed' })] } }, why: /^revision 1 in eu of 2026-11-21T10:01:00Z by alice is of this source, and failed \(https:\/\/github\.example\/runs\/1\)$/, next: /one that mends it/ },
    { where: 'its deploy was interrupted', told: { eu: { heads: [record(1, 'a', ['key'], { verdict: 'interrupted' })] } }, why: /was interrupted/, next: /deploy this commit to staging again/ },
    { where: 'its deploy is under way', told: { eu: { heads: [record(1, 'a', ['key'], { verdict: 'pending' })] } }, why: /has no verdict yet/, next: /^wait until it is healthy/ },
    { where: 'its image is blocked', told: { eu: { heads: [record(1, 'a', ['key'])], blocks: [block({ images: { 'shop/cart': digest('a') } })] } }, why: /is blocked: bob undid the release release-x at 2026-11-21T11:00:00Z: prices are wrong \(https/, next: /rollback there with the input `unblock`/ },
    { where: 'it is blocked in another target only', told: { eu: { heads: [record(1, 'a', ['key'])] }, us: { blocks: [block({ commit: '1'.repeat(40) })] } }, why: /blocked/, next: /unblock/ },
    { where: 'its content is blocked', told: { eu: { heads: [record(1, 'a', ['key'])], blocks: [block({ fingerprint: 'f1' })] } }, why: /blocked/, next: /unblock/ },
    { where: 'the digest is not the proven one', told: { eu: { heads: [record(1, 'a', ['key'])] } }, wish: { digest: digest('b') }, why: /^what is to be deployed is sha256:b+, and revision 1 in eu has proven sha256:a+ of this source$/, next: /hand over the images that ecr-build-push takes from staging/ },
    { where: 'its record cannot be read', told: { eu: { heads: [record(1, 'a', ['key'])] } }, wish: { unreadable: true }, why: /^revision 1 in eu is of this source, but it cannot be read$/, next: /again/ },
    { where: 'its repository is another one now', told: { eu: { heads: [record(1, 'other', ['key'])] } }, why: /runs no image of the repository shop\/cart/, next: /again/ },
  ])('where $where', ({ told, wish, why, next }) => {
    const { step } = search(told, wish)
    expect(step).toEqual({ kind: 'unproven', failure: { code: 'not-proven', what: 'cart is not proven in staging', why: expect.stringMatching(why), next: expect.stringMatching(next) } })
  })
})

test('the configuration commit is that of the newest record; that others differ is known', () => {
  const at = (sequence: number, commit: string | undefined) => {
    const head = record(sequence, 'a', ['key'])
    return { digest: digest('a'), target: 'eu', head: { ...head, source: { ...head.source, ...(commit === undefined ? {} : { configurationCommit: commit }) } } }
  }
  expect(provenConfiguration([at(1, 'c1'), at(3, 'c3'), at(2, undefined)])).toEqual({ commit: 'c3', isMixed: true })
  expect(provenConfiguration([at(1, 'c1'), at(2, 'c1')])).toEqual({ commit: 'c1', isMixed: false })
  expect(provenConfiguration([at(1, undefined)])).toEqual({ isMixed: false })
})

test('the configuration commit that a later deploy of the same content noted is the proven one, not that of the record', () => {
  const made = record(1, 'a', ['key'])
  const head: RecordHead = { ...made, source: { ...made.source, configurationCommit: 'noted' } }
  const { sequence, service, release, createdAt } = head
  const kept: ReleaseRecord = { sequence, service, release, participants: [], revision: { images: { [repository]: digest('a') }, configuration: {}, manifests: [] }, source: { ...made.source, configurationCommit: 'first' }, startedAt: createdAt }
  const step = prove({ service, repository, sourceKey: 'key' }, 'staging', [{ target: 'eu', heads: [head], blocks: [] }], new Map([[head, kept]]))
  expect(step.kind === 'proven' && provenConfiguration([step.proven])).toEqual({ commit: 'noted', isMixed: false })
})
