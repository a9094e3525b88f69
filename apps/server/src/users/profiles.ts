import type { contract, JsonObject } from '@easemob-gateway/contracts'
import type { z } from 'zod'
import { createBatchLoader } from '../cache/batch-loader.ts'
import { createTtlCache, type TtlCache } from '../cache/ttl-cache.ts'
import { arrayLiteral } from '../db/array-literal.ts'
import type { Database } from '../db/database.ts'

/** A member in the output of `groups.get`. */
export type Profile = z.input<typeof contract.groups.get.output>[number]['affiliations'][number]

// Legacy callers parse the first 19 characters of a time: `YYYY-MM-DD HH:MM:SS`.
const statement = `
  select id::text as id, name, bio, sex, location, avatar, bg, verified, extra, certification,
    left((created_at at time zone 'UTC')::text, 19) as created_at,
    left((updated_at at time zone 'UTC')::text, 19) as updated_at
  from users where id = any($1::bigint[]) and deleted_at is null`

const idsPerStatement = 2000
const maxEntries = 20_000

/**
 * Reads the profiles of users who are not deleted, through a batch loader and a cache, since the same users are in many
 * groups.
 * @param ttlMs ms that a profile is cached; 0 caches none
 */
export function createProfileReader(database: Database, ttlMs: number): TtlCache<Profile> {
  const load = createBatchLoader(async ids => {
    const rows = await database.prepared(statement, [arrayLiteral(ids)])
    return new Map(rows.map(row => [String(row['id']), profileOf(row)]))
  }, idsPerStatement)
  return createTtlCache(load, { ttlMs, maxEntries })
}

function profileOf(row: Record<string, unknown>): Profile {
  return {
    id: Number(row['id']),
    name: String(row['name']),
    bio: text(row['bio']),
    sex: Number(row['sex']),
    location: text(row['location']),
    created_at: text(row['created_at']),
    updated_at: text(row['updated_at']),
    is_owner: 0,
    avatar: text(row['avatar']),
    bg: text(row['bg']),
    verified: document(row['verified']),
    extra: document(row['extra']),
    certification: document(row['certification']),
  }
}

const text = (value: unknown) => (typeof value === 'string' ? value : null)
const document = (value: unknown) => (isDocument(value) ? value : null)

function isDocument(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** The profile of a group member who has not been imported. */
export function stranger(id: string): Profile {
  const nothing = {
    bio: null,
    sex: 0,
    location: null,
    created_at: null,
    updated_at: null,
    is_owner: 0 as const,
  }
  const pictures = { avatar: null, bg: null, verified: null, extra: null, certification: null }
  return { id: Number(id), name: id, ...nothing, ...pictures }
}
