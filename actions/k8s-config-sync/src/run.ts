import { Problems, failureText } from '@slipway/report'
import { mapLimit } from '@slipway/wire'
import { configurationCommit } from './config-commit.ts'
import { readConfigMaps } from './config-maps.ts'
import { checkContent, versioned, type Content, type VersionedObject } from './config-object.ts'
import { tellChange } from './narrate.ts'
import type { OpenTarget, Ports } from './ports.ts'
import { objectResult, wouldBe, type SyncResult, type TargetResult } from './result.ts'
import { secretContent } from './secret-content.ts'
import { readSecrets } from './secret-values.ts'
import type { Settings, SyncTarget } from './settings.ts'
import { listObjects, planTarget, type LiveObjects } from './target-plan.ts'
import { writeTarget, type TargetPlan, type Written } from './write-target.ts'

/**
 * Makes the clusters hold the configuration: files first, then sign-in and secrets, then what each target lacks, and
 * only when nothing is wrong anywhere the writes.
 * @throws Failed with every problem at once, nothing having been written.
 */
export async function run(settings: Settings, workspace: string, ports: Ports): Promise<SyncResult> {
  const problems = new Problems()
  const commit = await configurationCommit(workspace, settings.configPath)
  const configMaps = await readConfigMaps(settings, workspace, problems)
  throwOnce(problems)
  const opened = await openTargets(settings, ports)
  const live = new Map([...opened].map(([target, { cluster }]) => [target, listObjects(target, cluster)]))
  const wanted = await composeObjects(settings, configMaps, opened, ports)
  const planned = await planTargets(wanted, live, opened)
  const written: Written = { failures: [], something: false, unanswered: [] }
  if (settings.until !== 'synced') return tell(planned.map(wouldDo), written, commit, ports)
  // All at once; and a mistake of ours in one target leaves nothing running in the others.
  const targets = await mapLimit(planned, planned.length, (plan) => writeTarget(plan, opened.get(plan.target), settings, written, ports))
  return tell(targets, written, commit, ports)
}

type Opened = ReadonlyMap<SyncTarget, OpenTarget>

async function openTargets(settings: Settings, ports: Ports): Promise<Opened> {
  const problems = new Problems()
  const withObjects = settings.targets.filter(({ objects }) => objects.length > 0)
  const opened = await Promise.all(withObjects.map(async (target) => [target, await problems.tryAsync(() => ports.open(target))] as const))
  throwOnce(problems)
  return new Map(opened.flatMap(([target, open]) => (open === undefined ? [] : [[target, open]])))
}

async function composeObjects(settings: Settings, configMaps: ReadonlyMap<SyncTarget, readonly Content[]>, opened: Opened, ports: Ports): Promise<ReadonlyMap<SyncTarget, readonly VersionedObject[]>> {
  const problems = new Problems()
  const composed = await Promise.all(
    settings.targets.map(async (target) => {
      const open = opened.get(target)
      const values = open === undefined ? undefined : await problems.tryAsync(() => readSecrets(target, open.secrets, (value) => {
        ports.mask(value)
      }))
      const secrets = target.objects.flatMap((object) => (object.kind === 'Secret' && values !== undefined ? [secretContent(object, values, `target ${target.name}`, problems)] : []))
      for (const content of secrets) {
        for (const value of content.values.values()) ports.mask(Buffer.from(value).toString())
        checkContent(content, `target ${target.name}`, problems)
      }
      const contents = [...(configMaps.get(target) ?? []), ...secrets]
      return [target, contents.map((content) => versioned(content, target.namespace, settings.labels))] as const
    }),
  )
  throwOnce(problems)
  return new Map(composed)
}

async function planTargets(wanted: ReadonlyMap<SyncTarget, readonly VersionedObject[]>, live: ReadonlyMap<SyncTarget, LiveObjects>, opened: Opened): Promise<readonly TargetPlan[]> {
  const problems = new Problems()
  const plans = await Promise.all(
    [...wanted].map(async ([target, objects]) => {
      const [open, listed] = [opened.get(target), live.get(target)]
      const changes = open === undefined || listed === undefined ? [] : ((await problems.tryAsync(() => planTarget(target, objects, listed, open.cluster, problems))) ?? [])
      return { target, changes }
    }),
  )
  throwOnce(problems)
  return plans
}

function wouldDo({ target, changes }: TargetPlan): TargetResult {
  return { target: target.name, objects: changes.map((change) => objectResult(change, wouldBe(change))) }
}

function tell(targets: readonly TargetResult[], { failures: met, something, unanswered }: Written, commit: string | undefined, ports: Ports): SyncResult {
  const failures = met.map((failure) => (failure.code === 'cancelled' && unanswered.length > 0 ? { ...failure, why: `${failure.why}; no answer came any more to: ${unanswered.join(', ')}`, next: 'run again: what was written is found, and nothing is written twice' } : failure))
  for (const { target, objects } of targets) for (const object of objects) for (const line of tellChange(object)) ports.log.info(`[${target}] ${line}`)
  const told = { targets, failures, ...(commit === undefined ? {} : { configurationCommit: commit }) }
  if (failures.length > 0) return { outcome: something ? 'partial' : 'refused', ...told }
  const isPlanned = targets.some(({ objects }) => objects.some(({ did }) => did.startsWith('would-')))
  return { outcome: something ? 'changed' : isPlanned ? 'planned' : 'unchanged', ...told }
}

/** One cause, such as the end of the run, meets every target: it is told once. */
function throwOnce(problems: Problems): void {
  const once = new Problems()
  for (const failure of new Map(problems.all.map((one) => [failureText(one), one])).values()) once.add(failure)
  once.throwIfAny()
}
