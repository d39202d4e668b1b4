import { existsSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Bed } from './bed.ts'
import { command } from './steps.ts'

const days = '3650'

/** Makes a certificate authority in a folder, once: `ca.pem` and `ca.key`. Gives the path of its certificate. */
export async function makeAuthority(bed: Bed, folder: string, name: string): Promise<string> {
  const certificate = join(folder, 'ca.pem')
  if (!existsSync(certificate)) {
    const usage = ['-addext', 'basicConstraints=critical,CA:TRUE', '-addext', 'keyUsage=critical,keyCertSign,cRLSign']
    await openssl(bed, ['req', '-x509', ...newKey(join(folder, 'ca.key')), '-subj', `/CN=${name}`, '-days', days, ...usage, '-out', certificate])
  }
  return certificate
}

/** A serving certificate by the authority of the same folder, once: `<name>.pem` and `<name>.key`. `names` are as openssl writes them: `IP:…`, `DNS:…`. */
export async function makeServingCertificate(bed: Bed, folder: string, name: string, names: readonly string[]): Promise<{ certificate: string; key: string }> {
  const files = { certificate: join(folder, `${name}.pem`), key: join(folder, `${name}.key`) }
  if (!existsSync(files.certificate)) {
    const request = join(folder, `${name}.csr`)
    const extensions = join(folder, `${name}.ext`)
    await openssl(bed, ['req', ...newKey(files.key), '-subj', `/CN=${name}`, '-out', request])
    writeFileSync(extensions, `subjectAltName=${names.join(',')}\nextendedKeyUsage=serverAuth\nkeyUsage=critical,digitalSignature\n`)
    const authority = ['-CA', join(folder, 'ca.pem'), '-CAkey', join(folder, 'ca.key'), '-CAcreateserial']
    await openssl(bed, ['x509', '-req', '-in', request, ...authority, '-days', days, '-extfile', extensions, '-out', files.certificate])
  }
  return files
}

/** The pair with which a cluster signs the tokens of its service accounts, once: `<name>.key` and `<name>.pub`. */
export async function makeSigningKey(bed: Bed, folder: string, name: string): Promise<{ key: string; publicKey: string }> {
  const files = { key: join(folder, `${name}.key`), publicKey: join(folder, `${name}.pub`) }
  if (!existsSync(files.publicKey)) {
    await openssl(bed, ['genrsa', '-out', files.key, '2048'])
    await openssl(bed, ['rsa', '-in', files.key, '-pubout', '-out', files.publicKey])
  }
  return files
}

function newKey(file: string): string[] {
  return ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-keyout', file]
}

function openssl(bed: Bed, words: readonly string[]): Promise<string> {
  return command(bed, 'openssl', ['openssl', ...words])
}
