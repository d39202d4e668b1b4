import { createServer } from 'node:http'
import { readConfiguration } from './configuration.js'
import { logTo } from './log.js'

const { products, pageSize, currency, logLevel } = readConfiguration(process.env['CATALOG_CONFIG'] ?? '/etc/catalog')
const log = logTo(process.stdout, logLevel)
let stopping = false

const server = createServer((request, response) => {
  const { status, body } = answer(new URL(request.url, 'http://catalog'))
  log('debug', 'answered', { method: request.method, url: request.url, status })
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))
})

function answer({ pathname, searchParams }) {
  if (pathname === '/livez') return { status: 200, body: { live: true } }
  if (pathname === '/readyz') return { status: stopping ? 503 : 200, body: { ready: !stopping } }
  if (pathname === '/products') {
    const pages = Math.max(1, Math.ceil(products.length / pageSize))
    const page = Math.min(pages, Math.max(1, Math.trunc(Number(searchParams.get('page') ?? 1)) || 1))
    return { status: 200, body: { page, pages, currency, products: products.slice((page - 1) * pageSize, page * pageSize) } }
  }
  const sku = /^\/products\/([\w-]+)$/.exec(pathname)?.[1]
  const product = products.find((one) => one.sku === sku)
  return product ? { status: 200, body: { currency, ...product } } : { status: 404, body: { error: 'there is nothing here' } }
}

server.listen(Number(process.env['PORT'] ?? 8080), () => {
  log('info', 'listening', { port: server.address().port, products: products.length })
})
process.once('SIGTERM', () => {
  stopping = true
  server.close()
})
