export type Conclusion = 'success' | 'failure' | 'cancelled' | 'skipped'

/** A message that GitHub shows beside a run, as `::error file=…,line=…::` makes it. */
export interface Annotation {
  level: 'notice' | 'warning' | 'error'
  message: string
  title?: string
  file?: string
  line?: number
  col?: number
}
/** A step that has ended; its lines are masked. */
export interface StepResult {
  name: string
  conclusion: Conclusion
  milliseconds: number
  lines: string[]
}
/** A job that has ended. `id` joins the ids of its callers and its own: `deploy / build (eu)`. */
export interface JobResult {
  id: string
  name: string
  conclusion: Conclusion
  outputs: Record<string, string>
  environment?: { name: string; url?: string }
  summary: string
  annotations: Annotation[]
  steps: StepResult[]
  /** Milliseconds since 1970. */
  startedAt: number
  milliseconds: number
}
/** A run that has ended. `workflow` is the workflow's name, or its path where it has none. */
export interface RunResult {
  id: string
  number: number
  workflow: string
  event: 'workflow_dispatch' | 'push'
  ref: string
  sha: string
  actor: string
  conclusion: Conclusion
  jobs: JobResult[]
  milliseconds: number
}
/** What happens in a run, as it happens; lines and messages are masked. `job` is the job's id. */
export type RunEvent =
  | { type: 'run-started'; run: string; number: number; workflow: string; event: RunResult['event']; ref: string; sha: string; actor: string }
  | { type: 'job-started'; run: string; job: string; name: string }
  | { type: 'step-started'; run: string; job: string; step: string }
  | { type: 'line'; run: string; job: string; step: string; line: string }
  | { type: 'annotation'; run: string; job: string; step: string; annotation: Annotation }
  | { type: 'step-finished'; run: string; job: string; step: string; conclusion: Conclusion; milliseconds: number }
  | { type: 'job-finished'; run: string; job: string; name: string; conclusion: Conclusion; milliseconds: number }
  | { type: 'run-finished'; run: string; conclusion: Conclusion; milliseconds: number }
