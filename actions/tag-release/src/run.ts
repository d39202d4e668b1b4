import { Failed, type Failure } from '@slipway/report'
import { decide, short } from './decide.ts'
import { makeTag, type Tagged } from './make-tag.ts'
import { notesOf } from './notes.ts'
import type { Origin, Ports } from './ports.ts'
import { release, type Released } from './release.ts'
import { releasedCommit } from './released-commit.ts'
import type { Settings } from './settings.ts'
import { checkStart, ensureStarted, type Started } from './start.ts'

/** What it came to. */
export interface Result {
  readonly tagged: Tagged
  readonly notes: string
  readonly released?: Released
  readonly started?: Started
  /** What failed once the tag stood: the tag stays, and the next run finishes the rest. */
  readonly failures: readonly Failure[]
}

/**
 * Gives a commit its next version: a tag, a release, and a run that takes it to production. What is there already is
 * found, and not made again.
 * @throws Failed where no tag was made.
 */
export async function run(settings: Settings, origin: Origin, ports: Ports): Promise<Result> {
  const { github, say } = ports
  const { sha } = await releasedCommit(settings.ref, origin.commit, origin.repository, github)
  await checkStart(settings, ports)
  if (settings.requires !== undefined) {
    const { confirmProven } = await import('./proven.ts')
    await confirmProven(settings.requires, settings, sha, { ...(await ports.proof()), say })
  }
  const tagged = settings.isWritten ? await makeTag(settings, sha, origin, ports) : { ...(await decide(settings, sha, github)), isOurs: false }
  const { kind, tag, previous, changes } = tagged
  const notes = notesOf({ above: settings.notes, ...(settings.service === undefined ? {} : { service: settings.service }), ...(previous === undefined ? {} : { previousTag: previous.tag }), changes })
  if (kind === 'nothing') say(`nothing changed since ${tag}: no version is made`)
  if (kind === 'tagged') say(`${short(sha)} is ${tag} already: what is missing of it is made`)
  if (kind === 'nothing' || !settings.isWritten) return { tagged, notes, failures: [] }
  const failures: Failure[] = []
  const released = await collected(failures, () => release(settings, tagged, notes, ports))
  const started = await collected(failures, () => ensureStarted(settings, tagged, ports))
  return { tagged, notes, ...(released === undefined ? {} : { released }), ...(started === undefined ? {} : { started }), failures }
}

/** A release that fails does not keep production from starting. */
async function collected<T>(failures: Failure[], step: () => Promise<T>): Promise<T | undefined> {
  try {
    return await step()
  } catch (error) {
    if (!(error instanceof Failed)) throw error
    failures.push(...error.failures)
    return undefined
  }
}
