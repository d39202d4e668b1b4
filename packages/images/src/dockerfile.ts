import { Failed, list } from '@slipway/report'
import type { Instruction, ModifiableInstruction } from 'dockerfile-ast'
import { parseImageName, type ImageName } from './image-name.ts'
import { substituted, type Scope } from './substitution.ts'
import { syntaxImage } from './syntax-image.ts'

/** How a Dockerfile is going to be built. */
export interface DockerfileUse {
  /** The Dockerfile's path, for messages. */
  readonly file: string
  readonly target?: string
  /** Every platform that is asked for, as `os/architecture[/variant]`. */
  readonly platforms: readonly string[]
  /** The platform of the machine that builds. */
  readonly buildPlatform: string
  readonly buildArgs: Readonly<Record<string, string>>
}

/** What a Dockerfile says about the image, beyond the files of its context. */
export interface DockerfileFacts {
  /** The images that the needed stages take from registries, each once, and the one that reads the Dockerfile. */
  readonly bases: readonly ImageName[]
  /** Why the same inputs may give another image: one sentence each. Empty where they cannot. */
  readonly unrepeatable: readonly string[]
}

/**
 * Reads what a Dockerfile takes from elsewhere, in the stages that the target needs.
 * @throws Failed `dockerfile-invalid` where it has no stage, or not the target.
 */
export async function readDockerfile(text: string, use: DockerfileUse): Promise<DockerfileFacts> {
  // The parser takes 35 ms to load, which a wrong input should not have to wait for.
  const { DockerfileParser } = await import('dockerfile-ast')
  const dockerfile = DockerfileParser.parse(text.replace(/^\uFEFF/, ''))
  const escape = dockerfile.getEscapeCharacter()
  const { global, stages } = split(dockerfile.getInstructions())
  const target = targetStage(stages, use)
  const bases = new Map<string, ImageName>()
  const unrepeatable = new Set<string>()
  const syntax = syntaxImage(text, use.buildArgs)
  const reader = syntax === undefined ? undefined : parseImageName(syntax)
  if (reader) bases.set(reader.text, reader)
  else if (syntax !== undefined) unrepeatable.add(`${use.file}:1: which image "${syntax}" reads the Dockerfile, is known to the builder alone`)
  for (const platform of use.platforms) {
    const scope = scopeOf(global, { ...use, escape }, platformScope(platform, use.buildPlatform))
    for (const source of sources(stages, target, { ...use, escape }, scope)) {
      if (source.kind === 'image') bases.set(source.name.text, source.name)
      else unrepeatable.add(source.reason)
    }
  }
  return { bases: [...bases.values()], unrepeatable: [...unrepeatable] }
}

interface Stage {
  readonly index: number
  readonly name: string
  readonly from: Instruction
  readonly instructions: readonly Instruction[]
}

type Source = { readonly kind: 'image'; readonly name: ImageName } | { readonly kind: 'unrepeatable'; readonly reason: string }
type Use = DockerfileUse & { readonly escape: string }

function split(instructions: readonly Instruction[]): { global: Instruction[]; stages: Stage[] } {
  const global: Instruction[] = []
  const stages: (Stage & { instructions: Instruction[] })[] = []
  for (const instruction of instructions) {
    const stage = stages.at(-1)
    if (instruction.getKeyword() === 'FROM') {
      const [, as, name] = words(instruction)
      stages.push({ index: stages.length, name: as?.toLowerCase() === 'as' ? (name ?? '').toLowerCase() : '', from: instruction, instructions: [] })
    } else if (stage) stage.instructions.push(instruction)
    else global.push(instruction)
  }
  return { global, stages }
}

function targetStage(stages: readonly Stage[], use: DockerfileUse): Stage {
  const last = stages.at(-1)
  if (!last) {
    throw new Failed({ code: 'dockerfile-invalid', what: 'the Dockerfile has no stage', at: { file: use.file }, why: 'it holds no FROM', next: 'begin it with FROM and an image' })
  }
  if (use.target === undefined) return last
  const found = stageNamed(stages, use.target)
  if (found) return found
  const names = stages.map(({ name }) => name).filter((name) => name !== '')
  throw new Failed({
    code: 'dockerfile-invalid',
    what: `the Dockerfile has no stage "${use.target}"`,
    at: { file: use.file },
    why: names.length > 0 ? `its named stages are ${list(names)}` : 'none of its stages has a name',
    next: 'correct the target, or name the stage with FROM … AS …',
  })
}

function stageNamed(stages: readonly Stage[], name: string): Stage | undefined {
  return stages.findLast((stage) => stage.name !== '' && stage.name === name.toLowerCase()) ?? stages.find((stage) => String(stage.index) === name)
}

/** What the stage, and the stages that it is made from, take from elsewhere. */
function* sources(stages: readonly Stage[], target: Stage, use: Use, global: Scope): Generator<Source> {
  const waiting = [target]
  const seen = new Set<Stage>()
  for (let stage = waiting.pop(); stage; stage = waiting.pop()) {
    if (seen.has(stage)) continue
    seen.add(stage)
    const earlier = stages.slice(0, stage.index)
    const scope = stageScope(stage, use, global)
    const named = [{ word: words(stage.from)[0] ?? '', scope: global, line: stage.from }, ...stage.instructions.flatMap((instruction) => fromFlags(instruction).map((word) => ({ word, scope, line: instruction })))]
    for (const { word, scope: known, line } of named) {
      const name = substituted(word, known, use.escape)
      const other = name === undefined ? undefined : stageNamed(earlier, name)
      if (other) waiting.push(other)
      else if (name !== 'scratch') yield imageSource(name, word, use.file, line)
    }
    for (const instruction of stage.instructions) yield* remoteFiles(instruction, scope, use)
  }
}

function imageSource(name: string | undefined, word: string, file: string, instruction: Instruction): Source {
  const image = name === undefined ? undefined : parseImageName(name)
  return image ? { kind: 'image', name: image } : { kind: 'unrepeatable', reason: `${place(file, instruction)}: which image "${word}" is, is known to the builder alone` }
}

/** The images and stages that COPY and RUN name with `from=`. */
function fromFlags(instruction: Instruction): string[] {
  return flags(instruction).flatMap(([name, value]) => {
    if (name === 'from') return value
    return name === 'mount' ? (/(?:^|,)from=([^,]+)/.exec(value)?.[1] ?? []) : []
  })
}

function* remoteFiles(instruction: Instruction, scope: Scope, use: Use): Generator<Source> {
  if (instruction.getKeyword() !== 'ADD' || flags(instruction).some(([name]) => name === 'checksum')) return
  for (const word of words(instruction).slice(0, -1)) {
    const address = substituted(word.replace(/^\[?"|",?\]?$/g, ''), scope, use.escape) ?? word
    if (!/^(?:[a-z][a-z0-9+.-]*:\/\/|git@)/i.test(address) || /#[0-9a-f]{40}(?::|$)/.test(address)) continue
    yield { kind: 'unrepeatable', reason: `${place(use.file, instruction)}: ADD takes ${address} without a checksum or commit that pins it` }
  }
}

/** The variables that hold in a stage: its own ARG and ENV, the values of global ARGs that it declares again. */
function stageScope(stage: Stage, use: Use, global: Scope): Scope {
  const predefined = new Map([...global].filter(([name]) => /^(?:TARGET|BUILD)(?:PLATFORM|OS|ARCH|VARIANT)$/.test(name)))
  return scopeOf(stage.instructions, use, predefined, global)
}

function scopeOf(instructions: readonly Instruction[], use: Use, before: Scope, inherited: Scope = new Map()): Scope {
  const scope = new Map(before)
  for (const instruction of instructions) {
    const keyword = instruction.getKeyword()
    if (keyword !== 'ARG' && keyword !== 'ENV') continue
    for (const word of words(instruction)) {
      const [name = '', assigned] = word.split(/=(.*)/s)
      const written = assigned === undefined ? undefined : substituted(assigned, scope, use.escape)
      const value = keyword === 'ENV' ? written : (use.buildArgs[name] ?? written ?? inherited.get(name))
      if (value !== undefined) scope.set(name, value)
    }
  }
  return scope
}

function platformScope(platform: string, buildPlatform: string): Scope {
  return new Map(
    [['TARGET', platform] as const, ['BUILD', buildPlatform] as const].flatMap(([side, text]) => {
      const [os = '', architecture = '', variant = ''] = text.split('/')
      return [[`${side}PLATFORM`, text] as const, [`${side}OS`, os] as const, [`${side}ARCH`, architecture] as const, [`${side}VARIANT`, variant] as const]
    }),
  )
}

function flags(instruction: Instruction): (readonly [name: string, value: string])[] {
  // What ONBUILD holds is not parsed further; it runs in the stages that are made from this one.
  if (instruction.getKeyword() === 'ONBUILD') return words(instruction).flatMap((word) => [...word.matchAll(/^--([a-z-]+)=(.*)$/g)].map(([, name = '', value = '']) => [name, value] as const))
  return takesFlags(instruction) ? instruction.getFlags().map((flag) => [flag.getName(), flag.getValue() ?? ''] as const) : []
}

function takesFlags(instruction: Instruction): instruction is ModifiableInstruction {
  return 'getFlags' in instruction
}

function words(instruction: Instruction): string[] {
  return instruction.getArguments().map((argument) => argument.getValue())
}

function place(file: string, instruction: Instruction): string {
  return `${file}:${instruction.getRange().start.line + 1}`
}
