import { expect, test } from '@jest/globals'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { makeShopRepository } from '../src/shop-repository.ts'
import { story } from '../src/story.ts'

const example = join(import.meta.dirname, '..', '..', '..', 'examples', 'shop')
const cart = 'services/cart/src/server.js'

test('every commit of the story fits the shop, and what crashed is taken back to the letter', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'slipway-story-'))
  try {
    const shop = await makeShopRepository(example, join(folder, 'shop'))
    const cartWas: string[] = []
    for (const change of story.flatMap(({ commits = [] }) => commits)) {
      await shop.change(change)
      if (change.edits.some(({ file }) => file === cart)) cartWas.push(readFileSync(join(shop.path, cart), 'utf8'))
    }
    expect(cartWas).toEqual([expect.stringContaining('await Carts.open'), readFileSync(join(example, cart), 'utf8')])
  } finally {
    rmSync(folder, { recursive: true })
  }
})

test('every click promises something', () => {
  expect(story.filter(({ promises }) => promises.length === 0)).toEqual([])
})
