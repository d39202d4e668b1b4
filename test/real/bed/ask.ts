import { request } from 'node:https'
import * as v from 'valibot'

export interface Answer {
  readonly status: number
  readonly text: string
}

/** One GET of what the bed itself wants to know, verified by the cluster's authority. */
export function ask({ ca, adminToken }: { readonly ca: string; readonly adminToken: string }, url: string): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const asked = request(url, { ca, headers: { authorization: `Bearer ${adminToken}` } }, (answer) => {
      let text = ''
      answer.setEncoding('utf8').on('data', (part: string) => {
        text += part
      }).on('error', reject).on('end', () => {
        resolve({ status: answer.statusCode ?? 0, text })
      })
    })
    asked.on('error', reject).end()
  })
}

/** Whether all of these are there. */
export async function areServed(cluster: { readonly ca: string; readonly adminToken: string }, urls: readonly string[]): Promise<boolean> {
  const answers = await Promise.all(urls.map((url) => ask(cluster, url)))
  return answers.every(({ status }) => status === 200)
}

const nodeSchema = v.object({ status: v.object({ conditions: v.optional(v.array(v.object({ type: v.string(), status: v.string() })), []) }) })

/** Whether a node that is registered says that pods can come. */
export async function isReadyNode(cluster: { readonly endpoint: string; readonly ca: string; readonly adminToken: string }, name: string): Promise<boolean> {
  const { text } = await ask(cluster, `${cluster.endpoint}/api/v1/nodes/${name}`)
  const node = v.parse(nodeSchema, JSON.parse(text))
  return node.status.conditions.some(({ type, status }) => type === 'Ready' && status === 'True')
}
