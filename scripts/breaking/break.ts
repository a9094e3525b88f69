/** Something that callers notice. */
export interface Break {
  /** `groups.faces`; of the document, the operation that stands there. */
  readonly operation: string
  readonly what: string
}
