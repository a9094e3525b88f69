/** Slots in time: the first at `startInMs` from now (0 or more), each further one `intervalMs` later. */
export type Reservation = { startInMs: number; intervalMs: number }

/**
 * Hands out the slots of a limit class to every process that talks to the vendor with one app key, so that together they keep the
 * vendor's limit. One row (or key) per app key and limit class, holding the theoretical arrival time (TAT) of the next call, is enough:
 *
 * - `reserve`: in one atomic step `start = max(tat, now)`, `tat = start + count × 1000 / perSecond`; answer
 *   `{ startInMs: start − now, intervalMs: 1000 / perSecond }`. Take `now` from the store's clock (the database's), and answer a
 *   duration, so that clocks of processes need not agree. Slots that nobody asked for in time are gone: no saved-up bursts.
 * - `slowDown`: `tat = max(tat, now + pauseMs)`, for every process.
 *
 * What callers may rely on: a client has at most one `reserve` under way per class, asks only for calls that wait right now, and never for
 * more than 100 ms' worth of slots (at least one), so that no process holds slots far ahead and a crash wastes few. `perSecond` may differ from
 * call to call: a client that was told 429 asks for a lower one and works its way up again.
 * A `reserve` that rejects, or takes more than a second, makes the client pace itself alone for that block; it asks the store again for the next.
 * Only slots reserved but unused for 200 ms are given up.
 *
 * @example
 * // PostgreSQL, one statement: the upsert locks the row
 * // insert into pace (class, tat) values ($1, clock_timestamp() + $2 * interval '1 ms')
 * // on conflict (class) do update set tat = greatest(pace.tat, clock_timestamp()) + $2 * interval '1 ms'
 * // returning greatest(0, extract(epoch from tat - clock_timestamp()) * 1000 - $2) as start_in_ms   -- $2 = count * 1000 / per_second
 */
export type PaceStore = {
  /** Reserves `count` (1 or more) consecutive slots of `limitClass` at `perSecond` (more than 0, may be a fraction). */
  reserve(limitClass: string, perSecond: number, count: number): Promise<Reservation>
  /** The vendor said "too many": no process may get a slot of this class before `pauseMs` from now. Optional. */
  slowDown?(limitClass: string, pauseMs: number): Promise<void>
}
