import { Marked } from 'marked'
import { escaped, type Html } from './html.ts'

const pairs = ['b', 'code', 'details', 'em', 'i', 'kbd', 'li', 'ol', 'p', 'pre', 'strong', 'sub', 'summary', 'sup', 'ul']

/**
 * A job summary (GitHub-flavoured Markdown) as HTML. Of the HTML inside only plain tags without attributes stay, closed
 * where the author forgot to; everything else is shown as text. Images are left out and links go to the web only.
 */
export function summaryHtml(markdown: string): Html {
  const open: string[] = []
  const marked = new Marked({
    gfm: true,
    async: false,
    renderer: {
      html: ({ text }) => tagsOnly(text, open),
      link({ href, tokens }) {
        const text = this.parser.parseInline(tokens)
        return /^https?:\/\//.test(href) ? `<a href="${escaped(href)}" rel="noreferrer">${text}</a>` : text
      },
      image: ({ text }) => escaped(text),
    },
  })
  const content = marked.parse(markdown, { async: false })
  return { html: `${content}${open.toReversed().map((tag) => `</${tag}>`).join('')}` }
}

/** Lets the known tags stand and shows the rest as text; a closing tag stands only where its opening one did. */
function tagsOnly(text: string, open: string[]): string {
  return text
    .replace(/<!--[\s\S]*?-->/g, '')
    .split(/(<\/?[a-zA-Z]+\s*\/?>)/)
    .map((part) => {
      const [, slash, name = ''] = /^<(\/?)([a-zA-Z]+)\s*\/?>$/.exec(part) ?? []
      const tag = name.toLowerCase()
      if (slash === undefined) return shown(part)
      if (['br', 'hr'].includes(tag)) return `<${tag}>`
      if (!pairs.includes(tag)) return escaped(part)
      if (slash === '') {
        open.push(tag)
        return `<${tag}>`
      }
      if (open.at(-1) !== tag) return escaped(part)
      open.pop()
      return `</${tag}>`
    })
    .join('')
}

/** Text between tags: character references stay what they are, so that nothing is escaped twice. */
function shown(text: string): string {
  return text
    .split(/(&(?:#\d{1,7}|#x[0-9a-fA-F]{1,6}|[a-zA-Z]\w{1,30});)/)
    .map((part, index) => (index % 2 === 1 ? part : escaped(part)))
    .join('')
}
