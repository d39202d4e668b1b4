import { readFileSync, statSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { BUILD_PLATFORM, BuildArgs } from './arguments.ts'
import { readContext, type Tree } from './context.ts'
import { parseDockerfile } from './dockerfile.ts'
import { exportCache, exported, importCache, push, type Exported } from './export.ts'
import { optionsOf, type Attributes, type Options } from './options.ts'
import { Progress } from './progress.ts'
import { Refusal } from './refusal.ts'
import { Remote } from './remote.ts'
import { buildStages, targetStage, type Site } from './stages.ts'

/** Performs `docker buildx build` with the words after it. */
export async function build(words: readonly string[], driver: string): Promise<void> {
  const options = optionsOf(words, driver)
  const progress = new Progress()
  if (!statSync(options.context, { throwIfNoEntry: false })?.isDirectory()) throw new Refusal(`failed to build: unable to prepare context: path "${options.context}" not found`)
  process.stderr.write(`#0 building with "${options.builder}" instance using ${driver} driver\n\n`)
  const site = await prepared(options, progress)
  const target = targetStage(site.dockerfile, options.target)
  const platforms = options.platforms.length > 0 ? options.platforms : [BUILD_PLATFORM]
  const images = []
  for (const platform of platforms) images.push({ platform, image: await buildStages(site, target, platform, platforms.length > 1) })
  const image = exported(images, options.labels, options.provenance)
  await solved(progress.step('exporting to image', async (tell) => {
    tell('exporting layers done')
    tell(`exporting manifest ${image.descriptor.digest} done`)
    for (const name of options.names) tell(`naming to ${name} done`)
    await pushed(options, image, tell)
    return undefined
  }))
  for (const cache of options.cacheTo) await cached(cache, site, target.index, progress)

  if (!options.push) process.stderr.write('WARNING: No push was asked for: the sandbox\'s stand-in for docker keeps no image.\n')
  const { mediaType, digest, size } = image.descriptor
  if (options.metadataFile !== undefined)
    writeFileSync(
      options.metadataFile,
      JSON.stringify({
        ...(image.configDigest === undefined ? {} : { 'containerimage.config.digest': image.configDigest }),
        'containerimage.descriptor': { mediaType, digest, size },
        'containerimage.digest': digest,
        ...(options.names.length > 0 ? { 'image.name': options.names.join(',') } : {}),
      }, undefined, 2),
    )
  if (options.iidFile !== undefined) writeFileSync(options.iidFile, image.configDigest ?? digest)
}

/** What ends a step ends the build. */
async function solved(step: Promise<void>): Promise<void> {
  try {
    await step
  } catch (error) {
    throw error instanceof Refusal ? new Refusal(`failed to build: failed to solve: ${error.solved}`) : error
  }
}

async function prepared(options: Options, progress: Progress): Promise<Site> {
  const path = options.file ?? join(options.context, 'Dockerfile')
  let text = ''
  await progress.step(`[internal] load build definition from ${basename(path)}`, (tell) => {
    try {
      text = readFileSync(path, 'utf8')
    } catch {
      throw new Refusal(`failed to build: failed to solve: failed to read dockerfile: open ${path}: no such file or directory`)
    }
    tell(`transferring dockerfile: ${Buffer.byteLength(text)}B done`)
    return undefined
  })
  const known = new Set<string>()
  for (const cache of options.noCache ? [] : options.cacheFrom)
    await progress.step(`importing cache manifest from ${cache['ref'] ?? ''}`, async () => {
      for (const key of await importCache(cache).catch(refusedCache)) known.add(key)
      return undefined
    }).catch((error: unknown) => {
      // A cache that is not there makes a build slow, not wrong; anything else is a bug.
      if (!(error instanceof Refusal)) throw error
    })
  let tree: Tree | undefined
  return { dockerfile: parseDockerfile(text), file: path, lines: text.split('\n'), buildArgs: new BuildArgs(options.buildArgs), context: () => (tree ??= readContext(options.context, path)), progress, cached: known, done: [] }
}

function refusedCache(error: unknown): never {
  throw error instanceof Refusal ? new Refusal(`failed to configure registry cache importer: ${error.message}`) : error
}

async function pushed({ push: wanted }: Options, image: Exported, tell: (line: string) => void): Promise<void> {
  for (const name of wanted?.names ?? []) {
    const remote = new Remote(name)
    try {
      await push(remote, image, wanted?.byDigest ? undefined : remote.reference)
    } catch (error) {
      if (error instanceof Refusal) throw new Refusal(`failed to push ${name}: ${error.message.split('\n').at(-1) ?? ''}`)
      throw error
    }
    tell('pushing layers done')
    tell(`pushing manifest for ${name}@${image.descriptor.digest} done`)
  }
}

async function cached(cache: Attributes, site: Site, target: number, progress: Progress): Promise<void> {
  const steps = cache['mode'] === 'max' ? site.done : site.done.filter(({ stage }) => stage === target)
  try {
    await progress.step('exporting cache to registry', async (tell) => {
      await exportCache(cache, steps)
      tell(`writing cache image manifest to ${cache['ref'] ?? ''} done`)
      return undefined
    })
  } catch (error) {
    // One that is ignored is told by its step all the same.
    if (error instanceof Refusal && cache['ignore-error'] === 'true') return
    throw error instanceof Refusal ? new Refusal(`failed to build: failed to solve: ${error.message}`) : error
  }
}
