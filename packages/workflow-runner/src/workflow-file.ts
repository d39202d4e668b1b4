import { Expression, type Template, type TemplateMap, wordOf } from './expressions.ts'
import { isTemplateMap, parseFile, WorkflowFileError } from './parser.ts'
import { narrow, permissionsOf, type Permissions } from './permissions.ts'
import type { Source } from './repositories.ts'

/** A workflow file at one commit, with the workflows that its jobs call. */
export interface Workflow {
  source: Source
  path: string
  name: string
  events: TemplateMap
  env: Template
  concurrency: Template
  outputs: TemplateMap
  jobs: Map<string, Job>
  place: (path: string) => string
}
export interface Job {
  id: string
  name: Template | undefined
  needs: string[]
  condition: Expression
  permissions: Permissions
  defaults: TemplateMap
  /** The job as it is written. */
  body: TemplateMap
  steps: Step[]
  calls: Workflow | undefined
}
export interface Step {
  id: string | undefined
  name: Template | undefined
  condition: Expression
  body: TemplateMap
}
/** Finds the repository that a `uses: owner/name@ref` names. */
export type FindSource = (repository: string, ref: string) => Promise<Source | undefined>

const success = new Expression('success()')
const deepest = 10

/**
 * Reads a workflow file and every workflow that it calls, and checks what GitHub checks before a run starts: syntax,
 * inputs and secrets of called workflows, permissions beyond the caller's.
 */
export async function readWorkflow(source: Source, path: string, find: FindSource, granted?: Permissions, depth = 0): Promise<Workflow | undefined> {
  const content = await source.read(path)
  if (content === undefined) return undefined
  const { root, place } = await parseFile('workflow', path, content)
  const events = eventsOf(root['on'])
  const call = asMap(events['workflow_call'])
  const workflow: Workflow = {
    source,
    path,
    name: typeof root['name'] === 'string' ? root['name'] : path,
    events,
    env: root['env'] ?? null,
    concurrency: root['concurrency'] ?? null,
    outputs: asMap(call['outputs']),
    jobs: new Map(),
    place,
  }
  for (const [id, template] of Object.entries(asMap(root['jobs']))) {
    const body = asMap(template)
    const fail = (key: string, why: string): never => {
      throw new WorkflowFileError(`${place(`jobs/${id}/${key}`)}: ${why}`)
    }
    const permissions = permissionsOf(body['permissions'] ?? root['permissions'], granted)
    for (const excess of granted ? narrow(permissions, granted) : []) {
      fail('permissions', `The nested job '${id}' is requesting '${excess.scope}: ${excess.wanted}', but is only allowed '${excess.scope}: ${excess.granted}'. Grant it in the job that calls this workflow.`)
    }
    const uses = body['uses']
    const calls = typeof uses === 'string' ? await called(uses, permissions, (why) => fail('uses', why)) : undefined
    if (calls) checkCall(body, calls, fail)
    workflow.jobs.set(id, {
      id,
      name: body['name'],
      needs: asList(body['needs']).map(wordOf),
      condition: body['if'] instanceof Expression ? body['if'] : success,
      permissions,
      defaults: { ...asMap(asMap(root['defaults'])['run']), ...asMap(asMap(body['defaults'])['run']) },
      body,
      steps: stepsOf(body['steps']),
      calls,
    })
  }
  return workflow

  async function called(uses: string, permissions: Permissions, fail: (why: string) => never): Promise<Workflow> {
    if (depth >= deepest) fail(`Workflows may call each other ${deepest} levels deep; '${uses}' is one more`)
    const local = /^\.\/(\.github\/workflows\/[^/@]+)$/.exec(uses)
    const remote = /^([^/]+\/[^/]+)\/(\.github\/workflows\/[^/@]+)@(.+)$/.exec(uses)
    const file = local?.[1] ?? remote?.[2] ?? fail(`'${uses}' names no workflow: write ./.github/workflows/x.yml or owner/name/.github/workflows/x.yml@ref`)
    const home = remote ? await find(remote[1] ?? '', remote[3] ?? '') : source
    if (!home) return fail(`'${uses}' cannot be called: this runner was given no repository ${remote?.[1] ?? ''}`)
    const workflow = await readWorkflow(home, file, find, permissions, depth + 1)
    if (!workflow) return fail(`'${uses}' cannot be called: there is no ${file} in ${home.repository} at ${home.ref}`)
    if (!('workflow_call' in workflow.events)) return fail(`'${uses}' cannot be called: it has no workflow_call trigger`)
    return workflow
  }
}

/** The steps of a job or of a composite action. */
export const stepsOf = (template: Template | undefined): Step[] =>
  asList(template).map(asMap).map((body) => ({
    id: typeof body['id'] === 'string' ? body['id'] : undefined,
    name: body['name'],
    condition: body['if'] instanceof Expression ? body['if'] : success,
    body,
  }))

/** A template's mapping, or an empty one. */
export const asMap = (template: Template | undefined): TemplateMap => (isTemplateMap(template) ? template : {})
/** A template's items; a single value is a list of one. */
export const asList = (template: Template | undefined): Template[] =>
  Array.isArray(template) ? template : template === undefined || template === null ? [] : [template]

function eventsOf(on: Template | undefined): TemplateMap {
  return isTemplateMap(on) ? on : Object.fromEntries(asList(on).map((event) => [wordOf(event), null]))
}

function checkCall(body: TemplateMap, called: Workflow, fail: (key: string, why: string) => never): void {
  const declared = asMap(called.events['workflow_call'])
  const inputs = asMap(declared['inputs'])
  const given = asMap(body['with'])
  for (const name of Object.keys(given)) if (!(name in inputs)) fail(`with/${name}`, `Invalid input, ${name} is not defined in the referenced workflow.`)
  for (const [name, input] of Object.entries(inputs)) {
    if (asMap(input)['required'] === true && !(name in given)) fail('uses', `Input ${name} is required, but not provided while calling.`)
  }
  if (body['secrets'] === 'inherit') return
  const secrets = asMap(declared['secrets'])
  const passed = asMap(body['secrets'])
  for (const name of Object.keys(passed)) if (!(name in secrets)) fail(`secrets/${name}`, `Invalid secret, ${name} is not defined in the referenced workflow.`)
  for (const [name, secret] of Object.entries(secrets)) {
    if (asMap(secret)['required'] === true && !(name in passed)) fail('uses', `Secret ${name} is required, but not provided while calling.`)
  }
}
