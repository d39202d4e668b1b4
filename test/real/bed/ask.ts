import { request } from 'node:https'

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
