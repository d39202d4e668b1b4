import { readFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { Expression, type Template, type TemplateMap, wordOf } from './expressions.ts'
import { parseFile } from './parser.ts'
import type { Repositories } from './repositories.ts'
import { asMap, type Step, stepsOf } from './workflow-file.ts'

/** An action as its action.yml describes it. */
export interface Action {
  folder: string
  inputs: TemplateMap
  outputs: TemplateMap
  runs: NodeRuns | { kind: 'composite'; steps: Step[] }
}
/** A JavaScript action: paths of its programs, and when the outer two run. */
export interface NodeRuns {
  kind: 'node'
  main: string
  pre: string | undefined
  post: string | undefined
  preIf: Expression
  postIf: Expression
}

/** What a step's `uses` names. */
export type Use = { kind: 'checkout' } | { kind: 'local'; path: string } | { kind: 'repository'; folder: string } | { kind: 'foreign' }

/** Where the action of a step comes from; `foreign` is what this runner refuses. */
export function useOf(uses: string, repositories: Repositories): Use {
  if (uses.startsWith('./') || uses.startsWith('../')) return { kind: 'local', path: uses }
  const [, repository = '', path = ''] = /^([^/@:]+\/[^/@:]+)(\/[^@]*)?@.+$/.exec(uses) ?? []
  const folder = repositories.folder(repository)
  if (folder !== undefined) return { kind: 'repository', folder: join(folder, path) }
  return { kind: repository === 'actions/checkout' && path === '' ? 'checkout' : 'foreign' }
}

/** Why an action that is not there is refused. */
export const refusal = (uses: string): string =>
  `The action '${uses}' is refused: this runner runs only local actions, those of the repositories it was given, and a stand-in for actions/checkout`

/** Reads the action.yml (or action.yaml) of a folder. */
export async function readAction(folder: string, uses: string): Promise<Action> {
  const content = await readFile(join(folder, 'action.yml'), 'utf8').catch(() => readFile(join(folder, 'action.yaml'), 'utf8')).catch(() => undefined)
  if (content === undefined) {
    throw new Error(`Can't find 'action.yml' or 'action.yaml' under '${folder}' for '${uses}'. Did you forget to run actions/checkout before running your local action?`)
  }
  const { root, place } = await parseFile('action', `${uses}/action.yml`, content)
  const runs = asMap(root['runs'])
  const using = wordOf(runs['using'])
  const program = (key: string): string | undefined => (typeof runs[key] === 'string' ? resolve(folder, runs[key]) : undefined)
  const main = program('main')
  const base = { folder, inputs: asMap(root['inputs']), outputs: asMap(root['outputs']) }
  if (using === 'composite') return { ...base, runs: { kind: 'composite', steps: stepsOf(runs['steps']) } }
  if (!/^node\d+$/.test(using) || main === undefined) {
    throw new Error(`${place('runs/using')}: The action '${uses}' uses '${using}', which this runner does not run: it runs JavaScript and composite actions`)
  }
  const pre = program('pre')
  const post = program('post')
  return { ...base, runs: { kind: 'node', main, pre, post, preIf: conditionOf(runs['pre-if']), postIf: conditionOf(runs['post-if']) } }
}

/** `pre-if` and `post-if` are taken as they are: no `success()` is added. */
function conditionOf(template: Template | undefined): Expression {
  if (template instanceof Expression) return template
  return new Expression(typeof template === 'string' && template !== '' ? template : 'always()')
}
