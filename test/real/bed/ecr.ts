import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import * as v from 'valibot'
import type { Bed } from './bed.ts'
import { startDaemon } from './processes.ts'
import { step } from './steps.ts'

/** The ECR of the account. */
export interface Ecr {
  /**
   * Of the API. It is a proxy as well: a client that is given it as HTTP_PROXY reaches each region's registry by plain
   * HTTP under the host that the region's images are named by. Nothing must be written into the machine's hosts file.
   */
  readonly url: string
  /** The host of each region's registry, as in the names of images. */
  readonly hosts: Readonly<Record<string, string>>
  /** An administrator's, for what a test looks up by itself. What is tested never gets it. */
  readonly administrator: Readonly<Record<string, string>>
}

export interface EcrSettings {
  /** Twelve digits. */
  readonly account: string
  readonly regions: readonly string[]
  /** Names; `policy` is what a role may do here, everything where left out. */
  readonly roles: readonly { readonly name: string; readonly policy?: object }[]
  readonly repositories: readonly { readonly name: string; readonly region: string }[]
  /** Of the STS that opens the sessions. */
  readonly sts: string
}

const startedSchema = v.object({ hosts: v.record(v.string(), v.string()), administrator: v.record(v.string(), v.string()) })

/** Starts our sandbox's ECR with a registry for each region, unless it runs: then as it was started. */
export async function startEcr(bed: Bed, { account, regions, roles, repositories, sts }: EcrSettings): Promise<Ecr> {
  const port = await bed.port('ecr')
  const url = `http://127.0.0.1:${port}`
  const [settings, started] = [join(bed.run, 'ecr.json'), join(bed.run, 'ecr-started.json')]
  writeFileSync(settings, JSON.stringify({ account, regions, roles, repositories, sts, port, started }), { mode: 0o600 })
  const isReady = async (): Promise<boolean> => (await fetch(url)).status > 0
  await step('AWS: ECR', () => startDaemon(bed, { name: 'ecr', program: process.execPath, words: [join(import.meta.dirname, 'ecr-server.ts'), settings], isReady }))
  return { url, ...v.parse(startedSchema, JSON.parse(readFileSync(started, 'utf8'))) }
}
