import { z } from 'zod'
import { idSchema, listOf } from '../http/read.ts'
import type { EasemobUser } from './types.ts'

/** Everything but the name may be absent or odd: answers differ by year. */
const userSchema = z
  .object({
    username: idSchema,
    uuid: z.string().nullable().catch(null),
    created: z.number().nullable().catch(null),
    modified: z.number().nullable().catch(null),
    activated: z.boolean().catch(true),
    nickname: z.string().nullable().catch(null),
  })
  .transform((user): EasemobUser => user)

/** The users among `entities`; what has no name is left out. */
export function readUsers(json: unknown): EasemobUser[] {
  const users: EasemobUser[] = []
  for (const entity of listOf(json, 'entities')) {
    const user = userSchema.safeParse(entity)
    if (user.success) users.push(user.data)
  }
  return users
}

/** The one user asked for; undefined when the answer holds somebody else or nobody. */
export function readUser(username: string): (json: unknown) => EasemobUser | undefined {
  const wanted = username.toLowerCase()
  return json => {
    const users = readUsers(json)
    const named = users.find(user => user.username.toLowerCase() === wanted)
    return named ?? users.find(user => user.uuid === wanted)
  }
}
