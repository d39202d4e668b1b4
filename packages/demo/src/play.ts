import type { RunResult } from '@slipway/workflow-runner'
import { environment, type Chapter } from './chapter.ts'
import { countedSince, type ServerCount } from './counted.ts'
import { grown, stockOf, toldImages } from './images.ts'
import { liveByImage } from './lives.ts'
import { hearing, type Moment } from './moments.ts'
import type { Finding, Seen } from './promises.ts'
import { heldLocks, revisionsIn, type Revision } from './records.ts'
import { shop } from './shop.ts'
import { whatRunsIn } from './where.ts'
import { workloadsOf } from './workloads.ts'
import { databaseUser, type World } from './world.ts'

/** A chapter as it went. */
export interface Played {
  readonly chapter: Chapter
  readonly run: RunResult
  readonly counts: readonly ServerCount[]
  readonly moments: readonly Moment[]
  /** In the order of the chapter's promises. */
  readonly findings: readonly Finding[]
}

/** Makes the chapter's commit, clicks, and holds what was seen against what was promised. */
export async function play(world: World, chapter: Chapter, signal: AbortSignal): Promise<Played> {
  const { sandbox, cluster, repository, runner } = world
  for (const commit of chapter.commits ?? []) await repository.change(commit)
  const revisionsNow = (): Revision[] => revisionsIn(cluster, shop.recordNamespace)
  const [since, stock, before, revisionsBefore] = [sandbox.ledger.exchanges.length, stockOf(sandbox.images), workloadsOf(cluster), revisionsNow()]
  const { workflow, inputs, actor } = chapter.click ?? { workflow: shop.workflow, inputs: { environment, services: 'all' }, actor: shop.actor }
  const { moments, hear } = hearing(() => performance.now())
  const ends = [world.listen(hear), dying(world, chapter), livesOf(world, chapter)]
  const run = await runner.dispatch({ workflow, ref: 'refs/heads/main', inputs: { ...inputs }, actor, signal })
  for (const end of ends) end()
  const counts = countedSince(sandbox.ledger, since)
  const revisions = revisionsNow()
  const seen: Seen = {
    run,
    counts,
    grown: grown(stock, stockOf(sandbox.images)),
    told: toldImages(run),
    before,
    after: workloadsOf(cluster),
    running: whatRunsIn(shop.cluster, cluster, revisions),
    configuration: new Set(['ConfigMap', 'Secret'].flatMap((kind) => cluster.objects(kind)).map(({ metadata }) => `${metadata.namespace ?? ''}/${metadata.name}`)),
    moments,
    revisionsBefore,
    revisions,
    locks: heldLocks(cluster, shop.recordNamespace),
    hidden: [databaseUser, ...world.passwords.values()],
  }
  return { chapter, run, counts, moments, findings: chapter.promises.map((promised) => promised.find(seen)) }
}

/** Pulls the plug of the runner at the line that the chapter names. */
function dying({ runner, listen }: World, { diesAt }: Chapter): () => void {
  if (diesAt === undefined) return () => undefined
  return listen((event) => {
    if (event.type === 'line' && diesAt.test(event.line)) runner.kill(event.run)
  })
}

function livesOf({ sandbox, cluster, passwords }: World, { life }: Chapter): () => void {
  return life === undefined ? () => undefined : liveByImage(sandbox.images, cluster, (namespace) => life({ password: passwords.get(namespace) ?? '' }))
}
