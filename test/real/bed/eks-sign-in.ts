/**
 * Tells a kube-apiserver who a token of EKS belongs to, as EKS' own authenticator does: the token is a presigned
 * GetCallerIdentity, STS says who has signed it, and the cluster's access entries give that role its groups.
 * Run as a process of its own: `node eks-sign-in.ts <settings as JSON>`.
 */
import { readFileSync } from 'node:fs'
import { request as ask } from 'node:http'
import { createServer } from 'node:https'
import { text } from 'node:stream/consumers'
import * as v from 'valibot'

const settingsSchema = v.object({
  port: v.number(),
  /** PEM files of the server. */
  keyFile: v.string(),
  certificateFile: v.string(),
  /** The STS that the bed's tokens are presigned for. */
  sts: v.string(),
  /** The same STS for those who reach it over a longer way. */
  fartherSts: v.string(),
  /** The name that a token must have been made for. */
  cluster: v.string(),
  /** Groups in the cluster by the name of the role. */
  accessEntries: v.record(v.string(), v.array(v.string())),
})

const reviewSchema = v.object({ spec: v.object({ token: v.string() }) })

const settings = v.parse(settingsSchema, JSON.parse(process.argv[2] ?? '{}'))

createServer({ key: readFileSync(settings.keyFile), cert: readFileSync(settings.certificateFile) }, (request, response) => {
  void text(request)
    .then(async (body) => statusOf(v.parse(reviewSchema, JSON.parse(body)).spec.token))
    .catch((error: unknown) => ({ authenticated: false, error: error instanceof Error ? error.message : String(error) }))
    .then((status) => response.setHeader('content-type', 'application/json').end(JSON.stringify({ apiVersion: 'authentication.k8s.io/v1', kind: 'TokenReview', status })))
}).listen(settings.port, '127.0.0.1')

async function statusOf(token: string): Promise<object> {
  const arn = await caller(presigned(token))
  const role = /:assumed-role\/([^/]+)\//.exec(arn)?.[1] ?? ''
  const groups = settings.accessEntries[role]
  if (groups === undefined) throw new Error(`no access entry for ${arn}`)
  return { authenticated: true, user: { username: arn, uid: arn, groups: [...groups, 'system:authenticated'] } }
}

/** Only what asks this STS who the caller is, and for this cluster, is sent on: a token is a URL from outside. */
function presigned(token: string): URL {
  if (!token.startsWith('k8s-aws-v1.')) throw new Error('no token of EKS')
  const url = new URL(Buffer.from(token.slice('k8s-aws-v1.'.length), 'base64url').toString())
  const { searchParams } = url
  if (![settings.sts, settings.fartherSts].some((sts) => new URL(sts).origin === url.origin) || url.pathname !== '/') throw new Error(`the token is presigned for ${url.origin}`)
  if (searchParams.get('Action') !== 'GetCallerIdentity') throw new Error('the token is presigned for another operation')
  if (searchParams.get('X-Amz-SignedHeaders') !== 'host;x-k8s-aws-id') throw new Error('the token does not sign the cluster\'s name')
  const signedAt = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/.exec(searchParams.get('X-Amz-Date') ?? '')
  const signedMs = signedAt === null ? NaN : Date.parse(`${signedAt.slice(1, 4).join('-')}T${signedAt.slice(4).join(':')}Z`)
  if (!(Date.now() - signedMs < 15 * 60_000)) throw new Error('the token is older than 15 minutes')
  return url
}

async function caller(url: URL): Promise<string> {
  const { status, answer } = await askSts(url)
  // Some answer in XML whatever is asked for.
  const arn = /(?:<Arn>|"Arn":\s*")([^<"]+)/.exec(answer)?.[1]
  if (status !== 200 || arn === undefined) throw new Error(`STS does not take the token (${status})`)
  return arn
}

/** At its own address, whichever the token was presigned for: the host is signed, and stays. */
function askSts({ host, pathname, search }: URL): Promise<{ status: number; answer: string }> {
  return new Promise((resolve, reject) => {
    const headers = { host, 'x-k8s-aws-id': settings.cluster, accept: 'application/json' }
    ask(new URL(pathname + search, settings.sts), { headers }, (response) => {
      text(response).then((answer) => {
        resolve({ status: response.statusCode ?? 0, answer })
      }, reject)
    }).on('error', reject).end()
  })
}
