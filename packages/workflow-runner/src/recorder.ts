import type { Masks } from './masks.ts'
import type { Annotation, Conclusion, StepResult } from './results.ts'
import type { Run } from './run.ts'

/** Keeps what one step prints, masked, and tells it to whoever watches. */
export interface Recorder {
  print: (text: string) => void
  annotate: (annotation: Annotation) => void
  summarize: (markdown: string) => void
  finish: (conclusion: Conclusion) => void
}
/** What the recorders of one job fill. */
export interface JobRecord {
  annotations: Annotation[]
  summaries: string[]
  steps: StepResult[]
}

/** GitHub keeps this many annotations of a level for one step. */
const mostAnnotations = 10

export function startStep(run: Run, job: string, name: string, record: JobRecord, masks: Masks): Recorder {
  const startedAt = Date.now()
  const step = masks.hide(name)
  const lines: string[] = []
  const counts = { notice: 0, warning: 0, error: 0 }
  const print = (text: string): void => {
    for (const line of text.split('\n').map((each) => masks.hide(each))) {
      lines.push(line)
      run.options.onEvent({ type: 'line', run: run.id, job, step, line })
    }
  }
  run.options.onEvent({ type: 'step-started', run: run.id, job, step })
  return {
    print,
    annotate(given) {
      const annotation = { ...given, message: masks.hide(given.message), ...(given.title === undefined ? {} : { title: masks.hide(given.title) }) }
      print(`##[${annotation.level}]${annotation.message}`)
      counts[annotation.level] += 1
      if (counts[annotation.level] > mostAnnotations) return
      record.annotations.push(annotation)
      run.options.onEvent({ type: 'annotation', run: run.id, job, step, annotation })
    },
    summarize: (markdown) => void record.summaries.push(markdown.split('\n').map((line) => masks.hide(line)).join('\n')),
    finish(conclusion) {
      const milliseconds = Date.now() - startedAt
      record.steps.push({ name: step, conclusion, milliseconds, lines })
      run.options.onEvent({ type: 'step-finished', run: run.id, job, step, conclusion, milliseconds })
    },
  }
}
