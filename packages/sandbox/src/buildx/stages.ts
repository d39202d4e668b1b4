import { basename } from 'node:path'
import { digestOf, type Layer } from '../oci.ts'
import type { BuildArgs } from './arguments.ts'
import { pull, scratch, type Image } from './base.ts'
import type { Tree } from './context.ts'
import { cannotPerform, expanded, flagsOf, wordsOf, type Dockerfile, type Instruction, type Stage } from './dockerfile.ts'
import { Performed } from './performed.ts'
import type { Progress } from './progress.ts'
import { Refusal } from './refusal.ts'

/** What the stages of one build share. */
export interface Site {
  readonly dockerfile: Dockerfile
  /** The Dockerfile's name, as messages give it. */
  readonly file: string
  /** The Dockerfile as it was written, in lines. */
  readonly lines: readonly string[]
  readonly buildArgs: BuildArgs
  readonly context: () => Tree
  readonly progress: Progress
  /** Steps that an imported cache knows. */
  readonly cached: ReadonlySet<string>
  /** Steps done, with the layers that they made, for a cache to be exported. */
  readonly done: { readonly key: string; readonly layer: Layer | undefined; readonly stage: number }[]
}

type Step = (tell: (line: string) => void) => Promise<'CACHED' | undefined>

const LAYERED = ['COPY', 'ADD', 'WORKDIR']

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
  const scope = site.buildArgs.global(site.dockerfile.globalArgs, platform)
  const { flags, rest } = flagsOf(stage.from.text)
  const name = expanded(wordsOf(rest)[0] ?? '', (variable) => scope.get(variable))
  if (name === '') throw new Refusal(`failed to build: failed to solve: ${site.file}:${stage.from.line}: base name (${stage.from.text}) should not be blank`)
  return { name, platform: expanded(flags.get('platform') ?? platform, (variable) => scope.get(variable)) }
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
    await placed(site, stage.from, title(1, `FROM ${base.name}`), async (tell) => {
      const pulled = await pull(base.name, base.platform)
      tell(`resolve ${base.name}@${pulled.digest} done`)
      image = pulled.image
      key = digestOf(`${pulled.digest} ${platform}`)
      return undefined
    })

  const performed = new Performed(image, site.context, site.buildArgs, site.buildArgs.global(site.dockerfile.globalArgs, platform))
  let steps = 1
  for (const instruction of stage.instructions) {
    if (!LAYERED.includes(instruction.keyword)) {
      performed.configure(instruction)
      continue
    }
    steps += 1
    await placed(site, instruction, title(steps, `${instruction.keyword} ${instruction.text}`), async () => {
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
    })
  }
  return { image: performed, key }
}

/** A step whose refusal is followed by the instruction's place, and ends the build. */
async function placed({ progress, file, lines }: Site, { line }: Instruction, title: string, step: Step): Promise<void> {
  try {
    await progress.step(title, step)
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    const near = lines.slice(0, line + 2).map((text, index) => `${String(index + 1).padStart(4)} | ${index + 1 === line ? '>>>' : '   '} ${text}`)
    process.stderr.write(`${basename(file)}:${line}\n${'-'.repeat(20)}\n${near.slice(Math.max(0, line - 3)).join('\n')}\n${'-'.repeat(20)}\n`)
    throw new Refusal(`failed to build: failed to solve: ${error.solved}`)
  }
}
