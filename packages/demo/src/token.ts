import { eksToken } from './eks-token.ts'

/** Prints a bearer token for the cluster that is named, made from the AWS variables of the environment. */
const [cluster, ...rest] = process.argv.slice(2)
const { AWS_ACCESS_KEY_ID: accessKeyId, AWS_SECRET_ACCESS_KEY: secretAccessKey, AWS_SESSION_TOKEN: sessionToken, AWS_REGION: region } = process.env
if (cluster === undefined || rest.length > 0 || !accessKeyId || !secretAccessKey || !region) {
  process.stderr.write('Use: node packages/demo/src/token.ts <cluster>, with AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY and AWS_REGION set\n')
  process.exitCode = 1
} else {
  process.stdout.write(`${eksToken({ accessKeyId, secretAccessKey, ...(sessionToken ? { sessionToken } : {}) }, region, cluster, new Date())}\n`)
}
