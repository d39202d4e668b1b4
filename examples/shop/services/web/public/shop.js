const cart = (localStorage.cart ??= crypto.randomUUID())
const list = document.querySelector('#products')
const { products, currency } = await (await fetch('/api/products')).json()
const price = new Intl.NumberFormat(navigator.language, { style: 'currency', currency })

for (const { sku, name, cents } of products) {
  const item = document.createElement('li')
  const button = document.createElement('button')
  button.textContent = price.format(cents / 100)
  button.addEventListener('click', () => fetch(`/api/carts/${cart}/lines/${sku}`, { method: 'PUT', body: '1' }))
  item.append(name, button)
  list.append(item)
}
