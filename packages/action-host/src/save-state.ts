import { randomUUID } from 'node:crypto'
import { appendFileSync } from 'node:fs'

/** What a step's end at the job's end gets to know, also where the step is killed. Without a runner it goes nowhere. */
export function saveState(name: string, value: string): void {
  const path = process.env['GITHUB_STATE'] ?? ''
  // Nobody can foresee the line that ends the value, so no value can end itself and go on as another variable.
  const end = `end-of-${randomUUID()}`
  if (path !== '') appendFileSync(path, `${name}<<${end}\n${value}\n${end}\n`)
}
