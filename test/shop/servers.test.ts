import { afterEach, expect, test } from '@jest/globals'
import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { textAt } from '@slipway/rollout'
import { admitted, shop } from './shop.ts'
import { startValkey } from './valkey.ts'

const running: ChildProcess[] = []
afterEach(async () => {
  for (const child of running.splice(0)) {
    if (child.exitCode !== null || child.signalCode !== null) continue
    child.kill('SIGKILL')
    await once(child, 'exit')
  }
})

const settings = {
  cart: { CART_MAX_LINES: '2', CART_IDLE_HOURS: '1', DB_HOST: '127.0.0.1', DB_TLS: 'off', DB_USERNAME: 'cart', DB_PASSWORD: 'open-sesame' },
  catalog: { CATALOG_CONFIG: join(shop, 'config/catalog') },
  web: { CART_URL: 'http://127.0.0.1:9', CATALOG_URL: 'http://127.0.0.1:9' },
}

/** Starts a service's server as its image does, and gives the address that it listens on. */
async function started(service: keyof typeof settings, environment: Record<string, string> = {}): Promise<{ url: string; child: ChildProcess }> {
  const cwd = join(shop, 'services', service)
  const env = { PORT: '0', LOG_LEVEL: 'info', ...settings[service], ...environment }
  const child = spawn(process.execPath, ['src/server.js'], { cwd, env, stdio: ['ignore', 'pipe', 'inherit'] })
  running.push(child)
  for await (const line of createInterface({ input: child.stdout })) {
    const port = /"message":"listening","port":(\d+)/.exec(line)?.[1]
    if (port !== undefined) return { url: `http://127.0.0.1:${port}`, child }
  }
  throw new Error(`${service} ended before it listened`)
}

test.each(['cart', 'catalog', 'web'] as const)('%s answers every probe of its manifest, and ends on SIGTERM', async (service) => {
  const { url, child } = await started(service)
  for (const probe of ['startupProbe', 'livenessProbe', 'readinessProbe']) {
    const path = textAt(admitted('staging', service).workload.object, 'spec', 'template', 'spec', 'containers', 0, probe, 'httpGet', 'path')
    const answer = await fetch(url + (path ?? '/no-probe'), { headers: { connection: 'close' } })
    expect([probe, answer.status]).toEqual([probe, 200])
  }
  child.kill('SIGTERM')
  expect(await once(child, 'exit')).toEqual([0, null])
})

test('cart keeps lines in Valkey up to its limit, signed in with the values of its Secret', async () => {
  const { port, server } = await startValkey('open-sesame')
  try {
    const { url } = await started('cart', { DB_PORT: String(port) })
    const put = async (sku: string, quantity: string): Promise<number> => (await fetch(`${url}/carts/c1/lines/${sku}`, { method: 'PUT', body: quantity })).status
    expect([await put('cup', '2'), await put('filter', '1'), await put('kettle', '1'), await put('cup', '3'), await put('filter', '0'), await put('cup', 'many')]).toEqual([200, 200, 409, 200, 200, 400])
    expect(await (await fetch(`${url}/carts/c1`)).json()).toEqual({ lines: [{ sku: 'cup', quantity: 3 }] })
  } finally {
    for (const child of running) child.kill('SIGKILL')
    server.close()
  }
})

test('web hands requests for products to catalog, and says so where a service does not answer', async () => {
  const catalog = await started('catalog')
  const { url } = await started('web', { CATALOG_URL: catalog.url })
  expect(await (await fetch(`${url}/`)).text()).toContain('<title>The shop</title>')
  expect(await (await fetch(`${url}/api/products/cup-espresso`)).json()).toMatchObject({ sku: 'cup-espresso', cents: 890 })
  expect((await fetch(`${url}/api/carts/c1`)).status).toBe(502)
})
