import { canonicalJson, decodeRecord, encodeRecord, isJson, type ReleaseRecord } from '@slipway/release'
import { Failed, size } from '@slipway/report'
import { gunzipSync, gzipSync } from 'node:zlib'

const mostEncodedBytes = 900 * 1024
const mostUnpackedBytes = 8 * 1024 * 1024

/**
 * A record as it is kept in a ConfigMap's binaryData: canonical JSON, gzip, base64.
 * @throws Failed `record-too-large` over 900 KiB.
 */
export function packRecord(record: ReleaseRecord): string {
  const packed = gzipSync(canonicalJson(encodeRecord(record)), { level: 9 }).toString('base64')
  if (packed.length <= mostEncodedBytes) return packed
  throw new Failed({
    code: 'record-too-large',
    what: `the release record of ${record.service} would have ${size(packed.length)}`,
    why: `a record holds the manifests and may have ${size(mostEncodedBytes)} at most, compressed, since a ConfigMap takes no more than 1 MiB`,
    next: 'make the manifests smaller: large texts belong into `config`, which a record only names',
  })
}

/**
 * Reads what `packRecord` wrote.
 * @throws Failed `record-unreadable`; unpacking stops at 8 MiB.
 */
export function unpackRecord(packed: string, name: string): ReleaseRecord {
  let parsed: unknown
  try {
    parsed = JSON.parse(gunzipSync(Buffer.from(packed, 'base64'), { maxOutputLength: mostUnpackedBytes }).toString('utf8'))
  } catch (error) {
    throw new Failed({
      code: 'record-unreadable',
      what: `the release record ${name} cannot be unpacked`,
      why: error instanceof Error ? error.message : 'it is damaged',
      next: 'look at the ConfigMap; if somebody has changed it, delete it and deploy again',
    })
  }
  return decodeRecord(isJson(parsed) ? parsed : null, name)
}
