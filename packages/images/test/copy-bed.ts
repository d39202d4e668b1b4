import { ECRClient, GetAuthorizationTokenCommand } from '@aws-sdk/client-ecr'
import type { Digest, RepositoryName } from '@slipway/release'
import { startSandbox, type Received, type Repository, type Sandbox } from '@slipway/sandbox'
import { openHttp, systemClock, type Clock, type Http } from '@slipway/wire'
import { openCopier, type Copied } from '../src/copy.ts'
import type { RegistryEnd } from '../src/registry-access.ts'
import { digest } from './names.ts'

export const home = 'eu-west-1'
export const other = 'us-east-1'

/** A clock whose waits are over at once and are counted. */
export function quickClock(waits: number[]): Clock {
  let passed = 0
  const now = (): number => performance.now() + passed
  return {
    now,
    monotonic: now,
    wait: (ms) => {
      waits.push(ms)
      passed += ms
      return Promise.resolve()
    },
  }
}

/** Two regions of one account, each with a registry, and what the registries are asked. */
export class TwoRegions {
  readonly sandbox: Sandbox
  readonly http: Http = openHttp({ environment: {} })
  readonly requests: { readonly region: string; readonly text: string; readonly authorization: string | undefined }[] = []
  writes = 0
  readonly waits: string[] = []
  /** Called at each request to a registry, which is carried out when it is through; `gone` fires when the answer has ended or the client has left. */
  atRequest: (text: string, gone: AbortSignal) => Promise<void> | void = () => undefined
  readonly #ends: ReadonlyMap<string, RegistryEnd>

  private constructor(sandbox: Sandbox, ends: ReadonlyMap<string, RegistryEnd>) {
    this.sandbox = sandbox
    this.#ends = ends
    const regions = new Map([...sandbox.registries].map(([region, url]) => [new URL(url).host, region]))
    sandbox.ledger.hold = async (server, operation, { url, headers, gone }: Received) => {
      const path = url.pathname.replace(/^\/v2\//, '').replace(/uploads\/.+/, 'uploads/…')
      const request = { region: regions.get(headers.host ?? '') ?? server, text: `${operation.replace(/^.*:(\w+).*/, '$1')} ${path}`, authorization: headers.authorization }
      this.requests.push(request)
      await this.atRequest(`${request.region} ${request.text}`, gone)
    }
  }

  static async start(): Promise<TwoRegions> {
    const sandbox = await startSandbox({ account: '111122223333', regions: [home, other] })
    const { AWS_ACCESS_KEY_ID: accessKeyId = '', AWS_SECRET_ACCESS_KEY: secretAccessKey = '' } = sandbox.staticCredentials()
    const ends = new Map<string, RegistryEnd>()
    for (const region of [home, other]) {
      const { authorizationData } = await new ECRClient({ region, endpoint: sandbox.url, credentials: { accessKeyId, secretAccessKey } }).send(new GetAuthorizationTokenCommand({}))
      const [username = '', password = ''] = Buffer.from(authorizationData?.[0]?.authorizationToken ?? '', 'base64').toString().split(':')
      ends.set(region, { name: `ECR in ${region}`, url: authorizationData?.[0]?.proxyEndpoint ?? '', username, password })
    }
    return new TwoRegions(sandbox, ends)
  }

  async close(): Promise<void> {
    await this.http.close()
    await this.sandbox.close()
  }

  end(region: string): RegistryEnd {
    const end = this.#ends.get(region)
    if (end) return end
    throw new Error(`no region ${region}`)
  }

  copier(from = home, to = other, { signal = new AbortController().signal, clock = systemClock, ends = [this.end(from), this.end(to)] as const } = {}): { copy(image: Digest, repository: RepositoryName, into?: RepositoryName): Promise<Copied> } {
    const opened = openCopier(...ends, { http: this.http, clock, signal, random: () => 0.5, onWait: (text) => this.waits.push(text) })
    return {
      copy: (image, repository, into = repository) =>
        opened.copy(image, repository, into, () => {
          this.writes += 1
        }),
    }
  }

  repository(region: string, of: string): Repository {
    return this.sandbox.images.repository(region, of) ?? this.sandbox.images.createRepository(region, of)
  }

  /** An image of one layer with this text; equal texts make equal layers. */
  seed(repository: string, text: string, platform = 'linux/amd64', region = home): Digest {
    return digest(this.sandbox.images.seedImage({ region, repository, files: { 'app/server.js': text }, platform }))
  }

  /** An index of two images, in the home region. */
  seedIndex(repository: string, text: string): Digest {
    const manifests = ['amd64', 'arm64'].map((architecture) => ({ mediaType: imageType, digest: this.seed(repository, `${text} ${architecture}`, `linux/${architecture}`), size: 1, platform: { os: 'linux', architecture } }))
    const bytes = Buffer.from(JSON.stringify({ schemaVersion: 2, mediaType: indexType, manifests }))
    this.repository(home, repository).manifests.set(digest(bytes), { digest: digest(bytes), mediaType: indexType, bytes })
    return digest(bytes)
  }

  /** What was asked of a region since the last time, in its order. */
  asked(region: string): string[] {
    return this.requests.filter((request) => request.region === region).map(({ text }) => text)
  }
}

const imageType = 'application/vnd.oci.image.manifest.v1+json'
const indexType = 'application/vnd.oci.image.index.v1+json'
