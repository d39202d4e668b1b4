import type { Life } from '@slipway/sandbox'
import type { RunResult } from '@slipway/workflow-runner'
import type { Promised } from './promises.ts'
import type { Change } from './shop-repository.ts'

/** One click, with what comes before it and what it promises. */
export interface Chapter {
  readonly title: string
  /** What a person does and why, for a newcomer. */
  readonly text: string
  /** Commits before the click, the oldest first. */
  readonly commits?: readonly Change[]
  /** The button and what is put into its form; without it, Deploy with all services. `started` is no click, but the run that the one before has asked GitHub for. */
  readonly click?: Click | 'started'
  /** How pods of the images live that this click builds. In the sandbox no container runs, so that the story says what the code would do. */
  readonly life?: (secret: { readonly password: string }) => Life
  /** The run is meant to fail, and the story goes on. */
  readonly isRed?: true
  /** The runner's machine dies at the first line that matches. */
  readonly diesAt?: RegExp
  /** What the run printed that is to be read here as a whole. */
  readonly shows?: (run: RunResult) => readonly string[]
  readonly promises: readonly Promised[]
}

/** A click on "Run workflow". */
export interface Click {
  /** Its file under .github/workflows. */
  readonly workflow: string
  readonly inputs: Readonly<Record<string, string | boolean>>
  readonly actor: string
  /** The branch or tag that is chosen; without it, main. */
  readonly ref?: string
}

/** The environment that every click names. */
export const environment = 'staging'
