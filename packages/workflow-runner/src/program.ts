import { randomUUID } from 'node:crypto'
import { readFile, writeFile } from 'node:fs/promises'
import { delimiter, join, relative } from 'node:path'
import { runChild } from './children.ts'
import { readPairs } from './command-files.ts'
import { lineReader } from './commands.ts'
import { baseVariables, githubVariables } from './machine.ts'
import type { Annotation } from './results.ts'
import type { Place } from './job-state.ts'
import { reasonOf } from './json.ts'

/** One execution of a step: whether it ended well, and the outputs that it set. */
export interface Attempt {
  succeeded: boolean
  outputs: Record<string, string>
}

/** Starts a step's program with its environment and command files, obeys what it prints, and reads the files at its end. */
export async function runProgram({ job, frame, step, env, recorder, stop }: Place, [file = '', ...args]: string[], cwd: string, own: Record<string, string>, state: Record<string, string>): Promise<Attempt> {
  const attempt: Attempt = { succeeded: true, outputs: {} }
  const names = ['output', 'env', 'path', 'state', 'step_summary']
  const files = Object.fromEntries(names.map((name) => [name, join(job.temp, '_runner_file_commands', `${name}_${randomUUID()}`)]))
  for (const path of Object.values(files)) await writeFile(path, '')
  const annotate = (annotation: Annotation): void => {
    const file = annotation.file
    recorder.annotate(file?.startsWith(`${job.workspace}/`) ? { ...annotation, file: relative(job.workspace, file) } : annotation)
  }
  const fail = (message: string): void => {
    annotate({ level: 'error', message })
    attempt.succeeded = false
  }
  const onLine = lineReader({
    print: recorder.print,
    annotate,
    fail,
    setOutput: (name, value) => { attempt.outputs[name] = value },
    saveState: (name, value) => { state[name] = value },
    mask: (value) => { job.masks.add(value) },
    debug: job.fixed['RUNNER_DEBUG'] === '1',
  })
  const base = baseVariables(job.run)
  const variables = { ...base, ...env, ...own }
  const action = step.id ?? (typeof step.body['uses'] === 'string' ? `__${step.body['uses'].replace(/@.*$/, '').replaceAll(/[^\w]+/g, '_')}` : '__run')
  const exit = await runChild({
    file,
    args,
    cwd,
    onLine,
    stop,
    dead: job.run.dead,
    env: {
      ...variables,
      ...job.fixed,
      ...githubVariables({ action, ...(frame.actionPath === undefined ? {} : { action_path: frame.actionPath }) }),
      ...Object.fromEntries(names.map((name) => [`GITHUB_${name.toUpperCase()}`, files[name] ?? ''])),
      PATH: [...job.path.toReversed(), ...(job.run.options.pathPrefix === undefined ? [] : [job.run.options.pathPrefix]), variables['PATH'] ?? ''].join(delimiter),
    },
  })
  if (job.run.dead.aborted) return { succeeded: false, outputs: {} }
  if (exit !== 0) {
    attempt.succeeded = false
    // A JavaScript action names its own errors, and who stopped a step knows why it ended.
    if (typeof step.body['uses'] !== 'string' && !stop.aborted) annotate({ level: 'error', message: `Process completed with exit code ${exit}.` })
  }

  const reading: [name: string, take: (text: string) => void][] = [
    ['output', (text) => Object.assign(attempt.outputs, Object.fromEntries(readPairs(text)))],
    ['state', (text) => Object.assign(state, Object.fromEntries(readPairs(text)))],
    ['env', (text) => {
      for (const [name, value] of readPairs(text)) {
        if (name.toUpperCase() === 'NODE_OPTIONS') annotate({ level: 'error', message: "Can't store NODE_OPTIONS output parameter using '$GITHUB_ENV' command." })
        else job.env[name] = value
      }
    }],
    ['path', (text) => { for (const line of text.split('\n')) if (line !== '') job.path = [...job.path.filter((each) => each !== line), line] }],
    ['step_summary', (text) => {
      const kilobytes = Math.floor(Buffer.byteLength(text) / 1024)
      if (Buffer.byteLength(text) > 1024 * 1024) annotate({ level: 'error', message: `$GITHUB_STEP_SUMMARY upload aborted, supports content up to a size of 1024k, got ${kilobytes}k.` })
      else if (text !== '') recorder.summarize(text)
    }],
  ]
  for (const [name, take] of reading) {
    try {
      take(await readFile(files[name] ?? '', 'utf8').catch(() => ''))
    } catch (error) {
      fail(`Unable to process file command '${name}' successfully. ${reasonOf(error)}`)
    }
  }
  return attempt
}
