/** Runs every measurement on the sandbox, prints the tables and writes them to their section of results.md beside this file. */
import { loadavg } from 'node:os'
import { copies } from './copies.ts'
import { firstByte } from './first-byte.ts'
import { knownAfter } from './known-after.ts'
import { memory } from './memory.ts'
import type { Part } from './part.ts'
import { requests } from './requests.ts'
import { writeResults } from './results.ts'
import { twoRegions } from './two-regions.ts'
import { wallTime } from './wall-time.ts'

const parts: Part[] = []
const [busy = 0] = loadavg()
for (const measure of [firstByte, requests, wallTime, twoRegions, copies, knownAfter, memory]) {
  console.error(`measuring: ${measure.name}`)
  parts.push(await measure())
}
console.log(writeResults('Measured on the sandbox', parts, busy))
