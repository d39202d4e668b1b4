import { readFileSync } from 'node:fs'
import { createServer, request as send } from 'node:http'
import { extname, join } from 'node:path'
import { pipeline } from 'node:stream'
import { logTo } from './log.js'

const types = { '.html': 'text/html; charset=utf-8', '.css': 'text/css; charset=utf-8', '.js': 'text/javascript; charset=utf-8' }
const files = new Map(['index.html', 'shop.css', 'shop.js'].map((name) => [`/${name}`, readFileSync(join(import.meta.dirname, '..', 'public', name))]))

const upstreams = { '/api/carts/': process.env['CART_URL'], '/api/products': process.env['CATALOG_URL'] }
for (const [path, url] of Object.entries(upstreams)) {
  if (!URL.canParse(url ?? '')) throw new Error(`web cannot start: the address for ${path} is no URL; look at CART_URL and CATALOG_URL`)
}
const timeoutMs = Number(process.env['UPSTREAM_TIMEOUT_MS'] ?? 2000)
const log = logTo(process.stdout, process.env['LOG_LEVEL'] ?? 'info')
let stopping = false

const server = createServer((request, response) => {
  const { pathname, search } = new URL(request.url, 'http://web')
  if (pathname === '/livez') return reply(response, 200, 'live')
  if (pathname === '/readyz') return reply(response, stopping ? 503 : 200, stopping ? 'stopping' : 'ready')
  const upstream = Object.entries(upstreams).find(([path]) => pathname.startsWith(path))?.[1]
  if (upstream !== undefined) return forward(request, response, new URL(pathname.replace('/api', '') + search, upstream))
  const name = pathname === '/' ? '/index.html' : pathname
  const file = files.get(name)
  return file === undefined ? reply(response, 404, 'there is nothing here') : reply(response, 200, file, types[extname(name)])
})

function forward(request, response, url) {
  const { method } = request
  const failed = (error) => {
    log('error', 'a service did not answer', { method, url: url.href, error: error.message })
    if (response.headersSent) response.destroy()
    else reply(response, 502, 'try again')
  }
  const upstream = send(url, { method, timeout: timeoutMs, headers: { accept: 'application/json' } }, (answer) => {
    response.writeHead(answer.statusCode, { 'content-type': answer.headers['content-type'] ?? 'application/json' })
    pipeline(answer, response, () => {})
  })
  upstream.on('timeout', () => upstream.destroy(new Error(`no answer in ${timeoutMs} ms`)))
  upstream.on('error', failed)
  request.pipe(upstream)
}

function reply(response, status, body, type = 'text/plain; charset=utf-8') {
  response.writeHead(status, { 'content-type': type }).end(body)
}

server.listen(Number(process.env['PORT'] ?? 8080), () => {
  log('info', 'listening', { port: server.address().port })
})
process.once('SIGTERM', () => {
  stopping = true
  server.close()
})
