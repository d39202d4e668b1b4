import { canonicalJson, changedContent, goodRevisions, type Block } from '@slipway/release'
import type { Surroundings } from './delivery.ts'
import { contentsOf, type Barred, type Undo } from './undo-plan.ts'

/** Bars what a bad release brought from coming back to the services of a target. What is barred already stays as it is. */
export async function bar(barred: readonly Barred[], bad: string, { source, reason, release }: Undo, { ports, clock, narrator }: Surroundings): Promise<void> {
  for (const { service, content, good } of barred) {
    const block: Block = {
      release: bad,
      fingerprint: content.fingerprint,
      ...changedContent(content, good),
      reason,
      actor: source.actor,
      run: source.run === '' ? release : source.run,
      at: new Date(clock.now()).toISOString(),
    }
    const isThere = (one: Block): boolean => one.release === block.release && one.fingerprint === block.fingerprint
    await ports.records.changeBlocks(service, (blocks) => (blocks.some(isThere) ? blocks : [...blocks, block]))
    narrator.say(`[${service}] blocked: what ${bad} brought cannot come back by accident`)
  }
}

/**
 * What is to be barred in a target that the bad release never reached with a service, by what it brought elsewhere: all
 * that nothing good has, here or there. A service that is another repository's here is left alone.
 */
export async function barredHere(elsewhere: readonly Barred[], { source }: Pick<Undo, 'source'>, around: Surroundings): Promise<Barred[]> {
  const services = [...Map.groupBy(elsewhere, ({ service }) => service)]
  const here = await Promise.all(
    services.map(async ([service, barred]) => {
      const { heads } = await around.ports.records.history([service])
      if (heads.some((head) => head.source.repository !== source.repository && head.source.repository !== '')) return []
      const good = await contentsOf(goodRevisions(heads, { unlike: '' }), around)
      const all = barred.map((one): Barred => ({ ...one, good: [...one.good, ...good] }))
      return all.filter((one, index) => isAnything(one) && all.findIndex((other) => changesOf(other) === changesOf(one)) === index)
    }),
  )
  return here.flat()
}

function changesOf({ content, good }: Barred): string {
  return canonicalJson({ ...changedContent(content, good) })
}

/** Where what is good has all of it, only the fingerprint is left, which is another one in each target. */
function isAnything({ content, good }: Barred): boolean {
  const { images, configuration, commit } = changedContent(content, good)
  return commit !== undefined || Object.keys(images).length > 0 || Object.keys(configuration).length > 0
}
