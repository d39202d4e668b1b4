import { between } from './moments.ts'
import type { Promised } from './promises.ts'
import type { Revision } from './records.ts'
import { count, listed, plainLine, seconds } from './words.ts'
import { isHealthy } from './workloads.ts'

/** The run is red, for this reason. */
export function failsWith(code: string): Promised {
  return {
    says: `the run is red, with the code ${code}`,
    find({ run }) {
      const errors = run.jobs.flatMap(({ name, annotations }) => annotations.filter(({ level }) => level === 'error').map(({ message }) => ({ name, message })))
      const told = errors.find(({ message }) => message.endsWith(`[${code}]`))
      return { kept: run.conclusion === 'failure' && told !== undefined, seen: told ? `${told.name} failed` : `the run ended with ${run.conclusion}, ${count(errors.length, 'other error')}` }
    },
  }
}

/** From the write of a service to the word that it has failed, where pods live `speed` times faster than real ones. */
export function verdictWithin(service: string, most: number, speed: number): Promised {
  return {
    says: `the verdict comes within ${most} s of the write of ${service}`,
    find({ moments }) {
      const took = between(moments, service, /^written: /, / failed after /)
      return { kept: took !== undefined && took <= most * 1000, seen: took === undefined ? 'no verdict' : `${seconds(took)}; with real pods ${seconds(took * speed)} at most` }
    },
  }
}

/** The failed container's log is shown, and no value that must be hidden stands anywhere in the run. */
export function logWithoutSecrets(logged: RegExp): Promised {
  return {
    says: 'the last log lines are shown, and nowhere the database user and password that stand in them',
    find({ run, moments, hidden }) {
      const texts = run.jobs.flatMap((job) => [...job.steps.flatMap(({ lines }) => lines), job.summary, ...job.annotations.map(({ message }) => message), ...Object.values(job.outputs)])
      const leaks = texts.filter((text) => hidden.flatMap(formsOf).some((form) => text.includes(form))).length
      const shown = moments.find(({ text }) => logged.test(text))
      const blotted = shown?.text.includes('***') === true
      const what = shown === undefined ? 'no log line' : blotted ? plainLine(shown.text).trim() : 'a log line in which nothing is hidden'
      return { kept: leaks === 0 && blotted && hidden.length > 0, seen: `${what}; they are in ${leaks} of ${count(texts.length, 'line')}, summaries and outputs included` }
    },
  }
}

/** What ran before the click runs again, in a new revision, and its pods never went away. */
export function putBack(place: string, service: string): Promised {
  return {
    says: `the last good content of ${service} is back, and its pods were there all the time`,
    find({ revisionsBefore, revisions, before, after }) {
      const [good] = of(revisionsBefore, place, service)
      const [back, failed] = of(revisions, place, service)
      if (!good || !back || !failed) return { kept: false, seen: 'no record tells of it' }
      const then = before.find((one) => one.place === place && one.service === service)
      const now = after.find((one) => one.place === place && one.service === service)
      const stayed = then?.pods.filter((pod) => now?.pods.includes(pod)).length ?? 0
      return {
        kept: failed.verdict === 'failed' && back.verdict === 'healthy' && back.restores === good.number && sameContent(back, good) && then !== undefined && stayed === then.pods.length && now !== undefined && isHealthy(now),
        seen: `${named(failed)}, ${named(back)}; ${stayed} of ${count(then?.pods.length ?? 0, 'pod')} stayed`,
      }
    },
  }
}

/** A rollback brought back both the image and the configuration of the revision before the newest one. */
export function undone(place: string, service: string): Promised {
  return {
    says: `image and configuration of ${service} are back together`,
    find({ revisionsBefore, revisions }) {
      const [bad, ...older] = of(revisionsBefore, place, service)
      const [back] = of(revisions, place, service)
      const good = older.find(({ number }) => number === back?.restores)
      if (!bad || !back || !good) return { kept: false, seen: back ? `${named(back)}, which puts nothing back` : 'nothing is recorded' }
      const isDone = back.verdict === 'healthy' && sameContent(back, good) && !same(bad.images, good.images) && !same(bad.configuration, good.configuration)
      return { kept: isDone, seen: `${named(back)}: ${changed(bad, back)}` }
    },
  }
}

/** The revision that ran before the click is blocked, and by whom and why is known. */
export function blocked(place: string, service: string, actor: string, reason: string): Promised {
  return {
    says: `what was bad of ${service} is blocked`,
    find({ revisionsBefore, revisions }) {
      const bad = of(revisions, place, service).find(({ number }) => number === of(revisionsBefore, place, service)[0]?.number)
      const block = bad?.block
      return { kept: block?.actor === actor && block.reason === reason, seen: bad && block ? `revision ${bad.number}, by ${block.actor} at ${block.at}: ${block.reason}` : 'no block' }
    },
  }
}

/** The error names who blocked it, when and why. */
export function namesTheBlock(place: string, service: string): Promised {
  return {
    says: 'the refusal says who, when and why',
    find({ run, revisions }) {
      const block = of(revisions, place, service).find((one) => one.block !== undefined)?.block
      const message = run.jobs.flatMap(({ annotations }) => annotations).find((each) => each.level === 'error' && each.message.includes('blocked'))?.message ?? ''
      return { kept: block !== undefined && [block.actor, block.at, block.reason].every((part) => part !== '' && message.includes(part)), seen: block ? `${block.actor}, ${block.at}, ${block.reason}` : 'no block' }
    },
  }
}

/** No job got as far as an image. */
export const startsNoBuild: Promised = {
  says: 'nothing is built',
  find({ run, told, grown }) {
    const skipped = run.jobs.filter(({ conclusion }) => conclusion === 'skipped').map(({ name }) => name)
    return { kept: told === undefined && grown.length === 0 && skipped.some((name) => name.endsWith('build')), seen: `${listed(skipped)} skipped; new images in ${listed(grown)}` }
  },
}

/** The runner died: its lock is still held, and its revision has no verdict. */
export function leavesUndecided(place: string, service: string): Promised {
  return {
    says: `the dead run leaves ${service} without a verdict, and its lock held`,
    find({ run, revisions, locks }) {
      const isKilled = run.jobs.some(({ annotations }) => annotations.some(({ message }) => message.startsWith('The runner was killed')))
      const [newest] = of(revisions, place, service)
      const holder = locks.get(`${place}.${service}`)
      return { kept: isKilled && newest?.verdict === 'pending' && holder?.includes(run.id) === true, seen: `${newest ? named(newest) : 'no record'}; ${holder === undefined ? 'the lock is free' : `the lock is held by ${holder}`}` }
    },
  }
}

/** The run waits for the lock of a dead one as long as a lock lives, no longer. */
export function waitsForTheDead(service: string): Promised {
  return {
    says: 'it waits for the lock of the dead run, which lives 15 s without a renewal',
    find({ moments, revisionsBefore }) {
      const dead = revisionsBefore.find((one) => one.service === service && one.verdict === 'pending')
      const waits = moments.find((one) => one.service === service && one.text.startsWith('waiting for the lock: '))
      const took = between(moments, service, /^waiting for the lock: /, / was left without a verdict /)
      const isNamed = dead !== undefined && waits?.text.includes(dead.run) === true
      return { kept: isNamed && took !== undefined && took >= 10_000 && took <= 20_000, seen: took === undefined ? 'it did not wait' : `${seconds(took)}${isNamed ? ', naming the run that held it' : ''}` }
    },
  }
}

/** What was left without a verdict has one now, everywhere. */
export function settles(place: string, service: string): Promised {
  return {
    says: `the revision that was left is followed to its verdict, and ${service} is not written again`,
    find({ revisionsBefore, revisions, locks }) {
      const left = of(revisionsBefore, place, service).filter(({ verdict }) => verdict === 'pending')
      const now = left.map(({ number }) => of(revisions, place, service).find((one) => one.number === number))
      const isNewest = of(revisions, place, service).length === of(revisionsBefore, place, service).length
      return {
        kept: left.length > 0 && now.every((one) => one?.verdict === 'healthy') && isNewest && locks.size === 0,
        seen: `${listed(now.map((one) => (one ? named(one) : 'gone')))}; ${isNewest ? 'no newer one' : 'a newer one came'}; ${count(locks.size, 'lock')} held`,
      }
    },
  }
}

/** Every revision of the place is listed with its verdict, and what is blocked with whom. */
export function lists(place: string): Promised {
  return {
    says: 'every revision is listed, the blocked one with whom and why',
    find({ run, revisions }) {
      const lines = run.jobs.flatMap(({ steps }) => steps.flatMap((step) => step.lines))
      const wanted = revisions.filter((one) => one.place === place)
      const missing = wanted.filter((one) => !lines.some((line) => isRowOf(line, one)))
      return { kept: wanted.length > 0 && missing.length === 0 && wanted.some(({ block }) => block !== undefined), seen: missing.length > 0 ? `missing: ${listed(missing.map(named))}` : `${count(wanted.length, 'revision')}, ${wanted.filter(({ block }) => block !== undefined).length} blocked` }
    },
  }
}

function isRowOf(line: string, { number, verdict, commit, actor, at, block }: Revision): boolean {
  return new RegExp(`^${number}( \\(runs\\))? `).test(line) && [verdict, commit.slice(0, 7), actor, at, ...(block ? [`by ${block.actor}: ${block.reason}`] : [])].every((part) => line.includes(part))
}

const of = (revisions: readonly Revision[], place: string, service: string): Revision[] => revisions.filter((one) => one.place === place && one.service === service)

const named = ({ service, number, verdict, restores }: Revision): string => `revision ${number} of ${service} ${verdict}${restores > 0 ? ` with the content of ${restores}` : ''}`

const same = (one: readonly string[], other: readonly string[]): boolean => one.join('\n') === other.join('\n')

const sameContent = (one: Revision, other: Revision): boolean => same(one.images, other.images) && same(one.configuration, other.configuration)

const changed = (from: Revision, to: Revision): string => [...from.images.map((image, index) => [image, to.images[index] ?? 'none']), ...from.configuration.map((name, index) => [name, to.configuration[index] ?? 'none'])].map(([one, other]) => `${one ?? ''} → ${other ?? ''}`).join(', ')

/** How a value might be printed by those who did not know that it is a secret. */
function formsOf(value: string): string[] {
  return [value, encodeURIComponent(value), Buffer.from(value).toString('base64').replace(/=+$/, '')]
}

