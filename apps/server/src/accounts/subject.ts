/** The subject of everything that changes one user's account. */
export const accountSubject = (userId: string): string => `account:${userId}`
