import type { RunPage } from '@slipway/github'
import { Failed } from '@slipway/report'
import type { Tagged } from './make-tag.ts'
import type { Ports } from './ports.ts'
import type { Settings, Start } from './settings.ts'

/** A run on the tag, and whether this run started it. */
export interface Started {
  readonly run: RunPage
  readonly isOurs: boolean
}

/** How long a run may take to show. */
const patienceMs = 60_000
/** How long a run is waited for that somebody else may have started: the tag's own event, or the run that made the tag. */
const graceMs = 20_000

/**
 * Checks what can be checked before anything is written, and says how production will start.
 * @throws Failed `run-missing` where the workflow is not there or is switched off.
 */
export async function checkStart({ start, token }: Settings, { github, say }: Ports): Promise<void> {
  if (start.kind !== 'dispatch') return
  const state = await github.workflowState(start.workflow)
  if (state === undefined) throw missing(`${start.workflow} cannot be started`, 'the default branch has no workflow file of this name, or the token may not see it (`actions: write`)', 'mend the input "start", or bring the file to the default branch first')
  if (state !== 'active') throw missing(`${start.workflow} cannot be started`, `its state is ${state}`, 'enable it on the page Actions of the repository')
  if (token.isJobs) say(`the tag is made with the job's own token, and starts no run by itself: ${start.workflow} is dispatched on it`)
}

/** Makes sure that a run is there for the tag; undefined where none is wanted. */
export async function ensureStarted({ start, token }: Settings, tagged: Tagged, ports: Ports): Promise<Started | undefined> {
  switch (start.kind) {
    case 'none':
      return undefined
    case 'event': {
      const run = await shownRun(() => true, tagged, patienceMs, ports)
      if (run !== undefined) return { run, isOurs: false }
      throw missing(
        `no run appeared for ${tagged.tag} within ${patienceMs / 1000} s`,
        'no workflow of the tagged commit starts for a tag of this name: in `on: push: tags` a `*` does not match "/", so `cart/v1.0.0` needs \'*/v*\'; nor does any start where more than three tags are pushed at once, or the tag came by a job\'s own token',
        'mend the trigger for the next version; for this one, run this again with `start:` and the workflow file, which is then dispatched on the tag',
      )
    }
    case 'dispatch':
      return dispatched(start, tagged, tagged.isOurs && token.isJobs ? 0 : graceMs, ports)
  }
}

async function dispatched({ workflow }: Start & { kind: 'dispatch' }, tagged: Tagged, waitMs: number, ports: Ports): Promise<Started> {
  const { github, wrote, say } = ports
  const isIt = (run: RunPage): boolean => run.file === `.github/workflows/${workflow}`
  const standing = await shownRun(isIt, tagged, waitMs, ports)
  if (standing !== undefined) return { run: standing, isOurs: false }
  wrote()
  const id = await github.dispatch(workflow, tagged.tag)
  const run = typeof id === 'number' ? await polled(() => github.run(id), patienceMs, ports) : await shownRun(isIt, tagged, patienceMs, ports)
  if (run === undefined) throw missing(`no run of ${workflow} appeared for ${tagged.tag} within ${patienceMs / 1000} s`, id === 'unanswered' ? 'GitHub did not answer when it was asked to start it' : 'GitHub took the order, and shows no run', 'run this again: the tag is found, and a run that shows by then is not started twice')
  if (run.commit !== tagged.commit) throw missing(`${workflow} was not started on ${tagged.tag}`, `its run ${run.url} is of the commit ${run.commit}`, 'cancel that run; look for a branch of the tag\'s name')
  say(`${workflow} is started: ${run.url}`)
  return { run, isOurs: true }
}

function shownRun(isIt: (run: RunPage) => boolean, { tag, commit }: Tagged, waitMs: number, ports: Ports): Promise<RunPage | undefined> {
  return polled(async () => (await ports.github.runsOf(tag, commit)).find(isIt), waitMs, ports)
}

/** Looks at once, and then again and again until the time is over. */
async function polled<T>(look: () => Promise<T | undefined>, forMs: number, { clock, work }: Ports): Promise<T | undefined> {
  const startedMs = clock.monotonic()
  for (let pauseMs = 1000; ; pauseMs = Math.min(5000, pauseMs * 2)) {
    const found = await look()
    const leftMs = forMs - (clock.monotonic() - startedMs)
    if (found !== undefined || leftMs <= 0) return found
    await clock.wait(Math.min(pauseMs, leftMs), work)
  }
}

function missing(what: string, why: string, next: string): Failed {
  return new Failed({ code: 'run-missing', what, why, next })
}
