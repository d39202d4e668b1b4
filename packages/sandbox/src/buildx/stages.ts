import { posix } from 'node:path'
import { listOf, objectOf, stringOf, type Json } from '../json.ts'
import { digestOf, layerOf, platformOf, type Layer } from '../oci.ts'
import type { Entry } from '../tar.ts'
import { apply, pull, scratch, type Image } from './base.ts'
import type { Tree } from './context.ts'
import { copied, missingFolders, type Owner } from './copy.ts'
import { cannotPerform, expanded, flagsOf, listForm, wordsOf, type Dockerfile, type Instruction, type Stage } from './dockerfile.ts'
import type { Progress } from './progress.ts'
import { Refusal } from './refusal.ts'

/** What the stages of one build share. */
export interface Site {
  readonly dockerfile: Dockerfile
  /** The Dockerfile's name, as messages give it. */
  readonly file: string
  readonly buildArgs: ReadonlyMap<string, string>
  /** The build arguments that some ARG took. */
  readonly consumed: Set<string>
  readonly context: () => Tree
  readonly progress: Progress
  /** Steps that an imported cache knows. */
  readonly cached: ReadonlySet<string>
  /** Steps done, with the layers that they made, for a cache to be exported. */
  readonly done: { readonly key: string; readonly layer: Layer | undefined; readonly stage: number }[]
}

type Step = (tell: (line: string) => void) => Promise<'CACHED' | undefined>

const LAYERED = ['COPY', 'ADD', 'WORKDIR']
/** The platform of the machine that builds, and what is built where none is asked for. */
export const BUILD_PLATFORM = process.arch === 'arm64' ? 'linux/arm64' : 'linux/amd64'

/** The stage that is to be built: the named one, or the last. */
export function targetStage({ stages }: Dockerfile, target: string | undefined): Stage {
  const found = target === undefined ? stages.at(-1) : stages.find(({ name, index }) => name === target.toLowerCase() || String(index) === target)
  if (!found) throw new Refusal(`failed to build: failed to solve: target stage "${target ?? ''}" could not be found`)
  return found
}

/** Builds one stage and those that it needs, for one platform. Refuses before the first step what the stand-in cannot do. */
export async function buildStages(site: Site, target: Stage, platform: string, several: boolean): Promise<Image> {
  const needed = neededStages(site, target, platform)
  const refused = needed.flatMap((stage) => stage.instructions.flatMap((instruction) => {
    const what = cannotPerform(instruction)
    return what === undefined ? [] : [`${site.file}:${instruction.line}: ${what}`]
  }))
  if (refused.length > 0) throw new Refusal(`failed to build: failed to solve: a real engine is needed for what the sandbox's stand-in for docker cannot do:\n  ${refused.join('\n  ')}`)
  const built = new Map<number, { image: Image; key: string }>()
  for (const stage of needed) built.set(stage.index, await buildStage(site, stage, platform, several, built))
  return built.get(target.index)?.image ?? scratch()
}

function neededStages(site: Site, target: Stage, platform: string): Stage[] {
  const needed = new Set<Stage>()
  const visit = (stage: Stage): void => {
    const names = [baseOf(site, stage, platform).name, ...stage.instructions.filter(({ keyword }) => keyword === 'COPY').flatMap(({ text }) => flagsOf(text).flags.get('from') ?? [])]
    for (const name of names) {
      const other = stageNamed(site, name, stage.index)
      if (other && !needed.has(other)) visit(other)
    }
    needed.add(stage)
  }
  visit(target)
  return [...needed]
}

function stageNamed({ dockerfile }: Site, name: string, before: number): Stage | undefined {
  return dockerfile.stages.slice(0, before).findLast((stage) => stage.name === name.toLowerCase() || String(stage.index) === name)
}

function baseOf(site: Site, stage: Stage, platform: string): { name: string; platform: string } {
  const scope = new Map(platformArgs(platform))
  for (const { text } of site.dockerfile.globalArgs) for (const [name, value] of argsOf(site, text, scope)) if (value !== undefined) scope.set(name, value)
  const { flags, rest } = flagsOf(stage.from.text)
  const name = expanded(wordsOf(rest)[0] ?? '', (variable) => scope.get(variable))
  if (name === '') throw new Refusal(`failed to build: failed to solve: ${site.file}:${stage.from.line}: base name (${stage.from.text}) should not be blank`)
  return { name, platform: expanded(flags.get('platform') ?? platform, (variable) => scope.get(variable)) }
}

function argsOf(site: Site, text: string, scope: ReadonlyMap<string, string>): [string, string | undefined][] {
  return wordsOf(text).map((word) => {
    const [name = '', fallback] = word.split(/=(.*)/s)
    if (site.buildArgs.has(name)) site.consumed.add(name)
    return [name, site.buildArgs.get(name) ?? (fallback === undefined ? undefined : expanded(fallback, (variable) => scope.get(variable)))]
  })
}

async function buildStage(site: Site, stage: Stage, platform: string, several: boolean, built: ReadonlyMap<number, { image: Image; key: string }>): Promise<{ image: Image; key: string }> {
  const base = baseOf(site, stage, platform)
  const total = 1 + stage.instructions.filter(({ keyword }) => LAYERED.includes(keyword)).length
  const name = site.dockerfile.stages.length > 1 ? (stage.name ?? `stage-${stage.index}`) : ''
  const title = (step: number, text: string): string => `[${[several ? platform : '', name, `${step}/${total}`].filter((part) => part !== '').join(' ')}] ${text}`
  const earlier = built.get(stageNamed(site, base.name, stage.index)?.index ?? -1)
  let image = earlier?.image ?? scratch()
  let key = earlier?.key ?? digestOf(`scratch ${platform}`)
  if (!earlier && base.name !== 'scratch')
    await site.progress.step(title(1, `FROM ${base.name}`), placed(site, stage.from, async (tell) => {
      const pulled = await pull(base.name, base.platform)
      tell(`resolve ${base.name}@${pulled.digest} done`)
      image = pulled.image
      key = digestOf(`${pulled.digest} ${platform}`)
      return undefined
    }))

  const performed = new Performed(site, image, platform)
  for (const instruction of stage.instructions) {
    if (!LAYERED.includes(instruction.keyword)) {
      performed.configure(instruction)
      continue
    }
    performed.steps += 1
    await site.progress.step(title(performed.steps + 1, `${instruction.keyword} ${instruction.text}`), placed(site, instruction, async () => {
      const before = performed.layers.length
      if (instruction.keyword === 'WORKDIR') performed.workdir(instruction)
      else await performed.copy(instruction, async (from) => {
        const other = built.get(stageNamed(site, from, stage.index)?.index ?? -1)
        return other?.image.tree ?? (await pull(from, platform)).image.tree
      })
      const layer = performed.layers[before]
      key = digestOf(`${key}\n${instruction.keyword} ${instruction.text}\n${layer?.descriptor.digest ?? ''}`)
      site.done.push({ key, layer, stage: stage.index })
      return site.cached.has(key) ? 'CACHED' : undefined
    }))
  }
  return { image: performed, key }
}

/** A step whose refusals name the instruction's place. */
function placed(site: Site, { line }: Instruction, step: Step): Step {
  return async (tell) => {
    try {
      return await step(tell)
    } catch (error) {
      throw error instanceof Refusal ? new Refusal(`failed to build: failed to solve: ${site.file}:${line}: ${error.message}`) : error
    }
  }
}

/** A stage while its instructions are performed. */
class Performed implements Image {
  readonly config: Json
  readonly history: Json[]
  readonly layers: Layer[]
  readonly tree: Tree
  steps = 0
  readonly #site: Site
  readonly #args = new Map<string, string>()
  readonly #given: ReadonlyMap<string, string>
  #ownCommand = false

  constructor(site: Site, base: Image, platform: string) {
    this.#site = site
    this.config = { ...base.config }
    this.history = [...base.history]
    this.layers = [...base.layers]
    this.tree = new Map(base.tree)
    this.#given = new Map(platformArgs(platform))
    for (const { text } of site.dockerfile.globalArgs) this.#given = new Map([...this.#given, ...argsOf(site, text, this.#given).flatMap(([name, value]) => (value === undefined ? [] : [[name, value] as const]))])
  }

  configure({ keyword, text }: Instruction): void {
    const { config } = this
    const pairs = (): [string, string][] => (/^[^\s="']+\s/.test(text) ? [[/^\S+/.exec(text)?.[0] ?? '', this.#expand(text.replace(/^\S+\s+/, ''))]] : wordsOf(text).map((word) => pairOf(this.#expand(word))))
    if (keyword === 'ARG') this.#declare(text)
    else if (keyword === 'ENV') config['Env'] = [...new Map([...this.#environment(), ...pairs()])].map(([name, value]) => `${name}=${value}`)
    else if (keyword === 'LABEL') config['Labels'] = { ...objectOf(config['Labels']), ...Object.fromEntries(pairs()) }
    else if (keyword === 'USER') config['User'] = this.#expand(text)
    else if (keyword === 'EXPOSE') config['ExposedPorts'] = { ...objectOf(config['ExposedPorts']), ...Object.fromEntries(wordsOf(text).map((word) => this.#expand(word)).map((port) => [port.includes('/') ? port : `${port}/tcp`, {}])) }
    else {
      config[keyword === 'CMD' ? 'Cmd' : 'Entrypoint'] = listForm(text) ?? ['/bin/sh', '-c', text]
      // An entrypoint of this stage takes away the base's command, not the stage's own.
      if (keyword === 'CMD') this.#ownCommand = true
      else if (!this.#ownCommand) delete config['Cmd']
    }
    this.history.push({ created_by: `${keyword} ${text}`, comment: 'slipway sandbox', empty_layer: true })
  }

  workdir({ text }: Instruction): void {
    const path = posix.resolve('/', stringOf(this.config['WorkingDir']) ?? '', this.#expand(text))
    this.config['WorkingDir'] = path
    this.#add(`WORKDIR ${path}`, missingFolders(this.tree, path.slice(1)))
  }

  async copy({ keyword, text }: Instruction, treeOf: (from: string) => Promise<Tree>): Promise<void> {
    const { flags, rest } = flagsOf(text)
    const words = (listForm(rest) ?? wordsOf(rest)).map((word) => this.#expand(word))
    const destination = words.pop()
    if (destination === undefined || words.length === 0) throw new Refusal(`${keyword} requires at least two arguments, but only ${words.length + 1} were provided`)
    const from = flags.get('from')
    const tree = from === undefined ? this.#site.context() : await treeOf(from)
    this.#add(`${keyword} ${text}`, copied(tree, words, destination, stringOf(this.config['WorkingDir']) ?? '/', this.tree, this.#owner(flags.get('chown'))))
  }

  #add(createdBy: string, entries: readonly Entry[]): void {
    apply(this.tree, entries)
    if (entries.length > 0) this.layers.push(layerOf(entries))
    this.history.push({ created_by: createdBy, comment: 'slipway sandbox', ...(entries.length > 0 ? {} : { empty_layer: true }) })
  }

  #declare(text: string): void {
    for (const [name, own] of argsOf(this.#site, text, this.#scope())) {
      const value = own ?? this.#given.get(name)
      if (value !== undefined) this.#args.set(name, value)
    }
  }

  #owner(text: string | undefined): Owner | undefined {
    if (text === undefined) return undefined
    const [user = '', group] = this.#expand(text).split(':')
    const numbered = (name: string, file: string, kind: string, column: number): number => {
      if (/^\d+$/.test(name)) return Number(name)
      const line = (this.tree.get(file)?.content.toString() ?? '').split('\n').map((one) => one.split(':')).find(([known]) => known === name)
      if (!line) throw new Refusal(`unable to convert uid/gid chown string to host mapping: can't find ${kind} for ${kind === 'uid' ? 'user' : 'group'} ${name}: no such ${kind === 'uid' ? 'user' : 'group'}: ${name}`)
      return Number(line[column])
    }
    const uid = numbered(user, 'etc/passwd', 'uid', 2)
    if (group !== undefined) return { uid, gid: numbered(group, 'etc/group', 'gid', 2) }
    return { uid, gid: /^\d+$/.test(user) ? uid : numbered(user, 'etc/passwd', 'uid', 3) }
  }

  #expand(word: string): string {
    const scope = this.#scope()
    return expanded(word, (name) => scope.get(name))
  }

  #scope(): ReadonlyMap<string, string> {
    return new Map([...this.#args, ...this.#environment()])
  }

  #environment(): [string, string][] {
    return listOf(this.config['Env']).map((line) => pairOf(String(line)))
  }
}

function pairOf(text: string): [string, string] {
  const [name = '', value = ''] = text.split(/=(.*)/s)
  return [name, value]
}

function platformArgs(platform: string): [string, string][] {
  return (['TARGET', 'BUILD'] as const).flatMap((side): [string, string][] => {
    const text = side === 'TARGET' ? platform : BUILD_PLATFORM
    const { os, architecture, variant = '' } = platformOf(text)
    return [[`${side}PLATFORM`, text], [`${side}OS`, os], [`${side}ARCH`, architecture], [`${side}VARIANT`, variant]]
  })
}
