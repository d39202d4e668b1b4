/** Runs every measurement, prints the tables and writes them to results.md beside this file. */
import { writeFileSync } from 'node:fs'
import { cpus, loadavg } from 'node:os'
import { copies } from './copies.ts'
import { firstByte } from './first-byte.ts'
import { knownAfter } from './known-after.ts'
import { markdownOf } from './markdown.ts'
import { memory } from './memory.ts'
import type { Part } from './part.ts'
import { requests } from './requests.ts'
import { twoRegions } from './two-regions.ts'
import { wallTime } from './wall-time.ts'

const parts: Part[] = []
const [busy = 0] = loadavg()
for (const measure of [firstByte, requests, wallTime, twoRegions, copies, knownAfter, memory]) {
  console.error(`measuring: ${measure.name}`)
  parts.push(await measure())
}
const text = markdownOf(parts, `Node ${process.versions.node} on ${cpus().length} cores, ${process.platform} ${process.arch}; ${busy.toFixed(1)} processes wanted them when it began: with more than one, other work was under way, and the times are longer than they would be.`)
writeFileSync(new URL('results.md', import.meta.url), text)
console.log(text)
