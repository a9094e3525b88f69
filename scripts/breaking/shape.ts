import { openApiDocument } from '../../apps/server/src/http/openapi/document.ts'
import { createSchemaBook, type Json } from '../../apps/server/src/http/openapi/schemas.ts'
import {
  commonErrors,
  contract,
  errorTable,
  type Operation,
  walk,
} from '../../packages/contracts/src/index.ts'

/** What callers of one operation rely on. */
export interface OperationShape {
  readonly kind: string
  readonly access: string
  readonly route: Json | null
  /** The status of each reason that it may answer. */
  readonly errors: Readonly<Record<string, number>>
  readonly input: Json
  readonly output: Json
}

/** What callers of a commit rely on: plain data, so that two commits can be compared. */
export interface Shape {
  /** Every operation by its path, `groups.create`. */
  readonly operations: Readonly<Record<string, OperationShape>>
  /** Schemas that others refer to as `#/components/schemas/<name>`. */
  readonly schemas: Json
  readonly openapi: Json
}

/** The shape of this working tree. */
export function shapeOf(): Shape {
  const book = createSchemaBook()
  const operations = Object.fromEntries(
    walk(contract).map(([path, operation]) => {
      const { kind, access, route } = operation
      const input = book.input(operation.input)
      const output = book.output(operation.output)
      return [path, { kind, access, route: { ...route }, errors: errorsOf(operation), input, output }]
    }),
  )
  return { operations, schemas: book.components, openapi: openApiDocument() }
}

function errorsOf(operation: Operation): Record<string, number> {
  const rows = [...commonErrors, ...operation.errors].map(key => errorTable[key])
  // One reason may have several statuses: each is something that callers see.
  return Object.fromEntries(rows.map(({ reason, status }) => [`${reason} ${status}`, status]))
}
