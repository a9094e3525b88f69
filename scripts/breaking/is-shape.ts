import type { Shape } from './shape.ts'

const isObject = (value: unknown) => typeof value === 'object' && value !== null

/** Whether a commit printed what this version compares. */
export function isShape(value: unknown): value is Shape {
  return (
    isObject(value) &&
    ['operations', 'schemas', 'openapi'].every(key => isObject(Reflect.get(Object(value), key)))
  )
}
