import { createServer } from 'node:http'
import { text } from 'node:stream/consumers'
import { Carts } from './carts.js'
import { logTo } from './log.js'
import { readSettings } from './settings.js'
import { Valkey } from './valkey.js'

const settings = readSettings(process.env)
const log = logTo(process.stdout, settings.logLevel)
const valkey = new Valkey(settings.db)
const carts = new Carts(valkey, settings)
let stopping = false

const server = createServer((request, response) => {
  answer(request).then(
    ({ status, body }) => {
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))
    },
    (error) => {
      log('error', 'a request failed', { method: request.method, url: request.url, error: error.message })
      response.writeHead(503, { 'content-type': 'application/json' }).end('{"error":"try again"}')
    },
  )
})

async function answer(request) {
  const { pathname } = new URL(request.url, 'http://cart')
  if (pathname === '/livez') return { status: 200, body: { live: true } }
  // The database is not asked: while it is down, pods that nobody reaches would help no one.
  if (pathname === '/readyz') return { status: stopping ? 503 : 200, body: { ready: !stopping } }
  const [, cart, sku] = /^\/carts\/([\w-]{1,64})(?:\/lines\/([\w-]{1,64}))?$/.exec(pathname) ?? []
  if (cart !== undefined && sku === undefined && request.method === 'GET') return { status: 200, body: { lines: await carts.lines(cart) } }
  if (cart !== undefined && sku !== undefined && request.method === 'PUT') return put(cart, sku, await text(request))
  return { status: 404, body: { error: 'there is nothing here' } }
}

async function put(cart, sku, body) {
  const quantity = /^\d{1,3}$/.test(body.trim()) ? Number(body) : undefined
  if (quantity === undefined) return { status: 400, body: { error: 'the body is the quantity, 0 to 999' } }
  if (await carts.put(cart, sku, quantity)) return { status: 200, body: { sku, quantity } }
  return { status: 409, body: { error: `a cart has ${settings.maxLines} lines at most` } }
}

server.listen(settings.port, () => {
  log('info', 'listening', { port: server.address().port })
})
process.once('SIGTERM', () => {
  stopping = true
  log('info', 'stopping')
  server.close(() => {
    valkey.close()
  })
})
