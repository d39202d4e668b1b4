import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { createServer, type RequestListener, type Server } from 'node:http'
import { openHttp, type Http } from '@slipway/wire'
import { fetchBy } from '../src/fetch.ts'

let http: Http
const servers: Server[] = []
beforeEach(() => {
  http = openHttp({ environment: {} })
})
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

describe('an answer that was asked for ahead', () => {
  const ahead = (url: string, status = 200, headers: Record<string, string> = {}) => ({ url, answer: Promise.resolve({ status, headers, text: () => Promise.resolve('ahead'), bytes: () => Promise.resolve(new TextEncoder().encode('ahead')) }) })

  test('stands once for the request that it was asked for, and for no other', async () => {
    const url = await serve((request, response) => response.end(`${request.method ?? ''} ${request.url ?? ''}`))
    const fetch = fetchBy(http, ahead(`${url}/commits/1`, 503))
    const asked = [['GET', '/commits/2'], ['POST', '/commits/1'], ['GET', '/commits/1'], ['GET', '/commits/1']] as const
    const answers: unknown[] = []
    for (const [method, path] of asked) {
      const answer = await fetch(url + path, { method })
      answers.push([answer.status, await answer.text()])
    }
    expect(answers).toEqual([[200, 'GET /commits/2'], [200, 'POST /commits/1'], [503, 'ahead'], [200, 'GET /commits/1']])
  })

  test('is asked for again where it did not come', async () => {
    const url = await serve((_, response) => response.end('asked'))
    expect(await (await fetchBy(http, { url, answer: Promise.resolve(undefined) })(url, {})).text()).toBe('asked')
  })

  test('leads on where it says, but to no other server', async () => {
    const asked: unknown[] = []
    const url = await serve(({ url: path, headers: { authorization } }, response) => {
      asked.push([path, authorization])
      response.end('there')
    })
    const headers = { authorization: 'token of-this-job' }
    const followed = await fetchBy(http, ahead(`${url}/old`, 301, { location: '/new' }))(`${url}/old`, { headers })
    expect([followed.status, followed.url, await followed.text()]).toEqual([200, `${url}/new`, 'there'])
    const stayed = await fetchBy(http, ahead('https://api.github.example/old', 301, { location: url }))('https://api.github.example/old', { headers })
    expect([stayed.status, await stayed.text(), asked]).toEqual([301, 'ahead', [['/new', 'token of-this-job']]])
  })
})
