import type { RunResult } from '@slipway/workflow-runner'
import { countedSince, type ServerCount } from './counted.ts'
import { grown, stockOf, toldImages } from './images.ts'
import type { Finding, Seen } from './promises.ts'
import { shop } from './shop.ts'
import type { Chapter } from './story.ts'
import { whatRunsIn } from './where.ts'
import { workloadsOf } from './workloads.ts'
import type { World } from './world.ts'

/** A chapter as it went. */
export interface Played {
  readonly chapter: Chapter
  readonly run: RunResult
  readonly counts: readonly ServerCount[]
  /** In the order of the chapter's promises. */
  readonly findings: readonly Finding[]
}

/** Makes the chapter's commit, clicks, and holds what was seen against what was promised. */
export async function play({ sandbox, cluster, repository, runner }: World, chapter: Chapter, inputs: Record<string, string>, signal: AbortSignal): Promise<Played> {
  if (chapter.change) await repository.change(chapter.change)
  const [since, stock, before] = [sandbox.ledger.exchanges.length, stockOf(sandbox.images), workloadsOf(cluster)]
  const run = await runner.dispatch({ workflow: shop.workflow, ref: 'refs/heads/main', inputs, actor: shop.actor, signal })
  const counts = countedSince(sandbox.ledger, since)
  const seen: Seen = {
    run,
    counts,
    grown: grown(stock, stockOf(sandbox.images)),
    told: toldImages(run),
    before,
    after: workloadsOf(cluster),
    running: whatRunsIn(shop.cluster, cluster, shop.recordNamespace),
    configuration: new Set(['ConfigMap', 'Secret'].flatMap((kind) => cluster.objects(kind)).map(({ metadata }) => `${metadata.namespace ?? ''}/${metadata.name}`)),
  }
  return { chapter, run, counts, findings: chapter.promises.map((promised) => promised.find(seen)) }
}
