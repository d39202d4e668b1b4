import { execFile } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { BuildProgress, builtDigest, readBuilder } from '@slipway/images'

/** A docker with a builder that pushes to a registry. */
export interface Docker {
  /** PATH, DOCKER_CONFIG and what else leads to it. */
  readonly environment: Readonly<Record<string, string>>
  /** `host/repository@sha256:…` of an image that builds may begin with. */
  readonly base: string
  /** `host/repository` that it may push to, and one that is not there. */
  readonly repository: string
  readonly nowhere: string
  close(): Promise<void>
}

interface Ended {
  readonly code: number
  readonly printed: string
  readonly progress: BuildProgress
}

/** What Slipway takes from the words of docker buildx, whoever says them. */
export function buildxContract(name: string, open: () => Promise<Docker>): void {
  describe(name, () => {
    const folder = mkdtempSync(join(tmpdir(), 'buildx-contract-'))
    const metadata = join(folder, 'metadata.json')
    const tag = `contract-${Date.now()}`
    let opened: Docker | undefined
    const docker = (): Docker => {
      if (opened === undefined) throw new Error('docker is not there')
      return opened
    }
    beforeAll(async () => {
      opened = await open()
    })
    afterAll(async () => {
      rmSync(folder, { recursive: true, force: true })
      await opened?.close()
    })

    const run = (words: readonly string[]): Promise<Ended> =>
      new Promise((resolve) => {
        execFile('docker', words, { cwd: folder, env: { ...process.env, ...docker().environment } }, (error, stdout, stderr) => {
          const progress = new BuildProgress()
          const printed = `${stdout}${stderr}`
          for (const line of printed.split('\n')) progress.read(line)
          resolve({ code: error === null ? 0 : 1, printed, progress })
        })
      })
    const build = (dockerfile: string, ...words: readonly string[]): Promise<Ended> => {
      mkdirSync(join(folder, 'context'), { recursive: true })
      writeFileSync(join(folder, 'context', 'Dockerfile'), dockerfile)
      writeFileSync(join(folder, 'context', 'server.js'), tag)
      return run(['buildx', 'build', '--progress', 'plain', '--provenance=false', '--metadata-file', metadata, ...words, join(folder, 'context')])
    }
    const cacheOnly = ['--output', 'type=cacheonly'] as const
    const cache = (): string => `type=registry,ref=${docker().repository}:cache-${tag}`

    test('names its builder and the driver', async () => {
      const { code, printed } = await run(['buildx', 'inspect'])
      expect([code, readBuilder(printed)?.exportsCache]).toEqual([0, true])
    })

    test('pushes an image, tells its digest, and finds its steps in the cache that it has kept', async () => {
      const dockerfile = `FROM ${docker().base}\nWORKDIR /app\nCOPY server.js ./\n`
      const words = ['--push', '--tag', `${docker().repository}:${tag}`, '--cache-from', cache(), '--cache-to', `${cache()},mode=max,image-manifest=true,oci-mediatypes=true,ignore-error=true`]
      const first = await build(dockerfile, ...words)
      expect([first.code, first.progress.hits]).toEqual([0, { steps: 2, cached: expect.any(Number) }])
      // The cache is not there yet, which is told and no failure.
      expect(first.printed).toContain(`ERROR: failed to configure registry cache importer: ${docker().repository}:cache-${tag}: not found\n`)
      const digest = builtDigest(readFileSync(metadata, 'utf8'))
      expect(first.printed).toContain(`pushing manifest for ${docker().repository}:${tag}@${digest}`)
      const again = await build(dockerfile, ...words)
      expect([again.code, again.progress.hits, builtDigest(readFileSync(metadata, 'utf8'))]).toEqual([0, { steps: 2, cached: 2 }, digest])
    })

    test('a base that is not there', async () => {
      const missing = docker().base.replace(/@.*/, ':not-there')
      const { code, progress, printed } = await build(`FROM ${missing}\nCOPY server.js /\n`, ...cacheOnly)
      expect([code, progress.lastError]).toEqual([1, `failed to build: failed to solve: ${missing}: failed to resolve source metadata for ${missing}: ${missing}: not found`])
      expect(printed).toContain(`\nDockerfile:1\n--------------------\n   1 | >>> FROM ${missing}\n   2 |     COPY server.js /\n`)
    })

    test('a source that is not there', async () => {
      const { code, progress, printed } = await build(`FROM ${docker().base}\nCOPY nope.js /\n`, ...cacheOnly)
      expect([code, progress.lastError]).toEqual([1, expect.stringMatching(/^failed to build: failed to solve: failed to compute cache key: failed to calculate checksum of ref \S+: "\/nope.js": not found$/)])
      expect(printed).toMatch(/\nDockerfile:2\n-{20}\n {3}1 \| {5}FROM .*\n {3}2 \| >>> COPY nope.js \/\n/)
    })

    test('an instruction that is none', async () => {
      const { code, progress } = await build(`FROM ${docker().base}\nRUNN true\n`, ...cacheOnly)
      expect([code, progress.lastError]).toEqual([1, expect.stringMatching(/^failed to build: failed to solve: dockerfile parse error on line 2: unknown instruction: RUNN/)])
    })

    test('a repository that is not there', async () => {
      const { code, progress } = await build('FROM scratch\nCOPY server.js /\n', '--push', '--tag', `${docker().nowhere}:${tag}`)
      expect([code, progress.lastError]).toEqual([1, expect.stringMatching(new RegExp(`^failed to build: failed to solve: failed to push ${docker().nowhere}:${tag}: unknown: The repository with name '.+' does not exist`))])
    })

    test('a cache that cannot be kept fails the build, unless it is to be ignored', async () => {
      const nowhere = `type=registry,ref=${docker().nowhere}:cache,mode=max,image-manifest=true`
      const [strict, lenient] = [await build('FROM scratch\nCOPY server.js /\n', ...cacheOnly, '--cache-to', nowhere), await build('FROM scratch\nCOPY server.js /\n', ...cacheOnly, '--cache-to', `${nowhere},ignore-error=true`)]
      expect([strict.code, lenient.code]).toEqual([1, 0])
      expect(lenient.printed).toMatch(/^#\d+ ERROR: .*unexpected status from POST request to .*404 Not Found\nunknown: The repository/m)
    })
  })
}
