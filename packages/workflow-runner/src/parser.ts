import { registerHooks } from 'node:module'
import type { TemplateToken } from '@actions/workflow-parser/templates/tokens/template-token'
import { Expression, type Template, type TemplateMap } from './expressions.ts'

/** A workflow file or an action.yml that cannot be used; each line of the message starts with file:line:column. */
export class WorkflowFileError extends Error {
  override name = 'WorkflowFileError'
}
/** A file as templates, with the place (file:line:column) of each value by its path, such as `jobs/build/needs`. */
export interface ParsedFile {
  root: TemplateMap
  place: (path: string) => string
}

type Library = Awaited<ReturnType<typeof load>>
let library: Promise<Library> | undefined

/** Parses a workflow file or an action.yml with GitHub's own parser and schema. */
export async function parseFile(kind: 'workflow' | 'action', name: string, content: string): Promise<ParsedFile> {
  const parser = await (library ??= load())
  const schema = kind === 'workflow' ? parser.getWorkflowSchema() : parser.getActionSchema()
  const context = new parser.TemplateContext(new parser.TemplateValidationErrors(), schema, new parser.NoOperationTraceWriter())
  const fileId = context.getFileId(name)
  const reader = new parser.PlainReader(fileId, content)
  for (const { message, range } of reader.errors) context.error(fileId, message, range)
  const parsed = reader.errors.length > 0 ? undefined : parser.readTemplate(context, kind === 'workflow' ? parser.WORKFLOW_ROOT : parser.ACTION_ROOT, reader, fileId)
  if (parsed && kind === 'workflow') await parser.convertWorkflowTemplate(context, parsed, undefined, { errorPolicy: parser.ErrorPolicy.TryConversion })
  const places = new Map<string, string>()
  const root = parsed ? templateOf(parsed, '') : {}
  const problems = context.errors.getErrors().map(({ rawMessage, range }) => `${name}:${range?.start.line ?? 1}:${range?.start.column ?? 1}: ${rawMessage}`)
  if (problems.length > 0) throw new WorkflowFileError([...new Set(problems)].join('\n'))
  return {
    root: isTemplateMap(root) ? root : {},
    place: (path) => places.get(path) ?? `${name}:1:1`,
  }

  function templateOf(token: TemplateToken, path: string): Template {
    if (token.range) places.set(path, `${name}:${token.range.start.line}:${token.range.start.column}`)
    if (/^(jobs\/[^/]+|.*\/steps\/\d+)\/if$/.test(path)) {
      return new Expression(parser.convertToIfCondition(context, token)?.expression ?? 'false')
    }
    if (parser.isBasicExpression(token)) return new Expression(token.expression)
    if (parser.isSequence(token)) return [...token].map((item, index) => templateOf(item, `${path}/${index}`))
    if (parser.isMapping(token)) {
      return Object.fromEntries([...token].map(({ key, value }) => {
        if (parser.isBasicExpression(key)) context.error(key, 'This runner does not evaluate an expression that stands as a key')
        const name = key.toString()
        return [name, templateOf(value, path === '' ? name : `${path}/${name}`)]
      }))
    }
    if (parser.isString(token) || parser.isNumber(token) || parser.isBoolean(token)) return token.value
    return null
  }
}

/** Whether a template is a mapping of templates. */
export const isTemplateMap = (template: Template | undefined): template is TemplateMap =>
  typeof template === 'object' && template !== null && !Array.isArray(template) && !(template instanceof Expression)

async function load() {
  const unhook = hookJson()
  try {
    const library = {
      ...(await import('@actions/workflow-parser')),
      ...(await import('@actions/workflow-parser/actions/action-constants')),
      ...(await import('@actions/workflow-parser/actions/action-schema')),
      ...(await import('@actions/workflow-parser/model/convert')),
      ...(await import('@actions/workflow-parser/model/converter/if-condition')),
      ...(await import('@actions/workflow-parser/templates/template-context')),
      ...(await import('@actions/workflow-parser/templates/template-reader')),
      ...(await import('@actions/workflow-parser/workflows/workflow-constants')),
      ...(await import('@actions/workflow-parser/workflows/workflow-schema')),
    }
    const { YamlObjectReader } = await import('@actions/workflow-parser/workflows/yaml-object-reader')
    const { StringToken } = await import('@actions/workflow-parser/templates/tokens/string-token')
    /** Where text holds expressions, the parser (0.3.61) reads a block from its source, indentation and all, unless it has none. */
    class PlainReader extends YamlObjectReader {
      override allowLiteral(): ReturnType<InstanceType<typeof YamlObjectReader>['allowLiteral']> {
        const token = super.allowLiteral()
        return token && library.isString(token) ? new StringToken(token.file, token.range, token.value, undefined) : token
      }
    }
    return { ...library, PlainReader }
  } finally {
    unhook()
  }
}

/** The parser imports JSON without the attribute that Node asks for; the hook adds it while the parser loads. */
function hookJson(): () => void {
  try {
    const hooks = registerHooks({
      resolve(specifier, context, next) {
        const resolved = next(specifier, context)
        return resolved.url.endsWith('.json') ? { ...resolved, importAttributes: { type: 'json' } } : resolved
      },
    })
    return () => { hooks.deregister() }
  } catch {
    // jest allows no hooks; its own loader does not ask for the attribute.
    return () => undefined
  }
}
