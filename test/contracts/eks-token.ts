import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals'
import { eksToken, type EksToken, type Session } from '@slipway/aws'
import { openCluster } from '@slipway/kubernetes'
import { openHttp, systemClock } from '@slipway/wire'

/** Where tokens are made and taken. */
export interface Served {
  /** Of a role that may read namespaces in both clusters. */
  readonly session: Session
  /** Of the STS that tokens are presigned for. */
  readonly sts: string
  readonly own: KnownCluster
  readonly other: KnownCluster
  close(): Promise<void>
}

export interface KnownCluster {
  readonly name: string
  readonly endpoint: string
  /** PEM; left out where the server speaks plain http on loopback. */
  readonly ca?: string
}

/** A program that makes tokens of EKS. */
export interface Maker {
  readonly name: string
  readonly make: (session: Session, cluster: string) => Promise<EksToken>
}

const ours: Maker = { name: 'Slipway', make: eksToken }

/** A token of EKS, whoever makes it, and the API server that it opens, whoever plays it. `peers` are held beside ours. */
export function eksTokenContract(server: string, peers: readonly Maker[], open: () => Promise<Served>): void {
  describe(server, () => {
    let served: Served | undefined
    beforeAll(async () => {
      served = await open()
    })
    afterAll(() => served?.close())
    const opened = (): Served => {
      if (served === undefined) throw new Error('there is no cluster')
      return served
    }
    /** What a cluster answers to who brings the token. */
    const answered = async ({ name, endpoint, ca }: KnownCluster, token: EksToken): Promise<unknown> => {
      const http = openHttp({ environment: {}, ...(ca === undefined ? {} : { ca }) })
      try {
        const cluster = openCluster({ name, endpoint, http, clock: systemClock, random: () => 0, token: () => Promise.resolve(token) })
        return await cluster.get({ apiVersion: 'v1', kind: 'Namespace', name: 'staging' })
      } finally {
        await http.close()
      }
    }

    describe.each([ours, ...peers])('a token of $name', ({ make }) => {
      test('is a presigned question who it is of, which names the cluster', async () => {
        const { session, sts, own } = opened()
        const { accessKeyId, sessionToken } = await session.credentials()
        const { token } = await make(session, own.name)
        expect(token).toMatch(/^k8s-aws-v1\.[\w-]+$/)
        const { origin, pathname, searchParams } = addressIn(token)
        expect([origin, pathname]).toEqual([sts, '/'])
        expect(Object.fromEntries(searchParams)).toEqual({
          Action: 'GetCallerIdentity',
          Version: '2011-06-15',
          'X-Amz-Algorithm': 'AWS4-HMAC-SHA256',
          'X-Amz-Credential': expect.stringMatching(new RegExp(`^${accessKeyId}/\\d{8}/${session.region}/sts/aws4_request$`)),
          'X-Amz-Date': expect.stringMatching(/^\d{8}T\d{6}Z$/),
          'X-Amz-Expires': '60',
          'X-Amz-SignedHeaders': 'host;x-k8s-aws-id',
          'X-Amz-Security-Token': sessionToken,
          'X-Amz-Signature': expect.stringMatching(/^[0-9a-f]{64}$/),
        })
      })

      test('is said to be good for fourteen minutes', async () => {
        const { session, own } = opened()
        const { token, expiresAtMs } = await make(session, own.name)
        // The signature's time is told in whole seconds.
        expect(Math.floor((expiresAtMs - signedAtMs(token)) / 1000)).toBe(14 * 60)
      })

      test('opens the cluster that it names', async () => {
        const { session, own } = opened()
        expect(await answered(own, await make(session, own.name))).toMatchObject({ kind: 'Namespace', metadata: { name: 'staging' } })
      })

      test('opens no other cluster', async () => {
        const { session, own, other } = opened()
        const stranger = { failures: [{ code: 'access-denied', what: `the API server of ${own.name} does not know who this run is` }] }
        await expect(answered(own, await make(session, other.name))).rejects.toMatchObject(stranger)
        expect(await answered(other, await make(session, other.name))).toMatchObject({ kind: 'Namespace' })
      })

      test('opens nothing when a sign of its signature is another', async () => {
        const { session, own } = opened()
        const made = await make(session, own.name)
        const address = addressIn(made.token)
        const signature = address.searchParams.get('X-Amz-Signature') ?? ''
        address.searchParams.set('X-Amz-Signature', signature.replace(/.$/, (last) => (last === '0' ? '1' : '0')))
        await expect(answered(own, { ...made, token: `k8s-aws-v1.${Buffer.from(address.href).toString('base64url')}` })).rejects.toMatchObject({ failures: [{ code: 'access-denied' }] })
      })
    })

    for (const peer of peers) {
      test(`of the same second, key and cluster ${peer.name} signs as Slipway does`, async () => {
        const { session, own } = opened()
        const theirs = await peer.make(session, own.name)
        const second = jest.spyOn(Date, 'now').mockReturnValue(signedAtMs(theirs.token))
        const made = await eksToken(session, own.name).finally(() => {
          second.mockRestore()
        })
        const [their, our] = [theirs, made].map(({ token }) => [...addressIn(token).searchParams].toSorted())
        expect(our).toEqual(their)
      })
    }
  })
}

function addressIn(token: string): URL {
  return new URL(Buffer.from(token.replace('k8s-aws-v1.', ''), 'base64url').toString())
}

function signedAtMs(token: string): number {
  const [, day = '', time = ''] = /^(\d{8})T(\d{6})Z$/.exec(addressIn(token).searchParams.get('X-Amz-Date') ?? '') ?? []
  return Date.parse(`${day.replace(/(....)(..)(..)/, '$1-$2-$3')}T${time.replace(/(..)(..)(..)/, '$1:$2:$3')}Z`)
}
