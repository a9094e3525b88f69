/** The subject of everything that changes one group. */
export const groupSubject = (groupId: string): string => `group:${groupId}`
