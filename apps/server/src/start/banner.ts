import { createSecretKey } from 'node:crypto'
import { SignJWT } from 'jose'
import { seedGroupId } from './seed.ts'

const adminId = '1000000'
const lifetime = '30d'

/** The text that the embedded default prints: URLs, tokens for 30 days, and three commands to try. */
export async function banner(url: string, emulatorUrl: string, jwtSecret: string): Promise<string> {
  const [user, admin] = await Promise.all([sign(jwtSecret, '1'), sign(jwtSecret, adminId, 'easemob:admin')])
  return `
  easemob-gateway    ${url}            docs: ${url}/docs
  emulated Easemob   ${emulatorUrl}   look inside: ${emulatorUrl}/_emulator/

  token of user 1    ${user}
  token of an admin  ${admin}

  Try:

  curl -H 'Authorization: Bearer ${user}' ${url}/easemob/password

  curl -H 'Authorization: Bearer ${user}' '${url}/easemob/group?im_group_id=${seedGroupId}'

  EASEMOB_GATEWAY_URL=${url} EASEMOB_GATEWAY_TOKEN=${user} npx -y pnpm@10 -s easemob groups create --groupname 花儿巷 --desc 来自花儿巷的朋友 --members 2,4,5,7

  Ctrl-C stops it.
`
}

function sign(secret: string, sub: string, scope?: string): Promise<string> {
  return new SignJWT(scope === undefined ? {} : { scope })
    .setProtectedHeader({ alg: 'HS256', typ: 'JWT' })
    .setSubject(sub)
    .setIssuedAt()
    .setExpirationTime(lifetime)
    .sign(createSecretKey(Buffer.from(secret)))
}
