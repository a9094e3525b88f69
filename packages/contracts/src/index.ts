export { type Contract, contract } from './contract/index.ts'
export { type CommonError, commonErrors, type ErrorKey, errorTable, type Reason } from './error-table.ts'
export { type ErrorDetails, errorText, GatewayError, type Language } from './gateway-error.ts'
export {
  type AnyContract,
  type CallOf,
  type Fail,
  type Handler,
  type Handlers,
  type ResultOf,
  walk,
} from './handlers.ts'
export {
  type Access,
  inputFields,
  type Operation,
  operation,
  pathParameters,
  type Route,
  unwrap,
} from './operation.ts'
export type { ApiRouter, ErrorShape, ProcedureOf, RouterOf, RouterRecordOf } from './router.ts'
export type { JsonObject } from './schemas/common.ts'
export { groupDetails, groupSummary, memberProfile } from './schemas/group.ts'
export { run } from './schemas/run.ts'
export { type UserRow, user, userRow } from './schemas/user.ts'
