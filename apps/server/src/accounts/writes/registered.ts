import { sql } from 'drizzle-orm'

/** The columns to set for an account that the vendor has with our password. */
export const registered = { state: 'registered' as const, failure: null, changedAt: sql`now()` }
