/**
 * `npm run bench:real`: measures ours beside what one would write today, on a bed that is there meanwhile; prints the
 * tables and writes them to their section of results.md.
 */
import { loadavg } from 'node:os'
import type { Bed } from '../../test/real/bed/bed.ts'
import { step } from '../../test/real/bed/steps.ts'
import { standing } from '../../test/real/bed/up-down.ts'
import { withBed } from '../../test/real/bed/with-bed.ts'
import { openSightings } from '../../test/real/failures-sightings.ts'
import type { Part } from '../part.ts'
import { writeResults } from '../results.ts'
import { measureBuilds, type Builds } from './builds.ts'
import { measureDeploys, type Deploys } from './deploys.ts'
import { measureFailures, type Told } from './failures.ts'
import { forty } from './forty.ts'
import { openPlace } from './place.ts'
import { openServing } from './serving.ts'
import { buildsPart, deploysPart, rollbackPart, toldPart } from './tables.ts'

const latencies = [0, 20]
await withBed(async (bed) => {
  const [busy = 0] = loadavg()
  console.log(writeResults('Measured on real parts', await measured(bed), busy))
  return true
})

async function measured(on: Bed): Promise<Part[]> {
  const [deploys, failures, builds]: [Deploys[], Told[], Builds[]] = [[], [], []]
  const { eu } = standing(on).clusters
  const [serving, sightings] = [await openServing(eu), await openSightings(eu)]
  try {
    for (const latencyMs of latencies) {
      const place = await openPlace(on, latencyMs)
      try {
        builds.push(await step(`one image at ${latencyMs} ms`, () => measureBuilds(place)))
        deploys.push(await measureDeploys(place, serving))
        failures.push(...(await step(`failures at ${latencyMs} ms`, () => measureFailures(place, sightings))))
      } finally {
        await place.close()
      }
    }
  } finally {
    serving.close()
    sightings.close()
  }
  return [deploysPart(deploys), toldPart(deploys, failures), rollbackPart(deploys), buildsPart(builds), await step('forty services', forty)]
}
