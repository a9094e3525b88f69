/** The subject of every durable write on one user's account. */
export const accountSubject = (userId: string): string => `account:${userId}`
