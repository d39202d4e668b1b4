import { platformOf } from '../oci.ts'
import { expanded, wordsOf, type Instruction } from './dockerfile.ts'

/** The platform of the machine that builds, and what is built where none is asked for. */
export const BUILD_PLATFORM = process.arch === 'arm64' ? 'linux/arm64' : 'linux/amd64'

/** The values of --build-arg. */
export class BuildArgs {
  readonly #values: ReadonlyMap<string, string>

  constructor(values: ReadonlyMap<string, string>) {
    this.#values = values
  }

  /** The names that an ARG declares, with the given value or the default; `scope` is what a default may name. */
  declared(text: string, scope: ReadonlyMap<string, string>): [string, string | undefined][] {
    return wordsOf(text).map((word) => {
      const [name = '', fallback] = word.split(/=(.*)/s)
      return [name, this.#values.get(name) ?? (fallback === undefined ? undefined : expanded(fallback, (variable) => scope.get(variable)))]
    })
  }

  /** What stands before the first stage: the platform's values and the global ARGs. */
  global(instructions: readonly Instruction[], platform: string): Map<string, string> {
    const scope = new Map(platformArgs(platform))
    for (const { text } of instructions) for (const [name, value] of this.declared(text, scope)) if (value !== undefined) scope.set(name, value)
    return scope
  }
}

function platformArgs(platform: string): [string, string][] {
  return (['TARGET', 'BUILD'] as const).flatMap((side): [string, string][] => {
    const text = side === 'TARGET' ? platform : BUILD_PLATFORM
    const { os, architecture, variant = '' } = platformOf(text)
    return [[`${side}PLATFORM`, text], [`${side}OS`, os], [`${side}ARCH`, architecture], [`${side}VARIANT`, variant]]
  })
}
