import type { DatabaseReport } from '../database/run-database.ts'
import type { KillReport } from '../kills/run-kills.ts'
import type { SeveralReport } from '../several/run-several.ts'
import { table } from './table.ts'

/** Where the processes died. */
export function killDetails({ kills, noticesRepeated }: KillReport): string {
  return table([
    ['killed at', ''],
    ...[...kills].sort(([a], [b]) => (a < b ? -1 : 1)).map(([at, n]) => [`  ${at}`, n]),
    ['notices delivered again, under the same id', noticesRepeated],
  ])
}

/** What both sides have after the run. */
export function severalDetails({ kills, run, registered, usersPerSecond }: SeveralReport): string {
  return table([
    ...[...kills].map(([role, n]) => [`kills of ${role}`, n]),
    [`run: ${run.state}, total`, run.total],
    ['  done', run.done],
    ['  failed', run.failed],
    ['made by the vendor', registered.created],
    ['at the vendor', registered.atVendor],
    ['named to the vendor again, and adopted', registered.namedAgain],
    ['registered here', registered.here],
    ['passwords looked at', registered.passwords],
    ['users/s', Math.round(usersPerSecond)],
  ])
}

/** What was answered while the database was away. */
export function databaseDetails({ outage, slowestMs, readyz }: DatabaseReport): string {
  return table([
    ...[...outage].map(([status, n]): [string, number] => [`answers ${status} while Postgres was away`, n]),
    ['  slowest, ms', Math.round(slowestMs)],
    ['/readyz 503 meanwhile', readyz.filter(status => status === 503).length],
  ])
}
