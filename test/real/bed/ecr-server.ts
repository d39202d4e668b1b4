/**
 * ECR and its registries as a process of its own: `node ecr-server.ts <settings as JSON in a file>`. On one port it is the
 * API, and a proxy to the registries for those who name a registry's host. `PUT /bed/registries/down/<milliseconds>` takes
 * the registries down for as long; the API goes on.
 */
import { readFileSync, writeFileSync } from 'node:fs'
import { createServer, request, type IncomingMessage, type ServerResponse } from 'node:http'
import { startSandbox } from '@slipway/sandbox'
import * as v from 'valibot'

const settingsSchema = v.object({
  account: v.string(),
  regions: v.array(v.string()),
  roles: v.array(v.object({ name: v.string(), policy: v.optional(v.record(v.string(), v.unknown())) })),
  repositories: v.array(v.object({ name: v.string(), region: v.string() })),
  /** Of the STS that opens the sessions. */
  sts: v.string(),
  port: v.number(),
  /** The file in which who started this finds what cannot be known before. */
  started: v.string(),
})
const sessionSchema = v.object({ accessKeyId: v.string(), secretAccessKey: v.string(), sessionToken: v.string(), expiresAtMs: v.number(), arn: v.string(), userId: v.string() })

const { sts, port, started, roles, ...settings } = v.parse(settingsSchema, JSON.parse(readFileSync(process.argv[2] ?? '', 'utf8')))
const sandbox = await startSandbox({ ...settings, roles: roles.map(({ name, policy }) => ({ name, trust: [], ...(policy === undefined ? {} : { policy }) })) })
const registries = new Map(settings.regions.map((region) => [sandbox.images.host(region), sandbox.registries.get(region) ?? '']))

// Before a request is looked at, the session that has signed it is fetched from where it was opened.
sandbox.ledger.hold = async (_, __, { headers }) => {
  const id = /Credential=(ASIA\w+)\//.exec(headers.authorization ?? '')?.[1]
  if (id === undefined || sandbox.sts.keys.has(id)) return
  const answer = await fetch(`${sts}/bed/sessions/${id}`)
  if (answer.ok) sandbox.sts.adopt(v.parse(sessionSchema, await answer.json()))
}

writeFileSync(started, JSON.stringify({ hosts: Object.fromEntries(settings.regions.map((region) => [region, sandbox.images.host(region)])), administrator: sandbox.staticCredentials() }), { mode: 0o600 })
let downUntilMs = 0
createServer((incoming, response) => {
  const downMs = incoming.method === 'PUT' ? /^\/bed\/registries\/down\/(\d+)$/.exec(incoming.url ?? '')?.[1] : undefined
  if (downMs !== undefined) {
    downUntilMs = performance.now() + Number(downMs)
    response.writeHead(204).end()
    return
  }
  // A proxy is asked for whole addresses.
  const asked = URL.parse(incoming.url ?? '')
  const target = asked === null ? sandbox.url : registries.get(asked.host)
  if (asked !== null && performance.now() < downUntilMs) incoming.socket.destroy()
  else if (target === undefined) response.writeHead(502).end(`no registry of this account is at ${asked?.host ?? ''}\n`)
  else passOn(incoming, response, new URL(asked === null ? (incoming.url ?? '/') : asked.pathname + asked.search, target))
}).listen(port, '127.0.0.1')

function passOn(incoming: IncomingMessage, response: ServerResponse, url: URL): void {
  // The host stays the one that was named: requests are signed with it.
  const onward = request(url, { method: incoming.method, headers: incoming.headers }, (answer) => {
    response.writeHead(answer.statusCode ?? 502, answer.headers)
    answer.pipe(response)
  })
  onward.on('error', (error) => {
    if (response.headersSent) response.destroy()
    else response.writeHead(502).end(`${error.message}\n`)
  })
  incoming.pipe(onward)
}
