/** The first of the people who are registered; the others follow. */
export const firstId = 1000

/** Some of them, as an import takes them. */
export function people(from: number, count: number): { id: string; name: string }[] {
  return Array.from({ length: count }, (_, at) => {
    const id = String(firstId + from + at)
    return { id, name: `u${id}` }
  })
}
