import { type Ask, load } from '../measure/load.ts'
import { alternate } from '../measure/pairs.ts'
import type { Running } from '../measure/process.ts'
import { type Family, row } from '../report/row.ts'
import { sameAnswer, setStage } from './stage.ts'

const connections = 64
const callers = 200
const people = 10_000

/** `GET password` of existing accounts: the app requests it at every start, so it is the hottest path. */
export const password: Family = {
  name: 'password',
  async run(world) {
    const stage = await setStage(world, people)
    const settings = { databaseUrl: stage.databaseUrl, vendorUrl: stage.vendor.url }
    const floor = await world.rival('floors/http.ts', settings)
    const fastify = await world.rival('peers/fastify.ts', settings)
    const express = await world.rival('peers/express.ts', settings)
    const stock = await world.rival('peers/stock-trpc.ts', settings)
    const old = await world.rival('peers/old-gateway.ts', settings)

    const ids = Array.from({ length: callers }, (_, i) => i + 1)
    const headers = await Promise.all(ids.map(id => world.bearer(id)))
    const rest: Ask[] = headers.map(header => ({ path: '/easemob/password', headers: header }))
    const trpc: Ask[] = headers.map(header => ({ path: '/trpc/accounts.password', headers: header }))
    for (const one of rest.slice(0, 3)) await sameAnswer([stage.gateway, floor, fastify, express], one)
    for (const one of trpc.slice(0, 3)) await sameAnswer([stage.gateway, floor, stock], one)

    const cpu = new Map<string, number>()
    const contender = (name: string, server: Running, asks: readonly Ask[], seconds = world.quick ? 1 : 2) =>
      [
        name,
        async () => {
          const { perSecond, cpuMicros } = await load(server, asks, { connections, seconds })
          cpu.set(name, cpuMicros)
          return perSecond
        },
      ] as const
    const contenders = [
      contender('rest', stage.gateway, rest),
      contender('floor', floor, rest),
      contender('trpc', stage.gateway, trpc),
      contender('trpc floor', floor, trpc),
      contender('fastify', fastify, rest),
      contender('express', express, rest),
      contender('stock', stock, trpc),
      contender('old', old, rest),
    ]
    for (const [, warmUp] of contenders) await warmUp()
    const found = await alternate(world.quick ? 1 : 3, contenders)

    const against = (ours: string, other: string) => ({
      ours: found(ours),
      against: found(other),
      unit: 'req/s',
    })
    const cost = (ours: string, other: string) =>
      `processor time per answer ${Math.round(cpu.get(ours) ?? 0)} : ${Math.round(cpu.get(other) ?? 0)} µs`
    return [
      row('GET password, REST : floor', against('rest', 'floor'), { atLeast: 0.8 }, cost('rest', 'floor')),
      row(
        'GET password, tRPC : floor',
        against('trpc', 'trpc floor'),
        { atLeast: 0.7 },
        cost('trpc', 'trpc floor'),
      ),
      row('GET password, REST : Fastify', against('rest', 'fastify'), null, cost('rest', 'fastify')),
      row('GET password, REST : Express', against('rest', 'express'), null, cost('rest', 'express')),
      row(
        'GET password, tRPC : stock @hono/trpc-server',
        against('trpc', 'stock'),
        null,
        cost('trpc', 'stock'),
      ),
      row("GET password, REST : the old gateway's way", against('rest', 'old'), null, cost('rest', 'old')),
    ]
  },
}
