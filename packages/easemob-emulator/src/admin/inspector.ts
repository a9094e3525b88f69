import type { Context } from 'hono'
import { html } from 'hono/html'
import type { Emulator } from '../emulator.ts'
import { STYLE } from './style.ts'
import { table } from './table.ts'

const ROWS = 50

/** The inspector: an HTML page with the newest rows of the state, journal and faults, without scripts and passwords. */
export function inspector(context: Context, emulator: Emulator) {
  context.header(
    'content-security-policy',
    "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  )
  context.header('x-frame-options', 'DENY')
  context.header('x-content-type-options', 'nosniff')
  context.header('cache-control', 'no-store')
  const { state, requests, faults, appKey, url } = emulator
  const newest = <T>(rows: readonly T[]) => rows.slice(-ROWS).reverse()
  const users = state.users.newest(ROWS)
  const groups = state.groups.newest(ROWS)
  return context.html(html`<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><title>Easemob emulator · ${appKey}</title><style>${STYLE}</style></head>
<body>
<h1>Easemob emulator</h1>
<p>${appKey} at ${url} · ${time(emulator.clock.now())}</p>
${table(
  'Active faults',
  faults.list().length,
  ['id', 'rule', 'fired', 'left'],
  faults
    .list()
    .slice(0, ROWS)
    .map(fault => [fault.id, JSON.stringify(fault.rule), fault.fired, fault.timesLeft ?? 'no end']),
)}
${table('Calls', Object.keys(requests.counts()).length, ['operation', 'calls'], Object.entries(requests.counts()).slice(0, 100))}
${table(
  'Journal',
  requests.total,
  ['at', 'method', 'path', 'operation', 'status', 'ms', 'fault'],
  newest(requests.list()).map(entry => [
    time(entry.at),
    entry.method,
    entry.path.slice(0, 200),
    entry.operation,
    entry.status || 'dropped',
    entry.ms,
    entry.fault ?? '',
  ]),
)}
${table(
  'Users',
  state.users.count,
  ['username', 'nickname', 'activated', 'created'],
  users.map(user => [user.username, user.nickname ?? '', user.activated, time(user.created)]),
)}
${table(
  'Groups',
  state.groups.count,
  ['id', 'name', 'owner', 'members', 'maxusers', 'public'],
  groups.map(group => [
    group.id,
    group.name,
    group.owner,
    group.members.length,
    group.maxusers,
    group.public,
  ]),
)}
${table(
  'Messages',
  state.messages.count,
  ['at', 'from', 'to', 'type', 'body'],
  newest(state.messages.list()).map(message => [
    time(message.at),
    message.from,
    `${message.target}: ${message.to.slice(0, 5).join(', ')}`,
    message.type,
    (JSON.stringify(message.body) ?? '').slice(0, 200),
  ]),
)}
</body>
</html>`)
}

const time = (ms: number) => new Date(ms).toISOString()
