import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { loadEcr, openEcr, openProofPlaces, registryHost, signIn, type Ecr } from '@slipway/access'
import { childEnvironment, runChild, type Host } from '@slipway/action-host'
import { findProof } from '@slipway/delivery'
import { isEcrHost, openCopier, openRegistries, type Copier, type RegistryEnd } from '@slipway/images'
import type { Region } from '@slipway/release'
import { redaction } from '@slipway/report'
import { openHttp } from '@slipway/wire'
import { makeDockerFolder, ownDocker, ownLogin } from './docker-folder.ts'
import type { ImageRegistry, OtherRegion, Ports } from './ports.ts'
import type { Settings } from './settings.ts'

const folderState = 'private-folder'

/** The ports of a run on a runner. */
export function openPorts(host: Host, settings: Settings, buildSecrets: readonly string[]): Ports & { close(): Promise<void> } {
  const { environment, log, clock } = host
  const own = ownDocker(environment)
  const http = openHttp({ environment })
  let folder: string | undefined
  const privateFolder = (): string => {
    folder ??= makePrivateFolder(host)
    return folder
  }
  return {
    async findProof(wishes, required) {
      const open = await openProofPlaces(required, {
        sessionName: `slipway-${host.run.runId}`,
        idToken: (audience, meanwhile) => host.idToken(audience, meanwhile),
        environment,
        clock,
        signal: host.work,
        onWait: (text) => {
          log.info(text)
        },
      })
      try {
        return await findProof(wishes, { environment: required.name, repository: host.run.repository }, open.places)
      } finally {
        await open.close()
      }
    },
    async signIn() {
      const session = await signIn({
        region: settings.region,
        sessionName: `slipway-${host.run.runId}`,
        idToken: (audience, meanwhile) =>
          host.idToken(audience, () => {
            meanwhile()
            loadEcr()
          }),
        environment,
        signal: host.work,
        ...(settings.role === undefined ? {} : { role: settings.role }),
        ...(settings.account === undefined ? {} : { expectedAccount: settings.account }),
      })
      const account = await session.account()
      const say = (text: string): void => {
        log.info(text)
      }
      const ecrIn = (region: Region) => withOnePassword(openEcr(session, { region, signal: host.work, onRetry: say }), host)
      const registry = ecrIn(settings.region) satisfies ImageRegistry
      const endOf = async (region: Region, ecr: Ecr): Promise<RegistryEnd> => {
        const { username, password, endpoint } = await ecr.authorization()
        return { name: `ECR in ${region}`, url: endpoint, username, password }
      }
      const others = settings.regions.map((region): OtherRegion => {
        const there = ecrIn(region)
        const copier = once(async (): Promise<Copier> => openCopier(...(await Promise.all([endOf(settings.region, registry), endOf(region, there)])), { http, clock, random: Math.random, signal: host.work, onWait: say }))
        return { region, registry: there, copy: async (repository, digest, wrote) => (await copier()).copy(digest, repository, repository, wrote) }
      })
      const credentials = async (name: string) => ownLogin(own, name) ?? (isEcrHost(name) ? registry.authorization() : undefined)
      return { account, host: registryHost(account, settings.region), registry, others, bases: openRegistries({ http, clock, random: Math.random, signal: host.work, credentials }) }
    },
    docker: {
      async run(words, { environment: more, secretVariables, onLine }) {
        const secrets = Object.fromEntries(secretVariables.map((name) => [name, environment[name] ?? '']))
        try {
          return await runChild('docker', words, { cwd: host.run.workspace, environment: childEnvironment(environment, { ...secrets, ...more }), signal: host.work, onLine })
        } catch (error) {
          if (typeof error === 'object' && error !== null && 'code' in error && error.code === 'ENOENT') return 'missing'
          throw error
        }
      },
    },
    login(hosts, { username, password }) {
      return Promise.resolve(makeDockerFolder(join(privateFolder(), 'docker'), hosts.map((name) => ({ host: name, username, password })), own, environment))
    },
    scratchFile: (name) => join(privateFolder(), name),
    log,
    wrote: () => {
      host.wrote()
    },
    redact: redaction(buildSecrets),
    monotonic: () => clock.monotonic(),
    close: () => http.close(),
  }
}

/** ECR whose password is masked, and asked for once, since it lives for twelve hours. */
function withOnePassword(ecr: Ecr, host: Host): Ecr {
  const authorization = once(async () => {
    const login = await ecr.authorization()
    host.mask(login.password)
    return login
  })
  return { ...ecr, authorization }
}

/** Does the work when it is first asked for, and again only where it failed. */
function once<T>(work: () => Promise<T>): () => Promise<T> {
  let begun: Promise<T> | undefined
  const begin = async (): Promise<T> => {
    try {
      return await work()
    } catch (error) {
      begun = undefined
      throw error
    }
  }
  return () => (begun ??= begin())
}

/** Removes what `openPorts` has kept on disk, in the post step: also where the main step was killed. */
export function removePrivateFolder(state: (name: string) => string): Promise<void> {
  const folder = state(folderState)
  if (folder !== '') rmSync(folder, { recursive: true, force: true })
  return Promise.resolve()
}

/** The place is kept for the post step before anything is in it. */
function makePrivateFolder(host: Host): string {
  const folder = mkdtempSync(join(host.environment['RUNNER_TEMP'] ?? tmpdir(), 'slipway-build-'))
  host.saveState(folderState, folder)
  return folder
}
