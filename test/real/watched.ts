import { request } from 'node:https'
import type { Standing } from './bed/up-down.ts'

/** Follows objects of a cluster from outside, as its administrator. */
export interface Watch {
  /** @throws Error where the watch has broken off: what came then was not seen. */
  close(): void
}

type Cluster = Standing['clusters']['eu']

/** Tells every state of the objects at a path of the API, from those that are there on; resolves when it is being followed. */
export function watch({ endpoint, ca, adminToken }: Cluster, path: string, told: (type: string, object: unknown) => void): Promise<Watch> {
  return new Promise((resolve, reject) => {
    let end: string | undefined
    const url = `${endpoint}${path}${path.includes('?') ? '&' : '?'}watch=true&timeoutSeconds=3600`
    const asked = request(url, { ca, headers: { authorization: `Bearer ${adminToken}` } }, (answer) => {
      let rest = ''
      answer.setEncoding('utf8')
      answer.on('data', (part: string) => {
        const lines = `${rest}${part}`.split('\n')
        rest = lines.pop() ?? ''
        for (const line of lines) tell(line, told)
      })
      answer.on('close', () => {
        end = `the watch of ${path} has ended`
      })
      resolve({
        close() {
          const broken = end ?? (answer.statusCode === 200 ? undefined : `the watch of ${path} was answered with ${answer.statusCode ?? 0}`)
          asked.destroy()
          if (broken !== undefined) throw new Error(broken)
        },
      })
    })
    asked.on('error', (error) => {
      end = error.message
      reject(error)
    })
    asked.end()
  })
}

function tell(line: string, told: (type: string, object: unknown) => void): void {
  const event: unknown = JSON.parse(line)
  if (typeof event !== 'object' || event === null || !('type' in event) || !('object' in event)) throw new Error(`no event of a watch: ${line}`)
  told(String(event.type), event.object)
}
