import { afterAll, beforeAll, describe } from '@jest/globals'
import { eks } from './aws/eks.ts'
import { secrets } from './aws/secrets.ts'
import { speakTo, type OpenAccount, type Served } from './aws/served.ts'
import { sts } from './aws/sts.ts'

/** What STS, EKS and Secrets Manager must do for Slipway, whoever plays them. */
export function awsContract(name: string, open: () => Promise<Served>): void {
  describe(name, () => {
    let account: OpenAccount | undefined
    beforeAll(async () => {
      account = speakTo(await open())
    })
    afterAll(() => account?.close())
    const opened = (): OpenAccount => {
      if (account === undefined) throw new Error('the account is not open')
      return account
    }
    for (const declare of [sts, eks, secrets]) declare(opened)
  })
}
