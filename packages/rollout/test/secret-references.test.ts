import { expect, test } from '@jest/globals'
import { secretsOf } from '../src/index.ts'

const spec = {
  imagePullSecrets: [{ name: 'pull' }],
  initContainers: [{ name: 'migrate', env: [{ name: 'A', valueFrom: { secretKeyRef: { name: 'env', key: 'a' } } }] }],
  containers: [
    { name: 'app', envFrom: [{ secretRef: { name: 'env-from' } }, { configMapRef: { name: 'no-secret' } }] },
    { name: 'side', env: [{ name: 'B', value: 'no-secret' }, { name: 'C', valueFrom: { secretKeyRef: { name: 'env', key: 'b', optional: true } } }] },
  ],
  ephemeralContainers: [{ name: 'debug', envFrom: [{ secretRef: { name: 'debugging' } }] }],
  volumes: [
    { name: 'plain', secret: { secretName: 'volume', items: [{ key: 'a', path: 'secret' }] } },
    { name: 'all', projected: { sources: [{ secret: { name: 'projected' } }, { configMap: { name: 'no-secret' } }, { serviceAccountToken: { path: 'token' } }] } },
    { name: 'driver', csi: { driver: 'x', nodePublishSecretRef: { name: 'csi' }, volumeAttributes: { secretProviderClass: 'no-secret' } } },
    { name: 'share', azureFile: { secretName: 'share', shareName: 'no-secret' } },
    { name: 'blocks', iscsi: { secretRef: { name: 'chap' }, targetPortal: 'no-secret' } },
  ],
}
const expected = ['chap', 'csi', 'debugging', 'env', 'env-from', 'projected', 'pull', 'share', 'volume']

test('a pod refers to Secrets in the environment of every container, in volumes of every type, and for its images', () => {
  expect(secretsOf({ kind: 'Pod', metadata: { name: 'no-secret' }, spec })).toEqual(expected)
})

test('a workload refers to the Secrets of its template', () => {
  expect(secretsOf({ kind: 'Deployment', spec: { template: { spec } } })).toEqual(expected)
  expect(secretsOf({ kind: 'Deployment' })).toEqual([])
})
