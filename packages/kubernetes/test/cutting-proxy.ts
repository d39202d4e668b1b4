import { createServer, request as forward, type ServerResponse } from 'node:http'

/** A proxy before an API server, with a bad line. */
export interface CuttingProxy {
  readonly url: string
  /** The resourceVersions from which watches were opened, each noted when the server has answered. */
  readonly openedFrom: readonly (string | null)[]
  /** Told after each that was noted. */
  onOpened: () => void
  /** Whether watches are answered by nothing, at once. */
  isBarren: boolean
  /** Breaks the connections of all open watches. */
  cut(): void
  close(): Promise<void>
}

/** Starts it on loopback. */
export async function startCuttingProxy(target: string): Promise<CuttingProxy> {
  const open = new Set<ServerResponse>()
  const openedFrom: (string | null)[] = []
  const server = createServer((incoming, response) => {
    const url = new URL(incoming.url ?? '/', target)
    const isWatch = url.searchParams.has('watch')
    const note = (): void => {
      if (!isWatch) return
      openedFrom.push(url.searchParams.get('resourceVersion'))
      proxy.onOpened()
    }
    if (isWatch && proxy.isBarren) {
      note()
      response.end()
      return
    }
    if (isWatch) open.add(response)
    const outgoing = forward(url, { method: incoming.method ?? 'GET', headers: incoming.headers }, (answer) => {
      response.writeHead(answer.statusCode ?? 500, answer.headers).flushHeaders()
      note()
      answer.on('error', () => response.destroy()).pipe(response)
    })
    outgoing.on('error', () => response.destroy())
    response.on('close', () => {
      open.delete(response)
      outgoing.destroy()
    })
    incoming.pipe(outgoing)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('no port')
  const proxy: CuttingProxy = {
    url: `http://127.0.0.1:${address.port}`,
    openedFrom,
    onOpened: () => undefined,
    isBarren: false,
    cut() {
      for (const response of open) response.destroy()
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => {
          resolve()
        })
        server.closeAllConnections()
      }),
  }
  return proxy
}
