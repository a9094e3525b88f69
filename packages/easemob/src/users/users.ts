import type { CallPipeline } from '../call/pipeline.ts'
import { goneIsDone, type VendorRequest } from '../call/vendor-request.ts'
import { query, segment } from '../http/path.ts'
import { asId, cursorOf, isObject, listOf, readDone } from '../http/read.ts'
import type { CallOptions } from '../options.ts'
import { type Page, PageRequest } from '../page.ts'
import { OPERATIONS, type Operation } from '../vendor/operations.ts'
import type { Users } from './api.ts'
import { BatchRegistrar } from './batch-registrar.ts'
import { createMany } from './create-many.ts'
import type { EasemobUser, JoinedGroup } from './types.ts'
import { readUser, readUsers } from './user-schema.ts'
import { verifyPassword } from './verify-password.ts'

const LIST_DEFAULT = 100

/** {@link Users} on top of one {@link CallPipeline}. */
export function createUsers(pipeline: CallPipeline): Users {
  const root = `${pipeline.settings.root}/users`
  const registrar = new BatchRegistrar(pipeline)
  const at = (operation: Operation, username: string, rest = ''): string =>
    `${root}/${segment(username, operation.name)}${rest}`
  const command = async (
    operation: Operation,
    request: Omit<VendorRequest<null>, 'read'>,
    options?: CallOptions,
  ) => {
    await pipeline.call(operation, { ...request, read: readDone }, options)
  }

  return {
    async create({ username, password, nickname }, options) {
      const body = { username, password, nickname }
      return pipeline.call(
        OPERATIONS.createUser,
        { path: root, body, secrets: [password], read: readUser(username) },
        options,
      )
    },
    createMany: (users, options) => createMany(registrar, users, options),
    async get(username, options) {
      const path = at(OPERATIONS.getUser, username)
      return pipeline.call(OPERATIONS.getUser, { path, read: readUser(username) }, options)
    },
    list(options = {}) {
      const { limit = LIST_DEFAULT, cursor } = options
      return new PageRequest(OPERATIONS.listUsers.name, cursor, cursor => {
        const path = `${root}${query({ limit, cursor })}`
        return pipeline.call(OPERATIONS.listUsers, { path, read: readUserPage }, options)
      })
    },
    async setPassword(username, password, options) {
      const path = at(OPERATIONS.setPassword, username, '/password')
      await command(
        OPERATIONS.setPassword,
        { path, body: { newpassword: password }, secrets: [password] },
        options,
      )
    },
    async delete(username, options) {
      const path = at(OPERATIONS.deleteUser, username)
      await command(OPERATIONS.deleteUser, { path, afterLostAnswer: goneIsDone }, options)
    },
    async deactivate(username, options) {
      await command(
        OPERATIONS.deactivateUser,
        { path: at(OPERATIONS.deactivateUser, username, '/deactivate') },
        options,
      )
    },
    async activate(username, options) {
      await command(
        OPERATIONS.activateUser,
        { path: at(OPERATIONS.activateUser, username, '/activate') },
        options,
      )
    },
    async joinedGroups(username, options = {}) {
      const paging = query({ pagesize: options.pageSize, pagenum: options.page })
      const path = at(OPERATIONS.joinedGroups, username, `/joined_chatgroups${paging}`)
      return pipeline.call(OPERATIONS.joinedGroups, { path, read: readJoinedGroups }, options)
    },
    verifyPassword: (username, password, options) => verifyPassword(pipeline, username, password, options),
  }
}

function readUserPage(json: unknown): Page<EasemobUser> | undefined {
  if (!isObject(json) || !Array.isArray(json['entities'])) return undefined
  return { items: readUsers(json), cursor: cursorOf(json) }
}

function readJoinedGroups(json: unknown): JoinedGroup[] | undefined {
  if (!isObject(json) || !Array.isArray(json['data'])) return undefined
  const groups: JoinedGroup[] = []
  for (const row of listOf(json, 'data')) {
    const groupId = isObject(row) ? asId(row['groupid']) : undefined
    if (isObject(row) && groupId !== undefined) groups.push({ groupId, name: String(row['groupname'] ?? '') })
  }
  return groups
}
