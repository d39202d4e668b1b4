import type { Action, NodeRuns } from './actions.ts'
import type { Status } from './contexts.ts'
import type { Scope } from './expressions.ts'
import type { Mapping } from './json.ts'
import type { Masks } from './masks.ts'
import type { JobRecord, Recorder } from './recorder.ts'
import type { Call, Run } from './run.ts'
import type { Job, Step } from './workflow-file.ts'

/** A job while it runs. */
export interface JobState {
  run: Run
  call: Call
  job: Job
  id: string
  record: JobRecord
  masks: Masks
  frame: Frame
  /** The job was cancelled, by whatever. */
  signal: AbortSignal
  workspace: string
  temp: string
  contexts: Mapping
  /** The context `env`: of the workflow, the job and GITHUB_ENV. */
  env: Record<string, string>
  /** Additions of GITHUB_PATH, oldest first. */
  path: string[]
  /** Variables that no workflow can change. */
  fixed: Record<string, string>
  /** Actions that have begun, with the state that they keep for their post. */
  started: Map<Step, StartedAction>
  posts: Post[]
}
/** The steps of a job, or those of one use of a composite action. */
export interface Frame {
  inputs: Mapping
  /** The context `steps`. */
  steps: Mapping
  status(): Status
  /** The folder of the composite action. */
  actionPath?: string
}
/** An action that has begun, with what it keeps for its post. */
export interface StartedAction {
  action: Action
  state: Record<string, string>
}
/** A post that waits for the end of the job. */
export interface Post {
  step: Step
  frame: Frame
  name: string
  runs: NodeRuns
  program: string
}
/** Where and when a step's program runs. */
export interface Place {
  job: JobState
  frame: Frame
  step: Step
  scope: Scope
  env: Record<string, string>
  recorder: Recorder
  stop: AbortSignal
}
