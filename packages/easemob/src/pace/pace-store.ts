/** Reserved slots: the first starts `startInMs` from now (0 or more), each further one `intervalMs` after the one before. */
export type Reservation = { startInMs: number; intervalMs: number }

/**
 * Shares the slots of each limit class between all processes that use one app key, so that their sum keeps the vendor's limit. It needs to store
 * one number per app key and limit class, the theoretical arrival time (TAT) of the next call:
 *
 * - `reserve` sets, in one atomic step, `start = max(tat, now)` and `tat = start + count × 1000 / perSecond`, and returns
 *   `{ startInMs: start − now, intervalMs: 1000 / perSecond }`. `now` is the store's (the database's) clock and the result a duration, so that the
 *   clocks of the processes need not agree. Slots that were not reserved in time are lost, so no burst builds up.
 * - `slowDown` sets `tat = max(tat, now + pauseMs)`.
 *
 * How a client uses it: it has at most one `reserve` per class in flight, for calls that wait, plus one slot ahead while calls follow each other
 * within 100 ms. It never reserves more than 100 ms' worth of slots (at least one), so that a crash wastes few. `perSecond` may differ from call
 * to call, since a client that got a 429 asks for a lower pace for a while. When `reserve` rejects or takes longer than a second, the client
 * paces itself alone for that block and asks the store again for the next one. A reserved slot expires when it is unused for 200 ms.
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
  /** Called after a 429: no process may get a slot of this class before `pauseMs` from now. Optional. */
  slowDown?(limitClass: string, pauseMs: number): Promise<void>
}
