import { readFileSync } from 'node:fs'
import { join } from 'node:path'

/** Reads the folder that the ConfigMap is mounted as. */
export function readConfiguration(folder) {
  const properties = readProperties(readFileSync(join(folder, 'catalog.properties'), 'utf8'))
  const { products } = JSON.parse(readFileSync(join(folder, 'products.json'), 'utf8'))
  const pageSize = Number(properties.get('page.size'))
  if (!Number.isInteger(pageSize) || pageSize < 1) throw new Error('catalog.properties: page.size is no number above 0')
  return {
    products,
    pageSize,
    currency: properties.get('currency') ?? 'EUR',
    logLevel: properties.get('log.level') ?? 'info',
  }
}

/** `name=value` a line; blank lines and those that begin with # are left out. */
function readProperties(text) {
  const lines = text.split('\n').map((line) => line.trim()).filter((line) => line !== '' && !line.startsWith('#'))
  return new Map(lines.map((line) => {
    const [name = '', value = ''] = line.split(/=(.*)/s)
    return [name.trim(), value.trim()]
  }))
}
