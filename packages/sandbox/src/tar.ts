/** One member of a layer. Paths have no slash at either end. */
export interface Entry {
  readonly path: string
  readonly type: 'file' | 'directory' | 'symlink'
  readonly mode: number
  readonly uid: number
  readonly gid: number
  readonly content: Buffer
  /** Where a symbolic link leads; empty otherwise. */
  readonly target: string
}

const BLOCK = 512
const TYPE_FLAGS = { file: '0', directory: '5', symlink: '2' } as const

/** A tar of the entries in their order; all times are zero, so that equal entries give equal bytes. */
export function writeTar(entries: readonly Entry[]): Buffer {
  return Buffer.concat([...entries.flatMap(membersOf), Buffer.alloc(2 * BLOCK)])
}

/** The entries of a tar, as engines write it (ustar with PAX paths); devices are left out, hard links become copies. */
export function readTar(tar: Buffer): Entry[] {
  const entries = new Map<string, Entry>()
  let extended: Record<string, string> = {}
  for (let at = 0; at + BLOCK <= tar.length && tar[at] !== 0; ) {
    const header = tar.subarray(at, at + BLOCK)
    const text = (from: number, length: number): string => header.subarray(from, from + length).toString().replace(/\0.*$/s, '')
    const number = (from: number, length: number): number => parseInt(text(from, length).trim() || '0', 8)
    const size = number(124, 12)
    const content = tar.subarray(at + BLOCK, at + BLOCK + size)
    at += BLOCK + Math.ceil(size / BLOCK) * BLOCK
    const flag = text(156, 1)
    if (flag === 'x') extended = paxRecords(content)
    if (flag === 'x' || flag === 'g') continue
    const prefix = text(345, 155)
    const path = (extended['path'] ?? (prefix ? `${prefix}/${text(0, 100)}` : text(0, 100))).replace(/^(\.?\/)+|\/+$/g, '')
    const target = extended['linkpath'] ?? text(157, 100)
    extended = {}
    const owned = { path, mode: number(100, 8), uid: number(108, 8), gid: number(116, 8) }
    const linked = flag === '1' ? entries.get(target.replace(/^(\.?\/)+/, '')) : undefined
    if (flag === '5') entries.set(path, { ...owned, type: 'directory', content: Buffer.alloc(0), target: '' })
    else if (flag === '2') entries.set(path, { ...owned, type: 'symlink', content: Buffer.alloc(0), target })
    else if (flag === '0' || flag === '') entries.set(path, { ...owned, type: 'file', content, target: '' })
    else if (linked) entries.set(path, { ...linked, path })
  }
  return [...entries.values()]
}

function membersOf(entry: Entry): Buffer[] {
  const path = entry.type === 'directory' ? `${entry.path}/` : entry.path
  const long = Object.entries({ path, linkpath: entry.target }).filter(([, value]) => Buffer.byteLength(value) > 99 || /[^ -~]/.test(value))
  const records = Buffer.from(long.map(([key, value]) => paxRecord(key, value)).join(''))
  const pax = records.length > 0 ? [header({ ...entry, mode: 0o644 }, 'PaxHeader', '', 'x', records.length), padded(records)] : []
  return [...pax, header(entry, path, entry.target, TYPE_FLAGS[entry.type], entry.content.length), padded(entry.content)]
}

function header(entry: Entry, path: string, target: string, flag: string, size: number): Buffer {
  const block = Buffer.alloc(BLOCK)
  const octal = (value: number, at: number, length: number): void => {
    block.write(`${value.toString(8).padStart(length - 1, '0')}\0`, at)
  }
  block.write(path, 0, 99)
  octal(entry.mode, 100, 8)
  octal(entry.uid, 108, 8)
  octal(entry.gid, 116, 8)
  octal(size, 124, 12)
  octal(0, 136, 12)
  block.write(flag, 156)
  block.write(target, 157, 99)
  block.write('ustar\0' + '00', 257)
  block.fill(' ', 148, 156)
  octal(block.reduce((sum, byte) => sum + byte, 0), 148, 7)
  return block
}

function padded(content: Buffer): Buffer {
  return Buffer.concat([content, Buffer.alloc((BLOCK - (content.length % BLOCK)) % BLOCK)])
}

function paxRecord(key: string, value: string): string {
  const rest = Buffer.byteLength(` ${key}=${value}\n`)
  let length = rest
  while (length !== rest + String(length).length) length = rest + String(length).length
  return `${length} ${key}=${value}\n`
}

function paxRecords(content: Buffer): Record<string, string> {
  const records: Record<string, string> = {}
  for (let at = 0; at < content.length; ) {
    const length = parseInt(content.subarray(at, at + 20).toString(), 10)
    if (!(length > 0)) break
    const [key = '', value = ''] = content.subarray(at, at + length - 1).toString().replace(/^\d+ /, '').split(/=(.*)/s)
    records[key] = value
    at += length
  }
  return records
}
