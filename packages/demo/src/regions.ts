import { writesOf } from './counted.ts'
import type { Promised } from './promises.ts'
import { count, listed } from './words.ts'

/** The commit has the tag, and the tag a release. */
export function isTagged(tag: string): Promised {
  return {
    says: `the commit is ${tag} now`,
    find({ run, tags, releases }) {
      const commit = tags.get(tag)
      return { kept: commit === run.sha && releases.includes(tag), seen: commit === undefined ? 'no tag' : `${commit.slice(0, 7)}${releases.includes(tag) ? ', with a release' : ''}` }
    },
  }
}

/** GitHub was asked once to run the workflow for production on the tag. */
export function startsProduction(tag: string): Promised {
  return {
    says: `the run that takes ${tag} to production is asked for`,
    find({ asked }) {
      return { kept: asked.length === 1 && asked[0]?.branch === tag, seen: listed(asked.map(({ file, branch }) => `${file} on ${branch}`)) }
    },
  }
}

/** What runs of each service in these places is the image, to the digest, that runs in another; and nobody built or pushed one. */
export function takesWhatRuns(proven: string, places: readonly string[]): Promised {
  return {
    says: `the images are the very ones that ${proven} runs; none is built or pushed`,
    find({ run, running, counts, grown }) {
      const there = running.filter(({ place }) => place === proven)
      const differing = places.flatMap((place) => there.filter(({ service, image }) => running.find((one) => one.place === place && one.service === service)?.image !== image).map(({ service }) => `${place}/${service}`))
      const isBuilt = run.jobs.some(({ name, conclusion }) => name.endsWith('build') && conclusion !== 'skipped')
      const writes = writesOf(counts, 'ecr', 'registry')
      return { kept: there.length > 0 && differing.length === 0 && !isBuilt && writes === 0 && grown.length === 0, seen: `${differing.length > 0 ? `other images in ${listed(differing)}` : listed(there.map(({ image }) => image))}; ${isBuilt ? 'a build ran' : 'no build ran'}, ${count(writes, 'write')} on ECR and the registries` }
    },
  }
}

/** A target is not written to before every service of the other is healthy. */
export function follows(target: string, first: string): Promised {
  return {
    says: `${target} follows when ${first} is healthy`,
    find({ moments }) {
      const of = (wanted: string, text: RegExp): number[] => moments.filter((one) => one.service.startsWith(`${wanted}/`) && text.test(one.text)).map(({ atMs }) => atMs)
      const [healthy, written, inFirst] = [of(first, /^healthy: /), of(target, /^written: /), of(first, /^written: /)]
      const waited = Math.min(...written) - Math.max(...healthy)
      return { kept: inFirst.length > 0 && healthy.length === inFirst.length && written.length > 0 && waited >= 0, seen: `${count(healthy.length, 'service')} healthy in ${first}, and ${count(written.length, 'service')} written in ${target}${waited >= 0 && Number.isFinite(waited) ? ' after that' : ''}` }
    },
  }
}

/** The run says itself that its targets differ. */
export const tellsPartial: Promised = {
  says: 'the outcome is partial',
  find({ run }) {
    const outcome = run.jobs.flatMap(({ outputs }) => outputs['outcome'] ?? [])
    return { kept: outcome.length === 1 && outcome[0] === 'partial', seen: listed(outcome) }
  },
}

/** The version that runs of a service in each place. */
export function versionsOf(service: string, wanted: Readonly<Record<string, string>>): Promised {
  return {
    says: `${service} runs as ${listed(Object.entries(wanted).map(([place, version]) => `${version} in ${place}`))}`,
    find({ running }) {
      const runs = Object.keys(wanted).map((place) => ({ place, versions: running.find((one) => one.place === place && one.service === service)?.versions ?? [] }))
      return { kept: runs.every(({ place, versions }) => versions.includes(wanted[place] ?? '')), seen: listed(runs.map(({ place, versions }) => `${listed(versions)} in ${place}`)) }
    },
  }
}

/** What a version brought of a service is blocked in each of these places, and by whom and why is known. */
export function blocksEverywhere(service: string, version: string, places: readonly string[], actor: string, reason: string): Promised {
  return {
    says: `${version} of ${service} is blocked in ${listed(places)}`,
    find({ revisions }) {
      const blocks = places.map((place) => ({ place, block: revisions.find((one) => one.place === place && one.service === service && one.versions.includes(version))?.block }))
      return { kept: blocks.every(({ block }) => block?.actor === actor && block.reason === reason), seen: listed(blocks.map(({ place, block }) => `${place} ${block === undefined ? 'without a block' : `by ${block.actor}: ${block.reason}`}`)) }
    },
  }
}
