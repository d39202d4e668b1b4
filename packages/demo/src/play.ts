import type { RunResult } from '@slipway/workflow-runner'
import { environment, type Chapter, type Click } from './chapter.ts'
import { countedSince, type ServerCount } from './counted.ts'
import { grown, stockOf, toldImages } from './images.ts'
import { liveByImage } from './lives.ts'
import { hearing, type Moment } from './moments.ts'
import type { Finding, Seen } from './promises.ts'
import { placeOf, type Clusters } from './places.ts'
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
  const { sandbox, clusters, repository, github, runner } = world
  for (const commit of chapter.commits ?? []) await repository.change(commit)
  const revisionsNow = (): Revision[] => revisionsIn(clusters)
  const [since, stock, before, revisionsBefore] = [sandbox.ledger.exchanges.length, stockOf(sandbox.images), workloadsOf(clusters), revisionsNow()]
  const { workflow, inputs, actor, ref = 'main' } = clickOf(world, chapter)
  const askedBefore = github.runs.length
  const { moments, hear } = hearing(() => performance.now())
  const ends = [world.listen(hear), dying(world, chapter), livesOf(world, chapter)]
  const run = await runner.dispatch({ workflow, ref, inputs: { ...inputs }, actor, signal })
  for (const end of ends) end()
  const counts = countedSince(sandbox.ledger, since)
  const revisions = revisionsNow()
  const seen: Seen = {
    run,
    counts,
    grown: grown(stock, stockOf(sandbox.images)),
    told: toldImages(run),
    before,
    after: workloadsOf(clusters),
    running: whatRunsIn(clusters, revisions),
    configuration: configurationIn(clusters),
    moments,
    revisionsBefore,
    revisions,
    locks: heldLocks(clusters),
    tags: new Map([...github.refs].flatMap(([ref, { sha }]) => (ref.startsWith('refs/tags/') ? [[ref.slice('refs/tags/'.length), sha]] : []))),
    releases: github.releases.map(({ tag }) => tag),
    asked: github.runs.slice(askedBefore),
    hidden: [databaseUser, ...world.passwords.values()],
  }
  return { chapter, run, counts, moments, findings: chapter.promises.map((promised) => promised.find(seen)) }
}

/** Who chooses what; a run that was asked of GitHub with a job's own token is the bot's. */
function clickOf({ github }: World, { click }: Chapter): Click {
  if (click !== 'started') return click ?? { workflow: shop.workflow, inputs: { environment, services: 'all' }, actor: shop.actor }
  const asked = github.runs.at(-1)
  if (asked === undefined) throw new Error('the story goes on with a run that nobody has asked GitHub for')
  return { workflow: asked.file, inputs: {}, actor: 'github-actions[bot]', ref: asked.branch }
}

function configurationIn(clusters: Clusters): Set<string> {
  return new Set([...clusters].flatMap(([name, cluster]) => ['ConfigMap', 'Secret'].flatMap((kind) => cluster.objects(kind)).map(({ metadata }) => `${placeOf(name, metadata.namespace ?? '')}/${metadata.name}`)))
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
