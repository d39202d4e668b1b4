import { readFileSync, renameSync } from 'node:fs'
import { join } from 'node:path'
import type { Bed } from './bed.ts'
import { installed } from './installed.ts'
import { command } from './steps.ts'

/** A kubectl alone, as users have it: the bed's own is a whole Kubernetes, which takes longer to start. Gives its path. */
export function ownKubectl(bed: Bed): Promise<string> {
  const sources = join(import.meta.dirname, '..', 'cluster')
  return installed(bed, {
    name: 'kubectl',
    says: 'built kubectl alone',
    sources: ['go.mod', 'go.sum'].map((file) => readFileSync(join(sources, file), 'utf8')),
    async make(path) {
      const built = `${path}.${process.pid}`
      await command(bed, 'build-kubectl', ['go', 'build', '-ldflags', '-s -w', '-o', built, 'k8s.io/kubernetes/cmd/kubectl'], { cwd: sources, environment: { CGO_ENABLED: '0' } })
      renameSync(built, path)
    },
  })
}
