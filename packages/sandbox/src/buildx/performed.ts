import { posix } from 'node:path'
import { listOf, objectOf, stringOf, type Json } from '../json.ts'
import { layerOf, type Layer } from '../oci.ts'
import type { Entry } from '../tar.ts'
import type { BuildArgs } from './arguments.ts'
import { apply, type Image } from './base.ts'
import type { Tree } from './context.ts'
import { copied, missingFolders, type Owner } from './copy.ts'
import { expanded, flagsOf, listForm, wordsOf, type Instruction } from './dockerfile.ts'
import { Refusal } from './refusal.ts'

/** A stage while its instructions are performed. */
export class Performed implements Image {
  readonly config: Json
  readonly history: Json[]
  readonly layers: Layer[]
  readonly tree: Tree
  readonly #context: () => Tree
  readonly #buildArgs: BuildArgs
  readonly #given: ReadonlyMap<string, string>
  readonly #args = new Map<string, string>()
  #ownCommand = false

  /** `given` are the values that an ARG without a default takes: the global ones and the platform's. */
  constructor(base: Image, context: () => Tree, buildArgs: BuildArgs, given: ReadonlyMap<string, string>) {
    this.#context = context
    this.#buildArgs = buildArgs
    this.#given = given
    this.config = { ...base.config }
    this.history = [...base.history]
    this.layers = [...base.layers]
    this.tree = new Map(base.tree)
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
    const tree = from === undefined ? this.#context() : await treeOf(from)
    this.#add(`${keyword} ${text}`, copied(tree, words, destination, stringOf(this.config['WorkingDir']) ?? '/', this.tree, this.#owner(flags.get('chown'))))
  }

  #add(createdBy: string, entries: readonly Entry[]): void {
    apply(this.tree, entries)
    if (entries.length > 0) this.layers.push(layerOf(entries))
    this.history.push({ created_by: createdBy, comment: 'slipway sandbox', ...(entries.length > 0 ? {} : { empty_layer: true }) })
  }

  #declare(text: string): void {
    for (const [name, own] of this.#buildArgs.declared(text, this.#scope())) {
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
