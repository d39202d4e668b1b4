/**
 * What base64 text shows of these bytes: alone, with and without padding, as part of something longer at each of the
 * three offsets, in lines of 64 and 76 characters, in both alphabets.
 */
export function base64Forms(bytes: Uint8Array): string[] {
  const whole = base64(bytes)
  const forms = [whole, whole.replace(/=+$/, ''), ...linesOf(whole, 64), ...linesOf(whole, 76), ...[0, 1, 2].map((offset) => sureMiddle(bytes, offset))]
  return forms.flatMap((form) => [form, form.replaceAll('+', '-').replaceAll('/', '_')])
}

/** The first and last characters depend on the neighbours of the value, so only what lies between them is sure. */
function sureMiddle(bytes: Uint8Array, offset: number): string {
  const shifted = new Uint8Array(offset + bytes.length)
  shifted.set(bytes, offset)
  const encoded = base64(shifted).replace(/=+$/, '')
  const start = offset === 0 ? 0 : offset + 1
  return encoded.slice(start, shifted.length % 3 === 0 ? encoded.length : encoded.length - 1)
}

function linesOf(text: string, length: number): string[] {
  if (text.length <= length) return []
  return Array.from({ length: Math.ceil(text.length / length) }, (_, index) => text.slice(index * length, (index + 1) * length))
}

/** In pieces, since a call takes only so many arguments; 3 divides their length, so that they fit together. */
function base64(bytes: Uint8Array): string {
  const piece = 3 * 4096
  let encoded = ''
  for (let start = 0; start < bytes.length; start += piece) encoded += btoa(String.fromCharCode(...bytes.subarray(start, start + piece)))
  return encoded
}
