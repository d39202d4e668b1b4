import type { LifeScript } from './life.ts'
import type { ImageFacts } from './pod-needs.ts'

/** The node: what it can run and where its images are. */
export interface Node {
  readonly platforms: readonly string[]
  /** The images that were pulled before. */
  readonly present: Set<string>
  findImage(reference: string): ImageFacts | undefined | 'repository-missing'
  readonly script: LifeScript
}
