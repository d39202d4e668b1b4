import { data, Evaluator, Lexer, Parser } from '@actions/expressions'
import { type Json, type Mapping, textOf, reasonOf } from './json.ts'

/** An expression of a workflow file, without its `${{ }}`. */
export class Expression {
  readonly source: string
  constructor(source: string) {
    this.source = source
  }
}
/** A value of a workflow file before its expressions are evaluated. */
export type Template = null | boolean | number | string | Expression | Template[] | TemplateMap
export interface TemplateMap {
  [key: string]: Template
}
/** What an expression may name. Contexts that are not given are empty. */
export interface Scope {
  contexts: Mapping
  functions: Record<string, (...args: Json[]) => Json>
}

const contextNames = ['github', 'env', 'vars', 'secrets', 'inputs', 'needs', 'matrix', 'strategy', 'steps', 'job', 'jobs', 'runner']

/** The value of a template: its expressions evaluated, the rest as it stands. */
export function unfold(template: Template | undefined, scope: Scope): Json {
  if (template === undefined) return null
  if (template instanceof Expression) return evaluate(template, scope)
  if (Array.isArray(template)) return template.map((item) => unfold(item, scope))
  if (typeof template !== 'object' || template === null) return template
  return Object.fromEntries(Object.entries(template).map(([key, value]) => [key, unfold(value, scope)]))
}

/** Whether the condition holds; one that cannot be evaluated does not. */
export function holdsStill(condition: Expression, scope: Scope): boolean {
  try {
    return holds(condition, scope)
  } catch {
    return false
  }
}

/** The text of a template that is a plain scalar; empty for anything else. */
export const wordOf = (template: Template | undefined): string => (typeof template === 'object' ? '' : textOf(template))

/** Whether the condition holds, by GitHub's idea of truth. */
export function holds(condition: Expression, scope: Scope): boolean {
  const value = evaluate(condition, scope)
  return typeof value === 'object' ? value !== null : Boolean(value)
}

function evaluate({ source }: Expression, scope: Scope): Json {
  const functions = Object.entries(scope.functions).map(([name, call]) => ({
    name,
    minArgs: 0,
    maxArgs: 255,
    call: (...args: data.ExpressionData[]) => toData(call(...args.map(fromData))),
  }))
  try {
    const tree = new Parser(tokensOf(source), contextNames, functions).parse()
    const contexts = new data.Dictionary(...contextNames.map((key) => ({ key, value: toData(scope.contexts[key] ?? {}) })))
    return fromData(new Evaluator(tree, contexts, new Map(functions.map((each) => [each.name.toLowerCase(), each]))).evaluate())
  } catch (error) {
    throw new Error(`The expression \${{ ${source} }} cannot be evaluated: ${reasonOf(error)}`, { cause: error })
  }
}

/** The lexer (0.3.61) unescapes only the first quote of a string; mixed text arrives as one string with many. */
function tokensOf(source: string): ReturnType<Lexer['lex']>['tokens'] {
  return new Lexer(source).lex().tokens.map((token) => (token.lexeme.startsWith("'") ? { ...token, value: token.lexeme.slice(1, -1).replaceAll("''", "'") } : token))
}

function toData(value: Json): data.ExpressionData {
  if (value === null) return new data.Null()
  if (typeof value === 'string') return new data.StringData(value)
  if (typeof value === 'number') return new data.NumberData(value)
  if (typeof value === 'boolean') return new data.BooleanData(value)
  if (Array.isArray(value)) return new data.Array(...value.map(toData))
  return new data.Dictionary(...Object.entries(value).map(([key, inner]) => ({ key, value: toData(inner) })))
}

function fromData(value: data.ExpressionData): Json {
  if (value instanceof data.StringData || value instanceof data.BooleanData || value instanceof data.NumberData) return value.value
  if (value instanceof data.Array) return value.values().map(fromData)
  if (value instanceof data.Dictionary) return Object.fromEntries(value.pairs().map(({ key, value: inner }) => [key, fromData(inner)]))
  return null
}
