import { substituteText } from '@slipway/project'
import type { Place, Problems } from '@slipway/report'
import { LineCounter, Scalar, isScalar, parseAllDocuments, visit } from 'yaml'

/**
 * Puts variables into a file. In JSON and YAML only string values take them, and the rest of the file stays as it is,
 * byte for byte; every other text is one string value.
 */
export function fillTemplate(text: string, file: string, variables: Readonly<Record<string, string>>, problems: Problems): string {
  const counter = new LineCounter()
  if (!/\.(json|ya?ml)$/i.test(file)) return substituteText(text, variables, placesIn(text, file), problems)
  const documents = parseAllDocuments(text, { lineCounter: counter, uniqueKeys: false, prettyErrors: false })
  const placeAt = (offset: number): Place => {
    const { line, col } = counter.linePos(offset)
    return { file, line, column: col }
  }
  if (!Array.isArray(documents)) return text
  const changes: { readonly from: number; readonly to: number; readonly text: string }[] = []
  for (const document of documents) {
    for (const error of document.errors) {
      problems.add({ code: 'file-invalid', what: 'the template cannot be read', at: placeAt(error.pos[0]), why: error.message.split('\n')[0] ?? error.code, next: 'mend the file at this place' })
    }
    visit(document, {
      Scalar(key, node) {
        if (key === 'key' || typeof node.value !== 'string' || !node.value.includes('${') || !isScalar(node) || !node.range) return
        const [from, to] = node.range
        const filled = substituteText(node.value, variables, () => placeAt(from), problems)
        // A double-quoted text is the same in JSON and YAML, and no value can end it.
        const block = node.type === Scalar.BLOCK_LITERAL || node.type === Scalar.BLOCK_FOLDED
        if (filled !== node.value) changes.push({ from, to, text: JSON.stringify(filled) + (block ? '\n' : '') })
      },
    })
  }
  return changes.reduceRight((whole, change) => whole.slice(0, change.from) + change.text + whole.slice(change.to), text)
}

function placesIn(text: string, file: string): (offset: number) => Place {
  return (offset) => {
    const before = text.slice(0, offset).split('\n')
    return { file, line: before.length, column: (before.at(-1) ?? '').length + 1 }
  }
}
