import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { openBed } from './bed/bed.ts'
import { standing } from './bed/up-down.ts'
import { openStage, type Played, type Playing, type Stage } from './failures-stage.ts'
import { quick, registryDown, slow, type Trouble } from './failures-troubles.ts'
import { openShop } from './shop.ts'

const all = [...quick, ...slow, registryDown]
const played = new Map<Trouble, Played>()
let stage: Stage

beforeAll(async () => {
  stage = await openStage()
  await stage.prepare(all)
  const begun: Playing[] = []
  const begin = (trouble: Trouble): Playing => {
    const playing = stage.play(trouble)
    begun.push(playing)
    return playing
  }
  for (const trouble of quick) await begin(trouble).verdict
  for (const trouble of slow) begin(trouble)
  await takeRegistriesDown(60_000)
  begin(registryDown)
  await stage.sightings.until(stage.service(registryDown), (seen) => seen.kind === 'Event' && /^Failed to pull image/.test(seen.message))
  await takeRegistriesDown(10_000)
  for (const one of await Promise.all(begun.map((playing) => playing.played))) played.set(one.trouble, one)
}, 300_000)
afterAll(async () => {
  console.log(table([...played.values()]))
  await stage.close()
}, 60_000)

/** From now on; what is pulled meanwhile finds a server that hangs up. */
async function takeRegistriesDown(milliseconds: number): Promise<void> {
  const { ok } = await fetch(`${standing(openBed()).environment['AWS_ENDPOINT_URL_ECR'] ?? ''}/bed/registries/down/${milliseconds}`, { method: 'PUT' })
  expect(ok).toBe(true)
}

describe.each(all.map((trouble) => [trouble.name, trouble] as const))('%s', (_, trouble) => {
  const of = (): Played => {
    const one = played.get(trouble)
    if (one === undefined) throw new Error('it was not played')
    return one
  }

  test(`is ${trouble.outcome}${trouble.code === '' ? '' : `, for ${trouble.code}`}, and says why and what to do`, () => {
    const { end } = of()
    expect([end.outputs['outcome'], end.outputs['failure-code'], end.exitCode]).toEqual([trouble.outcome, trouble.code, trouble.outcome === 'changed' ? 0 : 1])
    for (const words of trouble.told) expect(end.printed).toMatch(words)
  })

  test(trouble.outcome === 'rolled-back' ? 'is put back to what ran before' : 'stays', () => {
    expect(of().isBack).toBe(trouble.outcome === 'rolled-back')
  })

  test('tells no secret', () => {
    const { end, secret } = of()
    const everything = `${end.printed}${end.summary}${JSON.stringify(end.outputs)}`
    expect(everything).not.toContain(secret)
    for (const piece of piecesOf(Buffer.from(secret).toString('base64').replace(/.?=*$/, ''), 8)) expect(everything).not.toContain(piece)
  })
})

test('a digest that no registry has is refused before anything is written', async () => {
  const shop = await openShop('absent')
  const startedMs = performance.now()
  const { printed, outputs, exitCode } = await shop.rollout(`shop/cart@sha256:${'0'.repeat(64)}`, '1.0.0')
  console.log(`refused after ${((performance.now() - startedMs) / 1000).toFixed(1)} s`)
  expect([outputs['outcome'], exitCode]).toEqual(['refused', 1])
  expect(printed).toMatch(/::error title=image-missing::.*shop\/cart@sha256:0+ is not in the registry that the target \S+ pulls from/)
  expect(await shop.kubectl(['get', 'deployment', shop.service, '--ignore-not-found'])).toBe('')
  await shop.close()
})

function piecesOf(text: string, length: number): string[] {
  return Array.from({ length: text.length - length + 1 }, (_, at) => text.slice(at, at + length))
}

function table(rows: readonly Played[]): string {
  const seconds = (number: number | undefined): string => (number === undefined ? '' : `${number.toFixed(2)} s`)
  const lines = rows.map(({ trouble, end, seconds: ours, afterDecisive, peer }) =>
    [trouble.name, end.outputs['outcome'] ?? '', end.outputs['failure-code'] ?? '', seconds(ours), seconds(afterDecisive), `${seconds(peer.seconds)}: ${peer.said}`].join(' | '),
  )
  return ['trouble | outcome | code | write to verdict | decisive to verdict | kubectl rollout status', ...lines].join('\n')
}
