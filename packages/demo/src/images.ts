import type { ImageStore } from '@slipway/sandbox'
import type { RunResult } from '@slipway/workflow-runner'
import { at, entriesAt, parsed, textAt } from './json.ts'

/** What a run said about one service's image. */
export interface ToldImage {
  readonly service: string
  readonly digest: string
  readonly reused: boolean
}

/** The images that the run's jobs handed over; nothing where no job did. */
export function toldImages(run: RunResult): ToldImage[] | undefined {
  const handed = run.jobs.flatMap(({ outputs }) => Object.values(outputs)).map(parsed).find((output) => at(output, 'images') !== undefined)
  if (handed === undefined) return undefined
  return entriesAt(handed, 'images').map(([service, image]) => ({ service, digest: textAt(image, 'digest'), reused: at(image, 'reused') === true }))
}

/** Repository to the digests of everything in it. */
export type Stock = ReadonlyMap<string, ReadonlySet<string>>

/** What the registries hold at this moment, all regions together. */
export function stockOf(images: ImageStore): Stock {
  const byName = Map.groupBy(images.repositories.values(), ({ name }) => name)
  return new Map([...byName].map(([name, everywhere]) => [name, new Set(everywhere.flatMap(({ manifests }) => [...manifests.keys()]))]))
}

/** The repositories that got an image which they did not have. */
export function grown(before: Stock, after: Stock): string[] {
  return [...after].filter(([name, digests]) => [...digests].some((digest) => before.get(name)?.has(digest) !== true)).map(([name]) => name).sort()
}
