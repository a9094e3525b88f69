import { isDeepStrictEqual } from 'node:util'
import type { Break } from './break.ts'
import { compareDocuments } from './compare-documents.ts'
import { schemaDifferences } from './schema-difference.ts'
import type { OperationShape, Shape } from './shape.ts'

// Tools that compare OpenAPI documents see neither the operations without a route nor tRPC's inputs and reasons, so the
// contract is compared here, and the document with the same code.

/**
 * Everything in `after` that breaks callers of `before`.
 * @example breaksBetween(shapeOfMain, shapeOf()) // [{ operation: 'groups.faces', what: 'output [].group_face is gone' }]
 */
export function breaksBetween(before: Shape, after: Shape): Break[] {
  const sameSchemas = isDeepStrictEqual(before.schemas, after.schemas)
  const inContract = Object.entries(before.operations).flatMap(([operation, old]) => {
    const now = after.operations[operation]
    if (sameSchemas && isDeepStrictEqual(old, now)) return []
    const found = now ? compareOperation(old, now, before, after) : ['the operation is gone']
    return found.map(what => ({ operation, what }))
  })
  const told = new Set(inContract.map(({ operation }) => operation))
  // What the contract has told of an operation, the document made from it repeats.
  const inDocument = compareDocuments(before.openapi, after.openapi).filter(
    ({ operation }) => !told.has(operation),
  )
  return [...inContract, ...inDocument]
}

function compareOperation(old: OperationShape, now: OperationShape, before: Shape, after: Shape): string[] {
  const schema = (direction: 'input' | 'output') =>
    schemaDifferences(
      direction,
      { schema: old[direction], schemas: before.schemas },
      { schema: now[direction], schemas: after.schemas },
    )
  return [
    ...(old.kind === now.kind ? [] : [`it changed from a ${old.kind} to a ${now.kind}`]),
    ...(old.access === now.access || now.access === 'user'
      ? []
      : [`access changed from ${old.access} to ${now.access}`]),
    ...routeDifference(JSON.stringify(old.route), JSON.stringify(now.route)),
    ...Object.keys(old.errors)
      .filter(error => !(error in now.errors))
      .map(error => `the error ${error} is gone`),
    ...schema('input'),
    ...schema('output'),
  ]
}

function routeDifference(old: string, now: string): string[] {
  if (old === now || old === '{}') return []
  return now === '{}' ? [`the route ${old} is gone`] : [`the route changed from ${old} to ${now}`]
}
