import type { ServerResponse } from 'node:http'
import type { Caller } from './access-keys.ts'
import { AwsError } from './aws-error.ts'
import type { Ecr } from './ecr.ts'
import { describeCluster, type EksCluster } from './eks.ts'
import { parseObject, type Json } from './json.ts'
import type { SecretsManager } from './secrets-manager.ts'
import { startServer, type Ledger, type Received, type RunningServer } from './server.ts'
import { errorXml, type Sts } from './sts.ts'

/** The services behind the one endpoint. */
export interface AwsPlan {
  readonly account: string
  readonly ledger: Ledger
  readonly sts: Sts
  readonly ecr: Ecr
  readonly secrets: SecretsManager
  clusters(): Iterable<EksCluster>
}

type Service = 'ecr' | 'secretsmanager' | 'eks' | 'sts' | 'aws'

interface Call {
  readonly service: Service
  readonly operation: string
}

const TARGETS = { AmazonEC2ContainerRegistry_V20150921: 'ecr', secretsmanager: 'secretsmanager' } as const
const WRITES = ['ecr:PutImage', 'ecr:CreateRepository']
// The query protocol has older names for the same refusals.
const STS_CODES: Readonly<Record<string, string>> = {
  UnrecognizedClientException: 'InvalidClientTokenId',
  ExpiredTokenException: 'ExpiredToken',
  InvalidSignatureException: 'SignatureDoesNotMatch',
  MissingAuthenticationTokenException: 'MissingAuthenticationToken',
}

/** Starts the endpoint that speaks for every AWS service of the sandbox, in every region: the credential scope says which. */
export function startAws(plan: AwsPlan): Promise<RunningServer> {
  return startServer({
    name: 'aws',
    ledger: plan.ledger,
    classify(request) {
      const call = callOf(request)
      const operation = `${call.service}:${call.operation}`
      return { operation, write: WRITES.includes(operation), server: call.service }
    },
    handle(request, response) {
      const call = callOf(request)
      if (call.service === 'sts') answerQuery(plan.sts, request, response)
      else answerJson(plan, call, request, response)
    },
  })
}

function callOf({ method, url, headers, body }: Received): Call {
  const [prefix = '', operation = ''] = String(headers['x-amz-target'] ?? '').split('.')
  const target = Object.entries(TARGETS).find(([name]) => name === prefix)
  if (target) return { service: target[1], operation }
  const action = formOf(body, url).get('Action')
  if (action !== null) return { service: 'sts', operation: action }
  if (method === 'GET' && /^\/clusters\/[^/]+$/.test(url.pathname)) return { service: 'eks', operation: 'DescribeCluster' }
  return { service: 'aws', operation: `${method} ${url.pathname}` }
}

function formOf(body: Buffer, url: URL): URLSearchParams {
  return body.length > 0 ? new URLSearchParams(body.toString()) : url.searchParams
}

function answerQuery(sts: Sts, request: Received, response: ServerResponse): void {
  const caller = (): Caller => (request.url.searchParams.has('X-Amz-Signature') ? sts.keys.callerOfPresigned(request.url, request.headers) : sts.keys.callerOf(request))
  try {
    const xml = sts.answer(formOf(request.body, request.url), caller)
    response.writeHead(200, { 'content-type': 'text/xml' }).end(xml)
  } catch (error) {
    if (!(error instanceof AwsError)) throw error
    // An expired web identity keeps its name; only what was signed with an access key has another here.
    const signed = formOf(request.body, request.url).get('Action') === 'GetCallerIdentity'
    const told = signed ? new AwsError(STS_CODES[error.code] ?? error.code, error.message, error.status) : error
    response.writeHead(told.status, { 'content-type': 'text/xml' }).end(errorXml(told))
  }
}

function answerJson(plan: AwsPlan, call: Call, request: Received, response: ServerResponse): void {
  const type = call.service === 'eks' ? 'application/json' : 'application/x-amz-json-1.1'
  try {
    const caller = plan.sts.keys.callerOf(request)
    if (caller.service !== call.service) throw new AwsError('InvalidSignatureException', `Credential should be scoped to correct service: '${call.service}'.`, 403)
    const answer = JSON.stringify(answerOf(plan, call, request, caller))
    response.writeHead(200, { 'content-type': type }).end(answer)
  } catch (error) {
    if (!(error instanceof AwsError)) throw error
    const status = call.service === 'eks' ? error.status : 400
    response.writeHead(status, { 'content-type': type, 'x-amzn-errortype': error.code }).end(JSON.stringify({ __type: error.code, message: error.message }))
  }
}

function answerOf(plan: AwsPlan, { service, operation }: Call, request: Received, { principal, region }: Caller): Json {
  if (service === 'ecr') return plan.ecr.answer(operation, parseObject(request.body), region, principal)
  if (service === 'secretsmanager') return plan.secrets.answer(operation, parseObject(request.body), region, principal)
  if (service === 'eks') return describeCluster(plan.account, plan.clusters(), region, decodeURIComponent(request.url.pathname.split('/')[2] ?? ''), principal)
  throw new AwsError('UnknownOperationException', `the sandbox has no AWS operation ${operation}`)
}
