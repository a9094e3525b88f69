import { times } from './measure/load.ts'
import { move } from './measure/cores.ts'
import { median } from './measure/pairs.ts'
import { vendorAsk } from './measure/round-trip.ts'
import { createWorld } from './world/world.ts'
import { setStage } from './rows/stage.ts'
import { groupIdOf, seedOf } from './world/groups.ts'
const world = await createWorld({ quick: false, profiles: undefined })
world.postgres.place('others'); move(process.pid,'others')
try {
  const stage = await setStage(world, 200, { latencyMs: 20, seed: seedOf(200, 3000, 50) }, JSON.parse(process.env.GW ?? '{}'))
  const floor = await world.rival('floors/http.ts', { databaseUrl: stage.databaseUrl, vendorUrl: stage.vendor.url })
  const headers = await Promise.all(Array.from({length:200},(_,i)=>world.bearer(i+1)))
  let n = 0
  const asks = (k: number) => Array.from({length:k},()=>({ path: `/easemob/group?im_group_id=${groupIdOf(n++)}`, headers: headers[n%200] ?? {} }))
  const rt: any[] = []; for (let i=0;i<100;i++) rt.push(await vendorAsk(stage.vendor, `/chatgroups/${groupIdOf(i)}`))
  await times(stage.gateway.url, asks(300), 4); await times(floor.url, asks(100), 4)
  for (const at of [1,4]) for (let r=0;r<3;r++) console.log(at, 'ours', median(await times(stage.gateway.url, asks(150), at)).toFixed(2), 'floor', median(await times(floor.url, asks(150), at)).toFixed(2), 'vendor', median(await times(stage.vendor.url, rt, at)).toFixed(2))
} finally { await world.close() }
