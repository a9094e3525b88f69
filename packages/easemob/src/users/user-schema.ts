import { z } from 'zod'
import { idSchema, listOf } from '../http/read.ts'
import type { EasemobUser } from './types.ts'

/** A user in an answer. Only the name is required: other fields differ by the age of the app. */
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

/** The users in `entities`; entries without a name are left out. */
export function readUsers(json: unknown): EasemobUser[] {
  const users: EasemobUser[] = []
  for (const entity of listOf(json, 'entities')) {
    const user = userSchema.safeParse(entity)
    if (user.success) users.push(user.data)
  }
  return users
}

/** Reads the user with this name, or with this uuid; undefined when the answer does not contain it. */
export function readUser(username: string): (json: unknown) => EasemobUser | undefined {
  const wanted = username.toLowerCase()
  return json => {
    const users = readUsers(json)
    const named = users.find(user => user.username.toLowerCase() === wanted)
    return named ?? users.find(user => user.uuid === wanted)
  }
}
