/** The carts: a hash each, from article to quantity, that ends some time after its last change. */
export class Carts {
  #valkey
  #limits

  constructor(valkey, limits) {
    this.#valkey = valkey
    this.#limits = limits
  }

  async lines(cart) {
    const flat = await this.#valkey.ask('HGETALL', keyOf(cart))
    return Array.from({ length: flat.length / 2 }, (_, index) => ({ sku: flat[2 * index], quantity: Number(flat[2 * index + 1]) }))
  }

  /** Sets how many of an article are wanted, 0 for none; false where the cart is full. */
  async put(cart, sku, quantity) {
    const key = keyOf(cart)
    if (quantity === 0) {
      await this.#valkey.ask('HDEL', key, sku)
      return true
    }
    const [lines, known] = await Promise.all([this.#valkey.ask('HLEN', key), this.#valkey.ask('HEXISTS', key, sku)])
    if (known === 0 && lines >= this.#limits.maxLines) return false
    await this.#valkey.ask('HSET', key, sku, quantity)
    await this.#valkey.ask('EXPIRE', key, this.#limits.idleSeconds)
    return true
  }
}

function keyOf(cart) {
  return `cart:${cart}`
}
