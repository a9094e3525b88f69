/**
 * The table of all errors that the gateway answers. A key names one situation. Callers branch on `reason`, which is the same on tRPC
 * (`data.reason`) and REST (`reason`); `status` is the HTTP status. `zh` is the default language on REST, `en` on tRPC. `{placeholders}` are filled
 * from the details of the error.
 * @example errorTable.GROUP_FULL.status // 409
 */
export const errorTable = {
  UNAUTHENTICATED: { reason: 'UNAUTHENTICATED', status: 401, zh: 'Unauthenticated.', en: 'Unauthenticated.' },
  FORBIDDEN: {
    reason: 'FORBIDDEN',
    status: 403,
    zh: '没有权限执行此操作',
    en: 'You are not allowed to do this. Ask the group owner or an administrator.',
  },
  VALIDATION_FAILED: {
    reason: 'VALIDATION_FAILED',
    status: 422,
    zh: '参数错误',
    en: 'The input is not valid. Correct the fields named in errors.',
  },
  MALFORMED_BODY: {
    reason: 'MALFORMED_BODY',
    status: 400,
    zh: '请求内容无法解析',
    en: 'The request body cannot be read: {why}. Send valid JSON, an urlencoded form or a multipart form.',
  },
  NOT_FOUND: {
    reason: 'NOT_FOUND',
    status: 404,
    zh: '请求的内容不存在',
    en: 'There is nothing here: {what}.',
  },
  METHOD_NOT_ALLOWED: {
    reason: 'METHOD_NOT_ALLOWED',
    status: 405,
    zh: '不支持该请求方法',
    en: 'This path does not take {method}. Allowed: {allow}.',
  },
  USER_NOT_FOUND: {
    reason: 'USER_NOT_FOUND',
    status: 404,
    zh: '用户不存在或已经被删除',
    en: 'No such user: {users}. Import it with users.import first.',
  },
  MEMBERS_NOT_FOUND: {
    reason: 'USER_NOT_FOUND',
    status: 422,
    zh: '用户不存在或已经被删除',
    en: 'These users do not exist or were deleted: {users}. Leave them out, or import them with users.import first.',
  },
  NEW_OWNER_NOT_FOUND: {
    reason: 'USER_NOT_FOUND',
    status: 422,
    zh: '被转让用户不存在或已被删除',
    en: 'The new owner {users} does not exist or was deleted. Name a member of the group.',
  },
  GROUP_NOT_FOUND: {
    reason: 'GROUP_NOT_FOUND',
    status: 404,
    zh: '该群组不存在或已被删除',
    en: 'No such group, or it was deleted.',
  },
  NOT_A_MEMBER: {
    reason: 'NOT_A_MEMBER',
    status: 422,
    zh: '该用户不是群成员',
    en: 'User {users} is not a member of the group. Add them first.',
  },
  GROUP_FULL: {
    reason: 'GROUP_FULL',
    status: 409,
    zh: '群成员已达上限',
    en: 'The group has room for {room} more members. Raise maxusers or add fewer; nobody was added.',
  },
  OWNER_CANNOT_LEAVE: {
    reason: 'OWNER_CANNOT_LEAVE',
    status: 409,
    zh: '群主不能被移出群聊',
    en: 'The owner cannot be removed. Transfer the group with new_owner_user first; nobody was removed.',
  },
  CONFLICT: {
    reason: 'CONFLICT',
    status: 409,
    zh: '请求冲突，请稍后重试',
    en: 'This conflicts with another request: {why}.',
  },
  PAYLOAD_TOO_LARGE: {
    reason: 'PAYLOAD_TOO_LARGE',
    status: 413,
    zh: '请求内容过大',
    en: 'The request body is over {limit} bytes. Send less at once.',
  },
  RATE_LIMITED: {
    reason: 'RATE_LIMITED',
    status: 429,
    zh: '请求过于频繁，请稍后重试',
    en: 'Too many requests. Retry after {retryAfter} s.',
  },
  INTERNAL: {
    reason: 'INTERNAL',
    status: 500,
    zh: '服务器内部错误',
    en: 'Something went wrong on our side. Retry, and report the request id if it stays.',
  },
  UNAVAILABLE: {
    reason: 'UNAVAILABLE',
    status: 503,
    zh: '服务暂不可用，请稍后重试',
    en: 'The gateway cannot reach its database. Retry after {retryAfter} s.',
  },
  VENDOR_REFUSED: {
    reason: 'VENDOR_REFUSED',
    status: 502,
    zh: '环信服务返回错误',
    en: 'Easemob refused the request or answered wrongly. See the gateway log for the request id.',
  },
  VENDOR_UNAVAILABLE: {
    reason: 'VENDOR_UNAVAILABLE',
    status: 503,
    zh: '环信服务暂不可用，请稍后重试',
    en: 'Easemob is down, slow or limiting. Retry after {retryAfter} s.',
  },
  NOT_CONFIGURED: {
    reason: 'NOT_CONFIGURED',
    status: 503,
    zh: '环信未开启或者配置信息不全',
    en: 'Easemob refused the app key or client secret. Check EASEMOB_APP_KEY, EASEMOB_CLIENT_ID and EASEMOB_CLIENT_SECRET.',
  },
} as const

/** A key of {@link errorTable}. */
export type ErrorKey = keyof typeof errorTable
/** The stable identifier of an error that callers branch on: tRPC `data.reason`, REST `reason`. */
export type Reason = (typeof errorTable)[ErrorKey]['reason']
/** Errors that any operation may answer. An operation declares only the others. */
export const commonErrors = [
  'UNAUTHENTICATED',
  'FORBIDDEN',
  'VALIDATION_FAILED',
  'MALFORMED_BODY',
  'NOT_FOUND',
  'METHOD_NOT_ALLOWED',
  'USER_NOT_FOUND',
  'PAYLOAD_TOO_LARGE',
  'RATE_LIMITED',
  'INTERNAL',
  'UNAVAILABLE',
  'VENDOR_REFUSED',
  'VENDOR_UNAVAILABLE',
  'NOT_CONFIGURED',
] as const satisfies readonly ErrorKey[]
/** A key of {@link commonErrors}. */
export type CommonError = (typeof commonErrors)[number]
