import { Problems, type Failure } from '@slipway/report'
import * as v from 'valibot'
import { checkPolicy } from './check-policy.ts'
import { checkServices } from './check-services.ts'
import { readDocument, type NodePath, type PlacedDocument } from './document.ts'
import { shown } from './fields.ts'
import type { Policy, Project } from './project.ts'
import { policyOf, projectOf } from './project-of.ts'
import { oneOf, policySchema, projectSchema, unknownKey } from './schema.ts'
import { insteadOf } from './suggestion.ts'

/** A policy as a file says it, which may take part in another's. */
export type WrittenPolicy = Policy & Pick<Project, 'extends'>

/**
 * Reads a project file.
 * @throws Failed `project-file-invalid` with every problem at its line and column.
 */
export function parseProject(text: string, file: string): Project {
  return parse(text, file, projectSchema, (written, document, problems) => {
    const project = projectOf(written)
    checkServices(project, document, problems)
    checkPolicy(project, written, document, problems)
    return project
  })
}

/**
 * Reads what of a project file is policy: of the default branch's, or of one that `extends` names, which may be a part
 * of the whole. Its services may be anything.
 * @throws Failed `project-file-invalid` as `parseProject` does.
 */
export function parsePolicy(text: string, file: string, role: 'whole' | 'extended' = 'whole'): WrittenPolicy {
  return parse(text, file, policySchema, (written, document, problems) => {
    const policy = policyOf(written)
    checkPolicy(policy, { ...written, isPart: role === 'extended' }, document, problems)
    return { ...policy, ...(written.extends === undefined ? {} : { extends: written.extends }) }
  })
}

function parse<const Schema extends v.GenericSchema, T>(text: string, file: string, schema: Schema, read: (written: v.InferOutput<Schema>, document: PlacedDocument, problems: Problems) => T): T {
  const document = readDocument(text, file)
  const problems = new Problems()
  const result = v.safeParse(schema, document.value)
  if (!result.success) for (const failure of inOrder(result.issues.map((issue) => failureOf(issue, document)))) problems.add(failure)
  problems.throwIfAny()
  if (!result.success) throw new Error('a schema without issues has an output')
  const meant = read(result.output, document, problems)
  problems.throwIfAny()
  return meant
}

function failureOf(issue: v.BaseIssue<unknown>, document: PlacedDocument): Failure {
  const path = pathOf(issue)
  const above = nameOf(path.slice(0, -1))
  const key = String(path.at(-1) ?? '')
  const at = document.place(path)
  const code = 'project-file-invalid'
  if (issue.expected === unknownKey) {
    return { code, what: `${above} has no key ${shown(key)}`, at, why: `its keys are ${issue.message}`, next: insteadOf(key, issue.message.split(', ')) }
  }
  if (issue.path?.at(-1)?.origin === 'key') {
    return issue.kind === 'schema' && issue.input === undefined
      ? { code, what: `${above} lacks the key "${key}"`, at: document.place(path.slice(0, -1)), why: 'it has no default', next: 'add it' }
      : { code, what: `the name ${shown(key)} in ${above} is none`, at, why: `it must be ${issue.message}`, next: 'correct the name' }
  }
  const written = document.written(path)
  if (issue.message === 'text' && isPlain(issue.input)) {
    const read = written === String(issue.input) ? '' : ` and would make it ${String(issue.input)}`
    const what = `${nameOf(path)} is ${shown(written ?? String(issue.input))} without quotes`
    const sort = issue.input === null ? 'nothing' : `a ${typeof issue.input}`
    return { code, what, at, why: `it must be text, but YAML reads it as ${sort}${read}`, next: `quote it: "${written ?? ''}"` }
  }
  const words = issue.message.startsWith(oneOf) ? issue.message.slice(oneOf.length).split(', ') : undefined
  return {
    code,
    what: `${nameOf(path)} is ${written === undefined ? 'something else' : shown(written)}`,
    at,
    why: `it must be ${issue.message}`,
    next: words === undefined ? 'correct it' : insteadOf(written ?? '', words),
  }
}

function inOrder(failures: readonly Failure[]): Failure[] {
  return failures.toSorted(({ at: a }, { at: b }) => (a?.line ?? 0) - (b?.line ?? 0) || (a?.column ?? 0) - (b?.column ?? 0))
}

function pathOf(issue: v.BaseIssue<unknown>): NodePath {
  return (issue.path ?? []).flatMap(({ key }) => (typeof key === 'string' || typeof key === 'number' ? [key] : []))
}

function nameOf(path: NodePath): string {
  return path.length === 0 ? 'the project file' : path.map((step) => (typeof step === 'number' ? `[${step}]` : `.${step}`)).join('').slice(1)
}

function isPlain(value: unknown): boolean {
  return value === null || typeof value === 'number' || typeof value === 'boolean'
}
