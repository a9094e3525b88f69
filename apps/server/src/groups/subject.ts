/** The subject of every durable write on one group. */
export const groupSubject = (groupId: string): string => `group:${groupId}`
