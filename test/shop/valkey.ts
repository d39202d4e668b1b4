import { createServer, type Server } from 'node:net'
import { once } from 'node:events'

/** A server that knows the few commands of Valkey that the cart sends, on loopback. */
export async function startValkey(password: string): Promise<{ port: number; server: Server }> {
  const hashes = new Map<string, Map<string, string>>()
  const hash = (key: string): Map<string, string> => hashes.get(key) ?? new Map<string, string>()
  const server = createServer((socket) => {
    let [received, known] = ['', false]
    const reply = ([name, key = '', field = '', value = '']: readonly string[]): string => {
      if (name === 'AUTH') known = field === password
      if (!known) return '-WRONGPASS invalid username-password pair or user is disabled.'
      switch (name) {
        case 'HLEN':
          return `:${hash(key).size}`
        case 'HEXISTS':
          return `:${Number(hash(key).has(field))}`
        case 'HSET':
          hashes.set(key, hash(key).set(field, value))
          return ':1'
        case 'HDEL':
          return `:${Number(hash(key).delete(field))}`
        case 'HGETALL':
          return [`*${2 * hash(key).size}`, ...[...hash(key)].flat().map((text) => `$${text.length}\r\n${text}`)].join('\r\n')
        default:
          return '+OK'
      }
    }
    socket.on('data', (bytes) => {
      received += bytes.toString()
      for (let lines = received.split('\r\n'); lines.length > 2 * size(lines) + 1 && size(lines) > 0; lines = received.split('\r\n')) {
        const words = lines.slice(1, 2 * size(lines) + 1).filter((_, index) => index % 2 === 1)
        received = lines.slice(2 * size(lines) + 1).join('\r\n')
        socket.write(`${reply(words)}\r\n`)
      }
    })
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('a server on loopback has a port')
  return { port: address.port, server }
}

/** How many words the first command has. */
function size(lines: readonly string[]): number {
  return Number(/^\*(\d+)$/.exec(lines[0] ?? '')?.[1] ?? 0)
}
