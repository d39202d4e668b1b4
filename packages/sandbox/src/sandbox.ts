import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startAws } from './aws.ts'
import { makeDockerCommand } from './docker-command.ts'
import { Ecr } from './ecr.ts'
import { ImageStore, type Mutability } from './images.ts'
import type { Json } from './json.ts'
import { startKubernetes, type KubernetesServer } from './kubernetes/index.ts'
import { startIssuer } from './oidc.ts'
import { startRegistry } from './registry.ts'
import { SecretsManager } from './secrets-manager.ts'
import { Ledger } from './server.ts'
import { Sts, type Identity, type Role } from './sts.ts'

/** The account that a sandbox plays. */
export interface SandboxOptions {
  /** Twelve digits. */
  readonly account: string
  readonly regions: readonly string[]
  readonly roles?: readonly Role[]
  readonly clusters?: readonly { readonly name: string; readonly region: string; readonly namespaces: readonly string[]; readonly nodePlatforms?: readonly string[]; readonly rbac?: readonly Json[] }[]
  readonly secrets?: readonly { readonly name: string; readonly region: string; readonly value: string | Buffer }[]
  readonly repositories?: readonly { readonly region: string; readonly name: string; readonly mutability?: Mutability; readonly exclusions?: string[] }[]
  /** The driver of the stand-in's builder: `docker` where left out, which exports no cache. */
  readonly buildxDriver?: string
  /** The lives of pods run this many times faster. */
  readonly speed?: number
}

/** A local cloud. */
export interface Sandbox {
  readonly account: string
  readonly ledger: Ledger
  readonly images: ImageStore
  readonly secrets: SecretsManager
  readonly sts: Sts
  /** What of the roles' policies and of the clusters' RBAC has let a request through, each grant as a line. */
  readonly exercised: ReadonlySet<string>
  readonly clusters: ReadonlyMap<string, KubernetesServer>
  /** The AWS endpoint's URL. */
  readonly url: string
  /** Each region's registry: region to URL. */
  readonly registries: ReadonlyMap<string, string>
  /** A folder with the stand-in `docker`, to stand first on PATH. */
  readonly binFolder: string
  /** What a process needs to find the sandbox; it holds no credentials. */
  environment(): Record<string, string>
  /** An administrator's access key, as environment variables. */
  staticCredentials(): Record<string, string>
  /** An identity token as a job gets it. `lifetimeSeconds` may be negative. */
  issueIdToken(claims: Record<string, unknown>, audience: string, lifetimeSeconds?: number): Promise<string>
  /** Ends every server and removes what was written. */
  close(): Promise<void>
}

/** Starts every server of a sandbox on loopback. */
export async function startSandbox(options: SandboxOptions): Promise<Sandbox> {
  const { account } = options
  const ledger = new Ledger()
  const closers: (() => Promise<void>)[] = []
  const kept = <T extends { close(): Promise<void> }>(server: T): T => {
    closers.push(() => server.close())
    return server
  }

  const issuer = kept(await startIssuer(ledger))
  const exercised = new Set<string>()
  const used = (grant: string): void => {
    exercised.add(grant)
  }
  const sts = new Sts(account, options.roles ?? [], issuer, used)
  const images = new ImageStore(account)
  const secrets = new SecretsManager(account)
  const registries = new Map<string, string>()
  const ecr = new Ecr(account, images, (region) => registries.get(region) ?? '')
  for (const region of options.regions)
    registries.set(region, kept(await startRegistry({ account, region, store: images, ledger, bearer: (basic) => ecr.bearer(basic), need: (caller, action, repository) => { ecr.need(caller, action, region, repository) } })).url)
  for (const { region, name, mutability, exclusions } of options.repositories ?? []) images.createRepository(region, name, mutability, exclusions)
  for (const { region, name, value } of options.secrets ?? []) secrets.put(region, name, value)

  const clusters = new Map<string, KubernetesServer>()
  for (const { name, namespaces, nodePlatforms, rbac } of options.clusters ?? []) {
    const server = await startKubernetes({
      name,
      ledger,
      namespaces,
      authenticate: (token) => eksIdentity(sts, token, name),
      findImage: (reference) => images.findImage(reference),
      speed: options.speed ?? 1,
      used,
      ...(nodePlatforms ? { nodePlatforms } : {}),
      ...(rbac ? { rbac } : {}),
    })
    clusters.set(name, kept(server))
  }
  const described = (options.clusters ?? []).map(({ name, region }) => ({ name, region, endpoint: clusters.get(name)?.url ?? '' }))
  const aws = kept(await startAws({ account, ledger, sts, ecr, secrets, clusters: () => described }))

  const registryUrls = JSON.stringify(Object.fromEntries([...registries].map(([region, url]) => [images.host(region), url])))
  const folder = mkdtempSync(join(tmpdir(), 'slipway-sandbox-'))
  const administrator = sts.keys.issue({ account, arn: `arn:aws:iam::${account}:user/sandbox`, userId: 'AIDASANDBOX', groups: ['system:masters'] })
  return {
    account,
    ledger,
    images,
    secrets,
    sts,
    exercised,
    clusters,
    url: aws.url,
    registries,
    binFolder: makeDockerCommand(join(folder, 'bin'), { SANDBOX_REGISTRIES: registryUrls, SANDBOX_BUILDX_DRIVER: options.buildxDriver ?? 'docker' }),
    environment: () => ({
      AWS_ENDPOINT_URL: aws.url,
      AWS_EC2_METADATA_DISABLED: 'true',
      SANDBOX_REGISTRIES: registryUrls,
    }),
    staticCredentials: () => ({ AWS_ACCESS_KEY_ID: administrator.accessKeyId, AWS_SECRET_ACCESS_KEY: administrator.secretAccessKey }),
    issueIdToken: (claims, audience, lifetimeSeconds) => issuer.issue(claims, audience, lifetimeSeconds),
    async close() {
      await Promise.all(closers.map((close) => close()))
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

/** Who stands behind an EKS token for a cluster: a presigned GetCallerIdentity in base64url. */
function eksIdentity(sts: Sts, token: string, cluster: string): Identity | undefined {
  const presigned = /^k8s-aws-v1\.([\w-]+)$/.exec(token)?.[1]
  return presigned === undefined ? undefined : sts.whoIs(Buffer.from(presigned, 'base64url').toString(), cluster)
}
