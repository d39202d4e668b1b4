/** An image without its registry's host, its digest cut to what a person compares. */
export function shortImage(image: string): string {
  const [repository = '', digest = ''] = image.split('@')
  return `${repository.replace(/^[^/]*[.:][^/]*\//, '')}${digest === '' ? '' : `@${digest.slice(0, 'sha256:'.length + 12)}`}`
}
