import { createHash } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Bed } from './bed.ts'
import { step } from './steps.ts'

/** Something that is kept in bed.tools and is used again as long as what it is made from stays the same. */
export interface Tool {
  /** Of a file or folder in bed.tools. */
  readonly name: string
  readonly says: string
  /** What names its versions, such as the text of a lock file. */
  readonly sources: readonly string[]
  /** Makes it at the path; whatever is there already is from other sources, or of an attempt that came to no end. */
  readonly make: (path: string) => Promise<void>
}

/** Gives the path of a tool, which is made unless it was made from these very sources. */
export async function installed(bed: Bed, { name, says, sources, make }: Tool): Promise<string> {
  const path = join(bed.tools, name)
  const noted = `${path}.sources`
  const hash = createHash('sha256').update(JSON.stringify(sources)).digest('hex')
  if (existsSync(path) && existsSync(noted) && readFileSync(noted, 'utf8') === hash) return path
  await step(says, () => make(path))
  writeFileSync(noted, hash)
  return path
}
