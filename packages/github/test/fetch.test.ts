import { afterEach, expect, test } from '@jest/globals'
import { createServer, type RequestListener, type Server } from 'node:http'
import { openHttp } from '@slipway/wire'
import { fetchBy } from '../src/fetch.ts'

const http = openHttp({ environment: {} })
const servers: Server[] = []
afterEach(async () => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections()
    server.close()
  }
  await http.close()
})

async function serve(listener: RequestListener): Promise<string> {
  const server = createServer(listener)
  servers.push(server)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  return `http://127.0.0.1:${typeof address === 'object' ? (address?.port ?? 0) : 0}`
}

test('a repository that was renamed is found where the server says, and the token goes to no other server', async () => {
  const strangers: unknown[] = []
  const stranger = await serve((request, response) => {
    strangers.push(request.headers.authorization)
    response.end()
  })
  const url = await serve((request, response) => {
    if (request.url === '/repositories/1') response.setHeader('content-type', 'application/json').end(JSON.stringify([request.method, request.headers.authorization]))
    else if (request.url === '/away') response.writeHead(302, { location: stranger }).end()
    else response.writeHead(request.method === 'GET' ? 301 : 307, { location: '/repositories/1' }).end('{}')
  })
  const fetch = fetchBy(http)
  const headers = { authorization: 'token of-this-job' }
  for (const method of ['GET', 'POST']) {
    const answer = await fetch(`${url}/repos/acme/old`, { method, headers })
    expect([answer.status, answer.url, answer.headers.get('content-type'), JSON.parse(await answer.text())]).toEqual([200, `${url}/repositories/1`, 'application/json', [method, 'token of-this-job']])
  }
  expect([(await fetch(`${url}/away`, { headers })).status, strangers]).toEqual([302, []])
})
