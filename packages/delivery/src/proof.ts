import { prove, type Proven, type ProofWish, type RecordHead, type ReleaseRecord } from '@slipway/release'
import type { Failure } from '@slipway/report'
import { ownHistory } from './own-history.ts'
import type { RecordStore } from './ports.ts'
import { readRecord } from './read-record.ts'

/** A target of the environment that must have proven a release; nothing but its records is asked for. */
export interface ProofPlace {
  readonly target: string
  readonly records: Pick<RecordStore, 'history' | 'read'>
}

/** Whose proof counts: this environment's, of what this repository deployed. */
export interface ProofSource {
  readonly environment: string
  readonly repository: string
}

/** By service: what was proven, or why nothing was. */
export interface Proof {
  readonly proven: ReadonlyMap<string, Proven>
  readonly unproven: ReadonlyMap<string, Failure>
}

/** Looks for the proof of each service's image: one LIST a target, side by side, and mostly one record a service. Only reads. */
export async function findProof(wishes: readonly ProofWish[], { environment, repository }: ProofSource, places: readonly ProofPlace[]): Promise<Proof> {
  const services = wishes.map(({ service }) => service)
  const histories = await Promise.all(places.map(async (place) => ({ place, history: await ownHistory(place, services, repository) })))
  const ends = await Promise.all(
    wishes.map(async (wish) => {
      const testimonies = histories.map(({ place, history }) => ({ target: place.target, heads: history.heads.filter(({ service }) => service === wish.service), blocks: history.blocks.get(wish.service) ?? [] }))
      const records = new Map<RecordHead, ReleaseRecord | string>()
      for (;;) {
        const step = prove(wish, environment, testimonies, records)
        if (step.kind !== 'read') return { wish, step }
        const place = places.find(({ target }) => target === step.target)
        if (place === undefined) throw new Error(`the target ${step.target} was not asked`)
        records.set(step.head, await readRecord(step.head, place))
      }
    }),
  )
  return {
    proven: new Map(ends.flatMap(({ wish, step }) => (step.kind === 'proven' ? [[wish.service, step.proven] as const] : []))),
    unproven: new Map(ends.flatMap(({ wish, step }) => (step.kind === 'unproven' ? [[wish.service, step.failure] as const] : []))),
  }
}
