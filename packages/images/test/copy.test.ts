import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { createServer, type RequestListener } from 'node:http'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals'
import type { Digest } from '@slipway/release'
import { Failed } from '@slipway/report'
import { home, other, quickClock, TwoRegions } from './copy-bed.ts'
import { finishAfterKill } from './copy-cut-off.ts'
import { digest, name } from './names.ts'

let world: TwoRegions
beforeAll(async () => {
  world = await TwoRegions.start()
})
afterAll(async () => {
  await world.close()
})
const cart = name('shop/cart')
beforeEach(() => {
  for (const region of [home, other]) for (const repository of ['shop/cart', 'shop/web']) world.sandbox.images.createRepository(region, repository)
  world.requests.length = 0
  world.writes = 0
  world.waits.length = 0
  world.atRequest = () => undefined
})
const failureOf = async (work: Promise<unknown>) => {
  const error: unknown = await work.catch((thrown: unknown) => thrown)
  if (error instanceof Failed) return error.failures[0]
  throw error
}
/** How a copy fails that goes to a registry which answers like this. */
const failureFrom = async (answer: RequestListener, image: Digest) => {
  const server = createServer(answer)
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  const address = server.address()
  const away = { ...world.end(other), url: `http://127.0.0.1:${typeof address === 'object' ? (address?.port ?? 0) : 0}` }
  try {
    return await failureOf(world.copier(home, other, { ends: [world.end(home), away], clock: quickClock([]) }).copy(image, cart))
  } finally {
    server.closeAllConnections()
    await new Promise((done) => server.close(done))
  }
}
/** Holds each of two requests until the other has come too. */
const meeting = (...pair: readonly [RegExp, RegExp]) => {
  const come = pair.map(() => Promise.withResolvers<undefined>())
  world.atRequest = async (text) => {
    const mine = pair.findIndex((pattern) => pattern.test(text))
    if (mine < 0) return
    come[mine]?.resolve(undefined)
    await come[1 - mine]?.promise
  }
}
const standing = (region = other) => {
  const { manifests, blobs } = world.repository(region, 'shop/cart')
  return { manifests: [...manifests.keys()].sort(), blobs: [...blobs.keys()].sort() }
}

describe('a copy', () => {
  test('brings the index, its images and their layers to the other region, byte for byte, and no tag', async () => {
    const index = world.seedIndex('shop/cart', 'v1')
    expect(await world.copier().copy(index, cart)).toMatchObject({ sent: 4, mounted: 0 })
    expect(standing()).toEqual(standing(home))
    for (const [key, { bytes, mediaType }] of world.repository(home, 'shop/cart').manifests) expect(world.repository(other, 'shop/cart').manifests.get(key)).toMatchObject({ bytes, mediaType })
    expect(world.repository(other, 'shop/cart').tags.size).toBe(0)
    expect(world.writes).toBe(7)
  })

  test('puts an index after its images', async () => {
    const index = world.seedIndex('shop/cart', 'v1')
    await world.copier().copy(index, cart)
    const put = world.asked(other).filter((text) => text.startsWith('PUT shop/cart/manifests'))
    expect([put.length, put.at(-1)]).toEqual([3, `PUT shop/cart/manifests/${index}`])
  })

  test('of what is there already looks at it once in each region, and sends nothing', async () => {
    const index = world.seedIndex('shop/cart', 'v1')
    await world.copier().copy(index, cart)
    world.requests.length = 0
    expect(await world.copier().copy(index, cart)).toEqual({ sent: 0, bytes: 0, mounted: 0 })
    expect(world.requests.map(({ region, text }) => `${region} ${text}`).sort()).toEqual([`${home} GET shop/cart/manifests/${index}`, `${other} HEAD shop/cart/manifests/${index}`])
  })

  test('of what is there already needs nothing of the home region', async () => {
    const image = world.seed('shop/cart', 'v1')
    await world.copier().copy(image, cart)
    world.sandbox.ledger.script({ server: 'registry', operation: /GET manifest/, times: 1, effect: { status: 403 } })
    expect(await world.copier().copy(image, cart)).toEqual({ sent: 0, bytes: 0, mounted: 0 })
  })

  test('looks for the manifest in the other region while it reads it at home', async () => {
    const image = world.seed('shop/cart', 'v1')
    meeting(/^eu-west-1 GET .*manifests/, /^us-east-1 HEAD .*manifests/)
    await world.copier().copy(image, cart)
    expect(standing()).toEqual(standing(home))
  })

  test('asks for a layer while its upload is begun', async () => {
    const image = world.seed('shop/cart', 'v1')
    meeting(/^eu-west-1 GET .*blobs/, /^us-east-1 POST/)
    await world.copier().copy(image, cart)
    expect(standing()).toEqual(standing(home))
  })

  test('sends the one layer that is missing, and says how many bytes it has', async () => {
    const image = world.seed('shop/cart', 'v1')
    await world.copier().copy(image, cart)
    const there = world.repository(other, 'shop/cart')
    const [layer = '', bytes = Buffer.alloc(0)] = [...there.blobs][0] ?? []
    there.blobs.delete(layer)
    there.manifests.clear()
    world.requests.length = 0
    expect(await world.copier().copy(image, cart)).toEqual({ sent: 1, bytes: bytes.length, mounted: 0 })
    expect(world.asked(home)).toEqual([`GET shop/cart/manifests/${image}`, `GET shop/cart/blobs/${layer}`])
    expect(world.asked(other).filter((text) => !text.startsWith('HEAD'))).toEqual(['POST shop/cart/blobs/uploads/', 'PUT shop/cart/blobs/uploads/…', `PUT shop/cart/manifests/${image}`])
  })

  test('of two images at once sends what they share once', async () => {
    const shared = [world.seed('shop/cart', 'same', 'linux/amd64'), world.seed('shop/cart', 'same', 'linux/arm64')]
    const copier = world.copier()
    await Promise.all(shared.map((image) => copier.copy(image, cart)))
    expect(standing()).toEqual(standing(home))
    expect(world.asked(other).filter((text) => text.startsWith('PUT shop/cart/blobs'))).toHaveLength(3)
  })

  test('never shows its password to where the registry keeps its layers', async () => {
    await world.copier().copy(world.seed('shop/cart', 'v1'), cart)
    const kept = world.requests.filter(({ region }) => region === 'layers')
    expect(kept.map(({ authorization }) => authorization)).toEqual([undefined, undefined])
    expect(world.requests.filter(({ region }) => region !== 'layers').every(({ authorization }) => authorization?.startsWith('Basic '))).toBe(true)
  })
})

describe('layers are mounted', () => {
  test('between two repositories of one registry, and none passes through', async () => {
    const image = world.seed('shop/cart', 'v1')
    expect(await world.copier(home, home).copy(image, cart, name('shop/web'))).toEqual({ sent: 0, bytes: 0, mounted: 2 })
    expect(world.repository(home, 'shop/web').manifests.has(image)).toBe(true)
    expect(world.requests.filter(({ region, text }) => region === 'layers' || text.startsWith('GET shop/cart/blobs'))).toEqual([])
  })

  test('from an image that was copied before, where another repository shares them', async () => {
    const [first, second] = [world.seed('shop/cart', 'same'), world.seed('shop/web', 'same', 'linux/arm64')]
    const copier = world.copier()
    await copier.copy(first, cart)
    expect(await copier.copy(second, name('shop/web'))).toMatchObject({ sent: 1, mounted: 1 })
  })

  test('and streamed where the registry refuses to mount', async () => {
    const image = world.seed('shop/cart', 'v1')
    world.sandbox.ledger.script({ server: 'registry', operation: /POST upload/, times: 1, effect: { status: 403 } })
    expect(await world.copier(home, home).copy(image, cart, name('shop/web'))).toMatchObject({ sent: 1, mounted: 1 })
  })
})

describe('a copy that is cut off', () => {
  test.each([3, 12, 21])('at its request %i is finished by the next one, which sends nothing that is there', async (atRequest) => {
    expect(await finishAfterKill(world, atRequest)).toBe(true)
  })

  test('by a lost answer is looked at before anything is sent again', async () => {
    const image = world.seed('shop/cart', 'v1')
    world.sandbox.ledger.script({ server: 'registry', operation: /PUT upload/, times: 1, effect: 'reset-after-handling' })
    const waits: number[] = []
    await world.copier(home, other, { clock: quickClock(waits) }).copy(image, cart)
    expect(waits).toHaveLength(1)
    expect(world.asked(other).filter((text) => text.startsWith('PUT shop/cart/blobs'))).toHaveLength(2)
    expect(standing()).toEqual(standing(home))
  })

  test('in the middle of a layer is tried again', async () => {
    const image = world.seed('shop/cart', 'v1')
    for (const [server, operation] of [['layers', /GET/], ['registry', /PUT upload/], ['registry', /POST upload/], ['registry', /GET manifest/]] as const) world.sandbox.ledger.script({ server, operation, times: 1, effect: 'reset' })
    await world.copier(home, other, { clock: quickClock([]) }).copy(image, cart)
    expect(standing()).toEqual(standing(home))
  })
})

describe('an upload that is not begun', () => {
  const denied = { status: 403, body: '{"errors":[{"code":"DENIED","message":"not authorized to perform: ecr:InitiateLayerUpload"}]}' }
  /** An image whose layer does not fit into what a connection takes in unread. */
  const large = () => digest(world.sandbox.images.seedImage({ region: home, repository: 'shop/cart', files: { layer: randomBytes(24 * 1024 * 1024) } }))
  /** Lets no upload begin before the layers are being read, and tells of each reader that leaves. */
  const readFirst = () => {
    const readers: Promise<unknown>[] = []
    const reading = Promise.withResolvers<undefined>()
    world.atRequest = async (text, gone) => {
      if (text.startsWith('layers')) readers.push(once(gone, 'abort'))
      if (readers.length === 2) reading.resolve(undefined)
      if (text.startsWith(`${other} POST`)) await reading.promise
    }
    return readers
  }

  test('leaves no layer half read', async () => {
    const image = large()
    const readers = readFirst()
    world.sandbox.ledger.script({ server: 'registry', operation: /POST upload/, times: 2, effect: denied })
    expect(await failureOf(world.copier().copy(image, cart))).toMatchObject({ code: 'access-denied' })
    expect(await Promise.all(readers)).toHaveLength(2)
  })

  test('is begun again with the layer from its first byte, and the one before is left', async () => {
    const image = large()
    const readers = readFirst()
    world.sandbox.ledger.script({ server: 'registry', operation: /POST upload/, times: 2, effect: { status: 503 } })
    await world.copier(home, other, { clock: quickClock([]) }).copy(image, cart)
    expect(standing()).toEqual(standing(home))
    expect(await Promise.all(readers)).toHaveLength(4)
  })

  test('is what is told where the layer cannot be read either', async () => {
    const image = world.seed('shop/cart', 'v1')
    world.sandbox.ledger.script({ server: 'registry', operation: /GET blob/, times: 2, effect: { status: 403 } })
    world.sandbox.ledger.script({ server: 'registry', operation: /POST upload/, times: 2, effect: denied })
    expect(await failureOf(world.copier().copy(image, cart))).toMatchObject({ code: 'access-denied', why: 'it answers 403 to POST: DENIED not authorized to perform: ecr:InitiateLayerUpload' })
  })
})

describe('a registry that has no time', () => {
  test('is given the wait that it asks for', async () => {
    const waits: number[] = []
    world.sandbox.ledger.script({ server: 'registry', operation: /POST upload/, times: 2, effect: { status: 429, headers: { 'retry-after': '7' } } })
    await world.copier(home, other, { clock: quickClock(waits) }).copy(world.seed('shop/cart', 'v1'), cart)
    expect(waits).toEqual([7000, 7000])
    expect(world.waits.every((text) => /^ECR in us-east-1 is asked again in 7\.0 s for the layer sha256:\w+: it answered 429$/.test(text))).toBe(true)
  })

  test('for good is told, with what to do', async () => {
    const image = world.seed('shop/cart', 'v1')
    const failure = await failureFrom((_, response) => response.writeHead(429).end(), image)
    expect(failure).toMatchObject({ code: 'throttled', what: `shop/cart@${image} could not be copied from ECR in eu-west-1 to ECR in us-east-1`, where: `ECR in us-east-1, the manifest ${image}`, why: 'it answered 429' })
  })
})

describe('what cannot be right is refused, and nothing of it stands', () => {
  test('a layer that is not what its digest says', async () => {
    const image = world.seed('shop/cart', 'v1')
    const { blobs } = world.repository(home, 'shop/cart')
    const [layer = '', bytes = Buffer.alloc(0)] = [...blobs][0] ?? []
    blobs.set(layer, Buffer.alloc(bytes.length, 7))
    expect(await failureOf(world.copier().copy(image, cart))).toMatchObject({ code: 'copy-failed', where: `ECR in eu-west-1, the layer ${layer}`, why: `what it gives under this digest is ${digest(Buffer.alloc(bytes.length, 7))}` })
    expect([standing().manifests, standing().blobs.includes(layer)]).toEqual([[], false])
  })

  test.each([['fewer', -1], ['more', 1]])('a layer of %s bytes than the manifest says', async (word, difference) => {
    const image = world.seed('shop/cart', 'v1')
    const { blobs } = world.repository(home, 'shop/cart')
    const [layer = '', bytes = Buffer.alloc(0)] = [...blobs][0] ?? []
    blobs.set(layer, Buffer.alloc(bytes.length + difference))
    expect((await failureOf(world.copier().copy(image, cart))).why).toBe(`it gives ${word} than the ${bytes.length} bytes that the image's manifest says`)
    expect(standing().manifests).toEqual([])
  })

  test('a manifest that is another, or none', async () => {
    const { manifests } = world.repository(home, 'shop/cart')
    const wanted = digest('{"schemaVersion":2}')
    manifests.set(wanted, { digest: wanted, mediaType: 'application/vnd.oci.image.manifest.v1+json', bytes: Buffer.from('{}') })
    expect((await failureOf(world.copier().copy(wanted, cart))).why).toMatch(/^what it gives under this digest is sha256:44136f/)
    manifests.set(wanted, { digest: wanted, mediaType: 'application/vnd.oci.image.manifest.v1+json', bytes: Buffer.from('{"schemaVersion":2}') })
    expect((await failureOf(world.copier().copy(wanted, cart))).why).toMatch(/^it is neither an image nor an index/)
  })
})

describe('a refusal is told in the registry\'s words', () => {
  test('of an image that its own region does not have', async () => {
    expect(await failureOf(world.copier().copy(digest('none'), cart))).toMatchObject({ code: 'copy-failed', why: 'it answers 404 to GET: MANIFEST_UNKNOWN Requested image not found' })
  })
  test('of a repository that the other region does not have', async () => {
    world.sandbox.images.repositories.delete(`${other}/shop/cart`)
    expect(await failureOf(world.copier().copy(world.seed('shop/cart', 'v1'), cart))).toMatchObject({ code: 'repository-missing', where: expect.stringMatching(/^ECR in us-east-1/) })
  })
  test('of a layer that is deleted under its image', async () => {
    world.sandbox.ledger.script({ server: 'registry', operation: /PUT manifest/, effect: { status: 404, body: '{"errors":[{"code":"BLOB_UNKNOWN","message":"Layers with digests \'[sha256:x]\' do not exist"}]}' } })
    expect(await failureOf(world.copier().copy(world.seed('shop/cart', 'v1'), cart))).toMatchObject({ code: 'copy-failed', why: "it answers 404 to PUT: BLOB_UNKNOWN Layers with digests '[sha256:x]' do not exist" })
  })
  test('of a right that is missing', async () => {
    world.sandbox.ledger.script({ server: 'registry', operation: /POST upload/, effect: { status: 403, body: '{"errors":[{"code":"DENIED","message":"not authorized to perform: ecr:InitiateLayerUpload"}]}' } })
    expect(await failureOf(world.copier().copy(world.seed('shop/cart', 'v1'), cart))).toMatchObject({ code: 'access-denied', why: 'it answers 403 to POST: DENIED not authorized to perform: ecr:InitiateLayerUpload' })
  })
  test('of a password that opens nothing', async () => {
    const ends = [{ ...world.end(home), password: 'old' }, world.end(other)] as const
    expect(await failureOf(world.copier(home, other, { ends }).copy(world.seed('shop/cart', 'v1'), cart))).toMatchObject({ code: 'access-denied', why: 'it answers 401 to GET: Not Authorized' })
  })
})

test('a registry that sends its clients to an address without https is not followed', async () => {
  const failure = await failureFrom((request, response) => {
    if (request.method === 'POST') response.writeHead(202, { location: 'http://evil.example/upload' }).end()
    else response.writeHead(404).end()
  }, world.seed('shop/cart', 'v1'))
  expect(failure.why).toBe('it sends its clients to an address that is not https')
})
