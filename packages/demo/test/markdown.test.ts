import { expect, test } from '@jest/globals'
import { summaryHtml } from '../src/markdown.ts'

const shown = (markdown: string): string => summaryHtml(markdown).html.trim()

test('headings, lists, tables and code of a summary are rendered', () => {
  const page = shown('### Images: changed\n\n| Service | Digest |\n| --- | --- |\n| cart | <code>sha256:ab&#124;c</code> |\n\n- **slow**: `x < y`\n')
  expect(page).toContain('<h3>Images: changed</h3>')
  expect(page).toContain('<td>cart</td>\n<td><code>sha256:ab&#124;c</code></td>')
  expect(page).toContain('<li><strong>slow</strong>: <code>x &lt; y</code></li>')
})

test.each([
  ['a script', '<script>alert(1)</script>', '<script'],
  ['a script amid text', 'a <img src=x onerror=alert(1)> b', '<img'],
  ['a tag with attributes', '<code onclick="alert(1)">x</code>', '<code onclick'],
  ['a link that runs code', '[x](javascript:alert(1))', 'href'],
  ['a link that breaks out of its attribute', '[x](https://a.example/"onmouseover=alert(1))', '"onmouseover'],
  ['an image', '![x](https://tracker.example/x.png)', '<img'],
  ['a raw block', '<div>\n<style>*{display:none}</style>\n</div>', '<style'],
])('%s cannot get into the page', (_, markdown, forbidden) => {
  expect(shown(markdown)).not.toContain(forbidden)
})

test('what is not allowed is shown as text', () => {
  expect(shown('a <b onclick=x>c</b>')).toBe('<p>a &#60;b onclick=x&#62;c&#60;/b&#62;</p>')
})

test('a tag that is never closed ends with its summary, and one that was never opened is text', () => {
  expect(shown('<details><summary>more</summary>')).toBe('<details><summary>more</summary></details>')
  expect(shown('a </details> b')).toBe('<p>a &#60;/details&#62; b</p>')
})

test('a comment is not shown', () => {
  expect(shown('a <!-- hidden --> b')).toBe('<p>a  b</p>')
})
