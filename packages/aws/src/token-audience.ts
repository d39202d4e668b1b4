/** For whom a job's OIDC token is made out: AWS takes no other. */
export const tokenAudience = 'sts.amazonaws.com'
