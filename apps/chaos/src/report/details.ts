import type { DatabaseReport } from '../database/run-database.ts'
import type { KillReport } from '../kills/run-kills.ts'
import type { SeveralReport } from '../several/run-several.ts'
import { table } from './table.ts'

/** The number of kills by place, and of repeated notices. */
export function killDetails({ kills, noticesRepeated }: KillReport): string {
  return table([
    ['killed at', ''],
    ...[...kills].sort(([a], [b]) => (a < b ? -1 : 1)).map(([at, n]) => [`  ${at}`, n]),
    ['notices delivered again, under the same id', noticesRepeated],
  ])
}

/** The numbers on both sides after the run. */
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

/** The answers during the outages. */
export function databaseDetails({ outage, slowestMs, readyz }: DatabaseReport): string {
  return table([
    ...[...outage].map(([status, n]): [string, number] => [`answers ${status} while Postgres was away`, n]),
    ['  slowest, ms', Math.round(slowestMs)],
    ['/readyz 503 meanwhile', readyz.filter(status => status === 503).length],
  ])
}
