import { execFile } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { namespace } from '../../test/real/bed/up-down.ts'
import { manifestFile, manifestOf, repositoryOf, sourcesOf, type Fleet, type Shape } from './fleet.ts'
import type { Place } from './place.ts'

/** The same services, deployed by a script of docker and kubectl. */
export interface Usual {
  readonly fleet: Fleet
  change(service: string, generation: number): void
  /** The image is what the script has built, unless it is said. */
  reshape(service: string, shape: Partial<Shape>): void
  deploy(how: How): Promise<void>
  /** A kubectl in the namespace; gives what it printed, whatever it came to. */
  kubectl(words: readonly string[]): Promise<string>
  close(): void
}

export type How = 'together' | 'each' | 'side-by-side' | 'build'

const script = fileURLToPath(new URL('usual-deploy.sh', import.meta.url))

export async function openUsual(place: Place, fleet: Fleet): Promise<Usual> {
  const folder = mkdtempSync(join(tmpdir(), 'usual-'))
  const write = (path: string, text: string): void => {
    mkdirSync(dirname(join(folder, path)), { recursive: true })
    writeFileSync(join(folder, path), text)
  }
  await place.registry.createRepositories(fleet.services.map(repositoryOf))
  const run = (program: string, words: readonly string[], more: Readonly<Record<string, string>> = {}): Promise<{ failed: boolean; printed: string }> => {
    // kubectl keeps what it knows of a cluster there: on a new runner that is nothing.
    const home = mkdtempSync(join(folder, 'home-'))
    return new Promise((resolve) => {
      execFile(program, words, { cwd: folder, env: { ...place.usual, ...more, HOME: home } }, (error, out, err) => {
        resolve({ failed: error !== null, printed: `${out}${err}` })
      })
    })
  }
  const usual: Usual = {
    fleet,
    change(service, generation) {
      for (const [path, text] of Object.entries(sourcesOf(service, place.registry.base, generation))) write(`${service}/${path}`, text)
    },
    reshape(service, shape) {
      write(`${service}/${manifestFile}`, JSON.stringify(manifestOf(service, { image: 'IMAGE', ...shape })))
    },
    async deploy(how) {
      const { failed, printed } = await run('bash', [script], { HOW: how, SERVICES: fleet.services.join(' '), REGISTRY: place.registry.host, NAMESPACE: namespace })
      if (failed) throw new Error(`the usual script failed: ${printed}`)
    },
    async kubectl(words) {
      return (await run('kubectl', ['--namespace', namespace, ...words])).printed
    },
    close() {
      rmSync(folder, { recursive: true, force: true })
    },
  }
  for (const service of fleet.services) {
    usual.change(service, 1)
    usual.reshape(service, {})
  }
  return usual
}
