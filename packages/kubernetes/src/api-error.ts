import { isJsonObject, type Json } from '@slipway/release'
import { listAt, textAt, numberAt } from '@slipway/rollout'
import { parsedJson } from './json.ts'

/** A field of an object that another manager owns. */
export interface FieldOwner {
  readonly manager: string
  readonly field: string
}

/** An API server's refusal, as its Status object tells it. */
export class ApiError extends Error {
  readonly status: number
  readonly reason: string
  /** Owners of the fields in conflict; empty for every other refusal, and for a conflict of versions. */
  readonly owners: readonly FieldOwner[]
  readonly retryAfter: string | undefined

  constructor(status: number, body: string, retryAfter: string | undefined) {
    const answer = parsedJson(body)
    super(textAt(answer, 'message') ?? `HTTP status ${status}: ${body.slice(0, 500)}`)
    this.name = 'ApiError'
    this.status = status
    this.reason = textAt(answer, 'reason') ?? ''
    this.owners = listAt(answer, 'details', 'causes').flatMap(owner)
    this.retryAfter = retryAfter ?? seconds(numberAt(answer, 'details', 'retryAfterSeconds'))
  }

  /** The object has changed since it was read: 409 without owners. */
  get isStale(): boolean {
    return this.status === 409 && this.reason === 'Conflict' && this.owners.length === 0
  }

  /** Other managers own fields that an apply would change. */
  get isOwned(): boolean {
    return this.status === 409 && this.owners.length > 0
  }

  /** The API server itself says that the object is not there: a proxy's 404 says nothing of the kind. */
  get isNotFound(): boolean {
    return this.status === 404 && this.reason === 'NotFound'
  }

  /** An object of this name is there. */
  get alreadyExists(): boolean {
    return this.status === 409 && this.reason === 'AlreadyExists'
  }

  /** The server does not know a field or a type in the object: a 500 that no retry mends. */
  get isUntypable(): boolean {
    return this.status === 500 && this.message.includes('failed to create typed patch object')
  }

  /** Whether the same request may be answered later. */
  get isPassing(): boolean {
    return this.status === 429 || (this.status >= 500 && !this.isUntypable)
  }
}

/** `conflict with "kubectl" using apps/v1: .spec.replicas`, the field in a member of its own. */
function owner(cause: Json): FieldOwner[] {
  if (!isJsonObject(cause) || cause['reason'] !== 'FieldManagerConflict') return []
  const message = textAt(cause, 'message') ?? ''
  return [{ manager: /conflict with "([^"]*)"/.exec(message)?.[1] ?? message, field: textAt(cause, 'field') ?? '?' }]
}

function seconds(value: number | undefined): string | undefined {
  return value === undefined ? undefined : String(value)
}
