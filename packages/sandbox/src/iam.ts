import { AwsError } from './aws-error.ts'
import { isJson, listOf, objectOf, stringOf, type Json } from './json.ts'
import { wildcard } from './wildcard.ts'

interface Statement {
  readonly sid: string
  readonly allows: boolean
  readonly actions: readonly string[]
  readonly resources: readonly string[]
  readonly condition: Json
}

const ELEMENTS = ['Sid', 'Effect', 'Principal', 'Action', 'Resource', 'Condition']
const OPERATORS = ['StringEquals', 'StringLike']
const GITHUB = 'token.actions.githubusercontent.com:'

/** What a role may do: the statements of its policy document, of actions and resources alone. */
export class Policy {
  readonly #statements: readonly Statement[]
  readonly #used: (grant: string) => void

  /** Throws where the document says something that would not be obeyed. `used` is told each action of a statement that lets something through, as `Sid Action`. */
  constructor(document: Json, used: (grant: string) => void) {
    this.#statements = statementsOf(document)
    this.#used = used
  }

  /** Whether some statement allows the action on the resource, and none denies it. */
  allows(action: string, resource: string): boolean {
    const grants = this.#statements.flatMap(({ sid, allows, actions, resources }) => {
      const named = actions.find((pattern) => wildcard(pattern).test(action))
      return named !== undefined && resources.some((pattern) => wildcard(pattern).test(resource)) ? [{ allows, grant: `${sid} ${named}` }] : []
    })
    if (grants.length === 0 || grants.some(({ allows }) => !allows)) return false
    for (const { grant } of grants.slice(0, 1)) this.#used(grant)
    return true
  }
}

/** Refuses in AWS's words what the policy of a principal does not allow; without a policy everything is. */
export function need({ arn, policy }: { readonly arn: string; readonly policy?: Policy | undefined }, action: string, resource: string): void {
  if (policy === undefined || policy.allows(action, resource)) return
  throw new AwsError('AccessDeniedException', `User: ${arn} is not authorized to perform: ${action} on resource: ${resource} because no identity-based policy allows the ${action} action`, 403)
}

/** Whether a trust policy lets the bearer of GitHub's claims assume the role. */
export function trusts(document: Json, claims: Json): boolean {
  const met = statementsOf(document).filter(({ actions, condition }) => actions.includes('sts:AssumeRoleWithWebIdentity') && holds(condition, claims))
  return met.length > 0 && met.every(({ allows }) => allows)
}

/** All operators, all keys, one of the values; a claim that is absent meets none. */
function holds(condition: Json, claims: Json): boolean {
  return Object.entries(condition).every(([operator, keys]) =>
    Object.entries(objectOf(keys)).every(([key, values]) => {
      const claim = stringOf(claims[key.slice(GITHUB.length)])
      return claim !== undefined && texts(values).some((value) => (operator === 'StringLike' ? wildcard(value).test(claim) : value === claim))
    }),
  )
}

function statementsOf(document: Json): Statement[] {
  return listOf(document['Statement']).filter(isJson).map((statement, index) => {
    const condition = objectOf(statement['Condition'])
    const strange = [
      ...Object.keys(statement).filter((name) => !ELEMENTS.includes(name)),
      ...Object.keys(condition).filter((name) => !OPERATORS.includes(name)),
      ...Object.values(condition).flatMap((keys) => Object.keys(objectOf(keys)).filter((key) => !key.startsWith(GITHUB))),
    ]
    if (strange.length > 0) throw new Error(`the sandbox's IAM does not know ${strange.join(', ')}`)
    return { sid: stringOf(statement['Sid']) ?? String(index), allows: statement['Effect'] === 'Allow', actions: texts(statement['Action']), resources: texts(statement['Resource']), condition }
  })
}

function texts(value: unknown): string[] {
  return [value, ...listOf(value)].flatMap((text) => stringOf(text) ?? [])
}
