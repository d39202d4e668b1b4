import { connect as connectPlain } from 'node:net'
import { connect as connectTls } from 'node:tls'

/** One connection to Valkey, opened when it is first needed and opened again after it broke. */
export class Valkey {
  #settings
  #connection

  constructor(settings) {
    this.#settings = settings
  }

  /** Sends one command and gives its reply. */
  async ask(...words) {
    this.#connection ??= this.#open()
    return this.#connection.ask(words)
  }

  close() {
    this.#connection?.end()
  }

  #open() {
    const { host, port, tls, timeoutMs, username, password } = this.#settings
    const socket = tls ? connectTls({ host, port, servername: host }) : connectPlain({ host, port })
    const waiting = []
    let received = Buffer.alloc(0)
    const broken = (error) => {
      if (this.#connection === connection) this.#connection = undefined
      socket.destroy()
      for (const { reject } of waiting.splice(0)) reject(error)
    }
    socket.setTimeout(timeoutMs, () => {
      // An idle connection is no fault; one that owes an answer is.
      if (waiting.length > 0) broken(new Error(`no answer from ${host}:${port} in ${timeoutMs} ms`))
    })
    socket.on('error', broken)
    socket.on('close', () => broken(new Error(`${host}:${port} closed the connection`)))
    socket.on('data', (bytes) => {
      received = Buffer.concat([received, bytes])
      for (let reply = readReply(received); reply; reply = readReply(received)) {
        received = received.subarray(reply.next)
        const { resolve, reject } = waiting.shift()
        if (reply.value instanceof Error) reject(reply.value)
        else resolve(reply.value)
      }
    })
    const connection = {
      ask: (words) =>
        new Promise((resolve, reject) => {
          waiting.push({ resolve, reject })
          socket.write(command(words))
        }),
      end: () => socket.end(),
    }
    connection.ask(['AUTH', username, password]).catch(broken)
    return connection
  }
}

/** A command as the protocol wants it: a list of texts, each with its length in bytes. */
function command(words) {
  return `*${words.length}\r\n${words.map((word) => `$${Buffer.byteLength(String(word))}\r\n${word}\r\n`).join('')}`
}

/** The reply at the place, and where the next one begins; undefined until all of it is there. */
export function readReply(bytes, from = 0) {
  const end = bytes.indexOf('\r\n', from)
  if (end < 0) return undefined
  const head = bytes.toString('utf8', from + 1, end)
  const next = end + 2
  switch (String.fromCharCode(bytes[from])) {
    case '+':
      return { value: head, next }
    case '-':
      return { value: new Error(head), next }
    case ':':
      return { value: Number(head), next }
    case '$': {
      const length = Number(head)
      if (length < 0) return { value: null, next }
      return bytes.length < next + length + 2 ? undefined : { value: bytes.toString('utf8', next, next + length), next: next + length + 2 }
    }
    case '*': {
      const values = []
      let place = next
      for (let left = Number(head); left > 0; left -= 1) {
        const item = readReply(bytes, place)
        if (!item) return undefined
        values.push(item.value)
        place = item.next
      }
      return { value: values, next: place }
    }
    default:
      return { value: new Error(`not a reply: ${head}`), next }
  }
}
