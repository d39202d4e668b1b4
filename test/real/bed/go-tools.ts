import { readFileSync, renameSync } from 'node:fs'
import { join } from 'node:path'
import type { Bed } from './bed.ts'
import { installed } from './installed.ts'
import { command } from './steps.ts'

/** The programs that a module of ours under test/real/tools pins, each as the one tool of its go.mod. */
export type GoTool = 'act' | 'buildkitd' | 'buildx' | 'crane'

/** Builds a program from the Go module proxy, unless it is there in this version, and gives its path. */
export function goTool(bed: Bed, name: GoTool): Promise<string> {
  const module = join(import.meta.dirname, '..', 'tools', name)
  const [goMod = '', goSum = ''] = ['go.mod', 'go.sum'].map((file) => readFileSync(join(module, file), 'utf8'))
  const program = /^tool (\S+)$/m.exec(goMod)?.[1]
  if (program === undefined) throw new Error(`${join(module, 'go.mod')} names no tool`)
  return installed(bed, {
    name,
    says: `built ${name} from its Go modules`,
    sources: [goMod, goSum],
    async make(path) {
      // Beside the one in use, which a bed that is up may be running.
      const built = `${path}.${process.pid}`
      await command(bed, `build-${name}`, ['go', 'build', '-trimpath', '-ldflags', '-s -w', '-o', built, program], { cwd: module, environment: { CGO_ENABLED: '0' } })
      renameSync(built, path)
    },
  })
}
