/** A client program that uses the whole API. */
export const clientProgram = `
import { createClient, type Inputs, type Outputs } from '@easemob-gateway/client'
const gateway = createClient({ url: 'http://127.0.0.1:3000', token: 't' })
export type All = { [D in keyof Inputs]: { [N in keyof Inputs[D]]: Inputs[D][N] } } & { [D in keyof Outputs]: unknown }
export async function everything(): Promise<string> {
  const { im_group_id } = await gateway.groups.create.mutate({ groupname: 'g', desc: 'd', members: ['2', '4'] })
  const [group] = await gateway.groups.get.query({ im_group_id: [im_group_id] })
  const [listed] = await gateway.groups.list.query({ im_group_id: [im_group_id] })
  const [face] = await gateway.groups.faces.query({ im_group_id: [im_group_id] })
  const updated = await gateway.groups.update.mutate({ im_group_id, groupname: 'g', desc: 'd' })
  await gateway.groups.addMembers.mutate({ im_group_id, members: ['3'] })
  await gateway.groups.removeMembers.mutate({ im_group_id, members: ['3'] })
  await gateway.groups.delete.mutate({ im_group_id })
  await gateway.accounts.register.mutate({ user_id: '1' })
  const many = await gateway.accounts.registerMany.mutate({ user_ids: ['1'] })
  const { run } = await gateway.accounts.registerMissing.mutate({})
  await gateway.accounts.resetPassword.mutate({})
  const { im_pwd_hash } = await gateway.accounts.password.query()
  const { imported } = await gateway.users.import.mutate({ users: [{ id: '1', name: 'one' }] })
  const user = await gateway.users.get.query({ id: '1' })
  const { users } = await gateway.users.list.query({})
  const one = await gateway.runs.get.query({ id: run.id })
  const { runs } = await gateway.runs.list.query({})
  gateway.runs.watch.subscribe({ id: run.id }, { onData: event => event.data.done })
  const status = await gateway.system.status.query()
  return [group?.name, listed?.owner, face?.group_face, updated.groupname, many.already, im_pwd_hash, imported,
    user.name, users.length, one.total, runs.length, status.version].join()
}
`

/** A program with a contract of `count` operations of average size, its router type, and a client that calls each. */
export function syntheticProgram(count: number): string {
  const operations = Array.from(
    { length: count },
    (
      _,
      at,
    ) => `op${at}: operation({ kind: '${at % 2 === 0 ? 'query' : 'mutation'}', summary: 's', access: 'user', errors: ['GROUP_NOT_FOUND'],
    input: z.object({ id${at}: z.string(), name: z.string().optional(), list: z.array(z.string()).default([]) }),
    output: z.object({ id: z.string(), total${at}: z.int(), rows: z.array(z.object({ a: z.string(), b: z.number().nullable() })) }) }),`,
  )
  const calls = Array.from(
    { length: count },
    (_, at) =>
      `export const call${at} = () => client.domain.op${at}.${at % 2 === 0 ? 'query' : 'mutate'}({ id${at}: '1' }).then(r => r.total${at})`,
  )
  return `
import { operation, type RouterOf } from '@easemob-gateway/contracts'
import { createTRPCClient } from '@trpc/client'
import { z } from 'zod'
const contract = { domain: {
  ${operations.join('\n  ')}
} }
const client = createTRPCClient<RouterOf<typeof contract>>({ links: [] })
${calls.join('\n')}
`
}
