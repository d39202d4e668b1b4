import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createHash } from 'node:crypto'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { accountRule, digestRule, environmentRule, regionRule, repositoryRule, serviceRule, tagRule, type Digest, type NameRule, type Region, type RepositoryName, type Tag } from '@slipway/release'
import type { Copied } from '@slipway/images'
import { Failed, Problems, redaction } from '@slipway/report'
import type { Docker, ImageRegistry, Ports, StoredImage } from '../src/ports.ts'
import type { RunResult } from '../src/result.ts'
import { run } from '../src/run.ts'
import type { Origin, Settings, WantedImage } from '../src/settings.ts'

/** A name of a test, checked by its rule. */
export function named<Name extends string>(rule: NameRule<Name>, text: string): Name {
  if (rule.is(text)) return text
  throw new Error(`"${text}" must be ${rule.rule}`)
}

export function digestOf(text: string): Digest {
  return named(digestRule, `sha256:${createHash('sha256').update(text).digest('hex')}`)
}

export const tag = (text: string): Tag => named(tagRule, text)

/** A registry in memory, behind the action's own port, that counts what it is asked. */
export class MemoryRegistry implements ImageRegistry {
  readonly repositories = new Map<string, { immutable: boolean; readonly tags: Map<string, Digest>; readonly manifests: Map<Digest, string> }>()
  readonly requests: string[] = []
  /** Requests that are answered with a quota that is reached. */
  refuses = /^$/

  create(name: string, immutable = false): this {
    this.repositories.set(name, { immutable, tags: new Map(), manifests: new Map() })
    return this
  }

  push(name: string, tagText: string, manifest: string): Digest {
    const repository = this.repositories.get(name)
    if (!repository) throw new Error(`no repository ${name}`)
    const digest = digestOf(manifest)
    repository.manifests.set(digest, manifest)
    repository.tags.set(tagText, digest)
    return digest
  }

  tagsOf(name: string): Record<string, Digest> {
    return Object.fromEntries([...(this.repositories.get(name)?.tags ?? [])].filter(([name]) => !name.startsWith('content-')))
  }

  batchGetImage: ImageRegistry['batchGetImage'] = (name, ids) => {
    this.requests.push(`BatchGetImage ${name}`)
    const repository = this.repositories.get(name)
    if (!repository) return Promise.resolve('repository-missing')
    const found = ids.flatMap((id): StoredImage[] => {
      const digest = 'digest' in id ? id.digest : repository.tags.get(id.tag)
      const manifest = digest && repository.manifests.get(digest)
      return digest && manifest !== undefined ? [{ digest, manifest, mediaType: 'application/vnd.oci.image.manifest.v1+json', ...('tag' in id ? { tag: id.tag } : {}) }] : []
    })
    return Promise.resolve({ found })
  }

  putImage: ImageRegistry['putImage'] = (name, { tag: asked, digest }) => {
    this.requests.push(`PutImage ${name}:${asked}`)
    if (this.refuses.test(`PutImage ${name}:${asked}`)) return Promise.reject(quotaReached())
    const repository = this.repositories.get(name)
    if (!repository) return Promise.resolve('repository-missing')
    const now = repository.tags.get(asked)
    if (repository.immutable && now !== undefined) return Promise.resolve({ immutable: true })
    if (now === digest) return Promise.resolve('same')
    repository.tags.set(asked, digest)
    return Promise.resolve('tagged')
  }

  createRepository: ImageRegistry['createRepository'] = (name) => {
    this.requests.push(`CreateRepository ${name}`)
    if (this.refuses.test(`CreateRepository ${name}`)) return Promise.reject(quotaReached())
    this.create(name)
    return Promise.resolve('created')
  }

  takeCopy(name: RepositoryName, digest: Digest, from: MemoryRegistry, wrote: () => void): Promise<Copied> {
    this.requests.push(`Copy ${name}`)
    if (this.refuses.test(`Copy ${name}`)) return Promise.reject(quotaReached())
    const here = this.repositories.get(name)
    const manifest = from.repositories.get(name)?.manifests.get(digest)
    if (!here || manifest === undefined) return Promise.reject(new Error(`no ${name}@${digest}`))
    if (here.manifests.has(digest)) return Promise.resolve({ sent: 0, bytes: 0, mounted: 0 })
    here.manifests.set(digest, manifest)
    wrote()
    return Promise.resolve({ sent: 2, bytes: 3_000_000, mounted: 0 })
  }

  authorization: ImageRegistry['authorization'] = () => {
    this.requests.push('GetAuthorizationToken')
    return Promise.resolve({ username: 'AWS', password: 'secret' })
  }
}

function quotaReached(): Failed {
  return new Failed({ code: 'push-failed', what: 'a quota is reached', why: 'there are too many', next: 'remove some' })
}

/** What a run of a test has around it. */
export class World {
  readonly workspace = mkdtempSync(join(tmpdir(), 'build-'))
  readonly registry = new MemoryRegistry()
  /** The registries of other regions. */
  readonly elsewhere = new Map<Region, MemoryRegistry>()
  readonly lines: string[] = []
  readonly commands: string[][] = []
  bases = new Map<string, Digest | Failed>()
  driver = 'docker-container'
  /** Answers a build: exit code, and what it prints. */
  builder: (repository: RepositoryName, tagText: string) => { exitCode: number; lines: string[] } = () => ({ exitCode: 0, lines: ['#5 [2/3] COPY . .', '#5 CACHED', '#6 [3/3] COPY b .', '#6 DONE 0.1s'] })
  dockerMissing = false
  buildSecrets: string[] = []
  /** What the records of another environment prove; no test asks for it but those that say where. */
  findProof: Ports['findProof'] = () => Promise.reject(new Error('a proof was asked for'))
  signIns = 0
  writes = 0

  write(path: string, text: string): void {
    mkdirSync(dirname(join(this.workspace, path)), { recursive: true })
    writeFileSync(join(this.workspace, path), text)
  }

  /** Another region with the repositories of these names. */
  region(name: string, ...repositories: string[]): MemoryRegistry {
    const registry = new MemoryRegistry()
    for (const repository of repositories) registry.create(repository)
    this.elsewhere.set(named(regionRule, name), registry)
    return registry
  }

  close(): void {
    rmSync(this.workspace, { recursive: true, force: true })
  }

  async run(settings: Partial<Settings> = {}, origin: Partial<Origin> = {}): Promise<RunResult> {
    return run({ ...settingsFor(), regions: [...this.elsewhere.keys()], ...settings }, { ...this.origin, ...origin }, this.ports, new Problems())
  }

  /** As `run`, started by the push of a git tag: there is no branch. */
  async runOnTag(tagText: string, settings: Partial<Settings>): Promise<RunResult> {
    return run({ ...settingsFor(), regions: [...this.elsewhere.keys()], ...settings }, { ...this.#checkout, ref: `refs/tags/${tagText}`, tag: tagText }, this.ports, new Problems())
  }

  get origin(): Origin {
    return { ...this.#checkout, ref: 'refs/heads/main', branch: 'main' }
  }

  get #checkout(): Omit<Origin, 'ref'> {
    return { workspace: this.workspace, url: 'https://example.com/acme/shop', sha: '0123456789abcdef0123456789abcdef01234567', defaultBranch: 'main', run: '1/1', platform: 'linux/amd64', umask: 0o022 }
  }

  get ports(): Ports {
    const redact = redaction(this.buildSecrets)
    const say = (kind: string) => (text: string) => {
      this.lines.push(`${kind}${text}`)
    }
    return {
      findProof: (wishes, required) => this.findProof(wishes, required),
      signIn: () => {
        this.signIns += 1
        return Promise.resolve({
          account: named(accountRule, '111122223333'),
          host: 'registry.example',
          registry: this.registry,
          others: [...this.elsewhere].map(([region, there]) => ({ region, registry: there, copy: (repository, digest, wrote) => there.takeCopy(repository, digest, this.registry, wrote) })),
          bases: {
            digest: (name) => {
              this.registry.requests.push(`HEAD ${name.text}`)
              const base = this.bases.get(name.text) ?? digestOf(name.text)
              return base instanceof Failed ? Promise.reject(base) : Promise.resolve(base)
            },
          },
        })
      },
      docker: this.#docker,
      login: () => Promise.resolve({ DOCKER_CONFIG: '/private' }),
      scratchFile: (name) => join(this.workspace, `.scratch-${name}`),
      log: { info: say(''), notice: say('notice: '), warning: say('warning: ') },
      redact,
      wrote: () => {
        this.writes += 1
      },
      monotonic: () => 0,
    }
  }

  readonly #docker: Docker = {
    run: (words, { onLine }) => {
      if (this.dockerMissing) return Promise.resolve('missing')
      this.commands.push([...words])
      if (words[1] === 'inspect') {
        onLine('Name:   default')
        onLine(`Driver: ${this.driver}`)
        return Promise.resolve({ exitCode: 0 })
      }
      const after = (flag: string): string => words[words.indexOf(flag) + 1] ?? ''
      const [, repository = '', tagText = ''] = /^[^/]+\/(.+):([^:]+)$/.exec(after('--tag')) ?? []
      const { exitCode, lines } = this.builder(named(repositoryRule, repository), tagText)
      lines.forEach(onLine)
      if (exitCode === 0 && words.includes('--push')) {
        const digest = this.registry.push(repository, tagText, `{"built":"${tagText}"}`)
        writeFileSync(after('--metadata-file'), JSON.stringify({ 'containerimage.digest': digest }))
      }
      return Promise.resolve({ exitCode })
    },
  }
}

export function image(service: string, more: Partial<WantedImage> = {}): WantedImage {
  return { service: named(serviceRule, service), repository: named(repositoryRule, `shop/${service}`), context: service, dockerfile: 'Dockerfile', platforms: ['linux/amd64'], buildArgs: {}, secrets: [], ...more }
}

export function settingsFor(...images: WantedImage[]): Settings {
  return { images, withoutImage: [], environment: named(environmentRule, 'staging'), tags: [], region: named(regionRule, 'eu-west-1'), regions: [], cache: 'auto', reuse: true, createRepository: false, push: true, dryRun: false, isPreflight: false }
}
