import type { JsonObject } from '@easemob-gateway/contracts'
import { sql } from 'drizzle-orm'
import {
  bigint,
  bigserial,
  boolean,
  customType,
  doublePrecision,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  smallint,
  text,
  timestamp,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core'

/** A user id: a bigint in the database, so that it sorts as a number, and a string of digits everywhere else. */
const userId = customType<{ data: string; driverData: string | number | bigint }>({
  dataType: () => 'bigint',
  toDriver: id => id,
  fromDriver: String,
})

const at = (name: string) => timestamp(name, { withTimezone: true, mode: 'date' })
const document = (name: string) => jsonb(name).$type<JsonObject>()

/** Users, as the app imports them. A row is never deleted: `deleted_at` hides it. */
export const users = pgTable(
  'users',
  {
    id: userId('id').primaryKey(),
    name: text('name').notNull(),
    bio: text('bio'),
    sex: smallint('sex').notNull().default(0),
    location: text('location'),
    createdAt: at('created_at').notNull().defaultNow(),
    updatedAt: at('updated_at').notNull().defaultNow(),
    avatar: text('avatar'),
    bg: text('bg'),
    verified: document('verified'),
    extra: document('extra'),
    certification: document('certification'),
    deletedAt: at('deleted_at'),
  },
  table => [index('users_name_prefix').on(table.name.op('text_pattern_ops'))],
)

/**
 * IM accounts. A row is committed before the vendor is called, so that its password is known after a crash. A run claims
 * `pending` rows in batches until `claimed_until`.
 */
export const accounts = pgTable(
  'accounts',
  {
    userId: userId('user_id').primaryKey(),
    state: text('state', { enum: ['pending', 'registered', 'failed'] }).notNull(),
    /** Encrypted with the key that the value names. */
    password: text('password').notNull(),
    runId: bigint('run_id', { mode: 'number' }),
    claimedUntil: at('claimed_until'),
    attempts: smallint('attempts').notNull().default(0),
    failure: text('failure'),
    changedAt: at('changed_at').notNull().defaultNow(),
  },
  table => [
    index('accounts_of_run').on(table.runId, table.state).where(sql`${table.state} <> 'registered'`),
    index('accounts_unregistered').on(table.userId).where(sql`${table.state} <> 'registered'`),
  ],
)

/** What the vendor does not store of a group: its picture, and who may invite, which the vendor forces on public groups. */
export const groups = pgTable('groups', {
  id: text('id').primaryKey(),
  /** The picture's file id; 0 for none. */
  face: bigint('face', { mode: 'number' }).notNull().default(0),
  /** Null for groups that were created elsewhere: the vendor's value applies. */
  allowInvites: boolean('allow_invites'),
  createdAt: at('created_at').notNull().defaultNow(),
})

/**
 * Writes to the vendor that have begun and not ended. A row is committed before the vendor is called and deleted in
 * the transaction that completes the change. A subject has one row at most, which is also its lock: the holder has a lease
 * until `lease_until`, which it renews.
 */
export const intents = pgTable('intents', {
  subject: text('subject').primaryKey(),
  id: uuid('id').notNull(),
  kind: text('kind').notNull(),
  payload: jsonb('payload').notNull(),
  holder: uuid('holder'),
  leaseUntil: at('lease_until').notNull(),
  attempts: integer('attempts').notNull().default(0),
  failure: text('failure'),
  createdAt: at('created_at').notNull().defaultNow(),
})

/** The answers for repeated requests with the same Idempotency-Key. */
export const idempotency = pgTable(
  'idempotency',
  {
    actor: text('actor').notNull(),
    operation: text('operation').notNull(),
    key: text('key').notNull(),
    bodyHash: text('body_hash').notNull(),
    /** Null while the first request runs. */
    answer: jsonb('answer'),
    createdAt: at('created_at').notNull().defaultNow(),
  },
  table => [
    primaryKey({ columns: [table.actor, table.operation, table.key] }),
    index('idempotency_age').on(table.createdAt),
  ],
)

/** Registration runs; at most one is running. */
export const runs = pgTable(
  'runs',
  {
    id: bigserial('id', { mode: 'number' }).primaryKey(),
    state: text('state', { enum: ['running', 'done', 'cancelled'] }).notNull(),
    total: integer('total').notNull(),
    done: integer('done').notNull().default(0),
    failed: integer('failed').notNull().default(0),
    /** Users up to this id have been claimed once. */
    position: userId('position').notNull().default('0'),
    startedAt: at('started_at').notNull().defaultNow(),
    finishedAt: at('finished_at'),
  },
  table => [uniqueIndex('runs_one_running').on(table.state).where(sql`${table.state} = 'running'`)],
)

/** What administrators did. Append-only: a trigger refuses updates and deletes. */
export const audit = pgTable('audit', {
  id: bigserial('id', { mode: 'number' }).primaryKey(),
  at: at('at').notNull().defaultNow(),
  actor: text('actor').notNull(),
  operation: text('operation').notNull(),
  target: text('target'),
  requestId: text('request_id').notNull(),
  outcome: text('outcome').notNull(),
})

/**
 * Changes by administrators that have begun and not ended. A row is committed before the change, and becomes a line of the
 * audit afterwards. If its process dies, recovery makes it a line with the outcome `unknown` after `lease_until`.
 */
export const auditOpen = pgTable('audit_open', {
  id: uuid('id').primaryKey(),
  at: at('at').notNull().defaultNow(),
  actor: text('actor').notNull(),
  operation: text('operation').notNull(),
  target: text('target'),
  requestId: text('request_id').notNull(),
  leaseUntil: at('lease_until').notNull(),
})

/** The pace of vendor calls that all processes share: the next free slot of each limit class. */
export const pace = pgTable('pace', {
  limitClass: text('limit_class').primaryKey(),
  /** Seconds since 1970 at which the next call may start. */
  nextSlot: doublePrecision('next_slot').notNull(),
})
