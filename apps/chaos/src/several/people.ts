/** The id of the first user who is registered; the others have the ids after it. */
export const firstId = 1000

/** Rows for the import of some of them. */
export function people(from: number, count: number): { id: string; name: string }[] {
  return Array.from({ length: count }, (_, at) => {
    const id = String(firstId + from + at)
    return { id, name: `u${id}` }
  })
}
