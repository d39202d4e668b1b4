import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { openEcr, signIn } from '@slipway/access'
import { regionRule, repositoryRule } from '@slipway/release'
import type { Bed } from '../../test/real/bed/bed.ts'
import { busyboxArchive } from '../../test/real/bed/busybox.ts'
import { startEcr, type Ecr } from '../../test/real/bed/ecr.ts'
import { goTool } from '../../test/real/bed/go-tools.ts'
import { command } from '../../test/real/bed/steps.ts'
import { account, places, standing } from '../../test/real/bed/up-down.ts'

/** The account's registry, as its administrator has prepared it for both sides. */
export interface Registry {
  readonly ecr: Ecr
  /** As in the names of images. */
  readonly host: string
  /** What a docker folder says of someone who is signed in. */
  readonly auth: string
  /** The base image of all services, by digest. */
  readonly base: string
  createRepositories(names: readonly string[]): Promise<void>
}

const { region } = places.eu
const baseRepository = 'base/busybox'

export async function openRegistry(bed: Bed): Promise<Registry> {
  const { environment } = standing(bed)
  const sts = environment['AWS_ENDPOINT_URL_STS'] ?? ''
  // It runs: nothing of this starts it.
  const ecr = await startEcr(bed, { account, regions: Object.values(places).map((place) => place.region), roles: [], repositories: [], sts })
  if (!regionRule.is(region)) throw new Error(`${region} must be ${regionRule.rule}`)
  const { signal } = new AbortController()
  const session = await signIn({ region, sessionName: 'bench', idToken: () => Promise.reject(new Error('an administrator has keys')), environment: { ...environment, ...ecr.administrator }, signal })
  const api = openEcr(session, { region, signal, onRetry: console.error })
  const createRepositories = async (names: readonly string[]): Promise<void> => {
    for (const name of names) {
      if (!repositoryRule.is(name)) throw new Error(`${name} must be ${repositoryRule.rule}`)
      await api.createRepository(name)
    }
  }
  const host = ecr.hosts[region] ?? ''
  const { username, password } = await api.authorization()
  const auth = Buffer.from(`${username}:${password}`).toString('base64')
  await createRepositories([baseRepository])
  return { ecr, host, auth, base: await pushBase(bed, ecr.url, { host, auth }), createRepositories }
}

/** A docker folder's settings of someone who is signed in to a registry. */
export function signedIn({ host, auth }: Pick<Registry, 'host' | 'auth'>): string {
  return JSON.stringify({ auths: { [host]: { auth } } })
}

async function pushBase(bed: Bed, proxy: string, login: Pick<Registry, 'host' | 'auth'>): Promise<string> {
  const folder = join(bed.run, 'bench-base')
  const [noted, name] = [join(folder, 'digest'), `${login.host}/${baseRepository}`]
  if (!existsSync(noted)) {
    const crane = await goTool(bed, 'crane')
    mkdirSync(folder, { recursive: true })
    writeFileSync(join(folder, 'config.json'), signedIn(login), { mode: 0o600 })
    const environment = { DOCKER_CONFIG: folder, HTTP_PROXY: proxy }
    await command(bed, 'base-image', [crane, 'push', '--insecure', await busyboxArchive(bed), `${name}:1`], { environment })
    writeFileSync(noted, (await command(bed, 'base-image', [crane, 'digest', '--insecure', `${name}:1`], { environment })).trim())
  }
  return `${name}@${readFileSync(noted, 'utf8')}`
}
