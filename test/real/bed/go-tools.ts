import { readFileSync, renameSync } from 'node:fs'
import { join } from 'node:path'
import type { Bed } from './bed.ts'
import { installed } from './installed.ts'
import { command } from './steps.ts'

/** The programs that a module of ours under test/real/tools pins, each as the one tool of its go.mod. */
export type GoTool = 'act' | 'buildkitd' | 'buildx' | 'crane' | 'kwok'

/** Where a program keeps its version: without it BuildKit calls itself v0.0.0+unknown. */
const versionVariables: Partial<Record<GoTool, string>> = { buildkitd: 'github.com/moby/buildkit/version.Version', buildx: 'github.com/docker/buildx/version.Version' }

/** Builds a program from the Go module proxy, unless it is there in this version, and gives its path. */
export function goTool(bed: Bed, name: GoTool): Promise<string> {
  const module = join(import.meta.dirname, '..', 'tools', name)
  const [goMod = '', goSum = ''] = ['go.mod', 'go.sum'].map((file) => readFileSync(join(module, file), 'utf8'))
  const program = /^tool (\S+)$/m.exec(goMod)?.[1]
  if (program === undefined) throw new Error(`${join(module, 'go.mod')} names no tool`)
  const variable = versionVariables[name]
  const flags = variable === undefined ? '-s -w' : `-s -w -X ${variable}=${versionOf(goMod, variable)}`
  return installed(bed, {
    name,
    says: `built ${name} from its Go modules`,
    sources: [goMod, goSum, flags],
    async make(path) {
      // Beside the one in use, which a bed that is up may be running.
      const built = `${path}.${process.pid}`
      await command(bed, `build-${name}`, ['go', 'build', '-trimpath', '-ldflags', flags, '-o', built, program], { cwd: module, environment: { CGO_ENABLED: '0' } })
      renameSync(built, path)
    },
  })
}

function versionOf(goMod: string, variable: string): string {
  const module = variable.split('/').slice(0, 3).join('/')
  return new RegExp(`^\\s*(?:require )?${module} (v\\S+)`, 'm').exec(goMod)?.[1] ?? 'unknown'
}
