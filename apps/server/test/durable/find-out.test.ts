import { EasemobError } from '@easemob-gateway/easemob'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { databaseKinds } from '../support/databases.ts'
import { codeOf, failure, type TwoProcesses, twoProcesses, write } from './two-processes.ts'

describe.each(databaseKinds)('a write in doubt on %s', database => {
  let world: TwoProcesses
  beforeAll(async () => {
    world = await twoProcesses(database, 60_000)
  })
  afterAll(() => world.close())
  beforeEach(() => {
    world.ended.length = 0
    world.act.findOut = async () => null
  })

  describe.each(['forbidden', 'plan_limit', 'invalid', 'not_found'] as const)(
    'refused with %s after a lost answer',
    code => {
      const lose = async (subject: string) => {
        world.act.perform = () => Promise.reject(failure('timeout', 1))
        await codeOf(world.first.write.run(write(subject)))
        world.act.perform = () => Promise.reject(failure(code, 1))
      }

      it('completes where the vendor shows that the earlier attempt has succeeded', async () => {
        await lose(`shown ${code}`)
        world.act.findOut = async payload => ({ result: `${payload} found` })
        expect(await codeOf(world.second.intents.resolvePending(`shown ${code}`))).toBe('done')
        expect(world.ended).toEqual([`complete shown ${code}: shown ${code} found`])
      })

      it('gives up where the vendor shows that it has not', async () => {
        await lose(`not shown ${code}`)
        await codeOf(world.second.intents.resolvePending(`not shown ${code}`))
        expect(world.ended).toEqual([`abandon not shown ${code}`])
        expect(await world.rows(`not shown ${code}`)).toEqual([])
      })

      it('stays in doubt where the vendor cannot be asked, even if it refuses to be asked', async () => {
        for (const [n, unreadable] of (['timeout', code] as const).entries()) {
          await lose(`unknown ${code} ${n}`)
          world.act.findOut = () => Promise.reject(failure(unreadable, 1))
          expect(await codeOf(world.second.intents.resolvePending(`unknown ${code} ${n}`))).toBe(
            'outcome_unknown',
          )
          expect(world.ended).toEqual([])
          expect(await world.rows(`unknown ${code} ${n}`)).toHaveLength(1)
        }
      })

      it('does so as well where the answer was lost earlier in the same call', async () => {
        const subject = `same call ${code}`
        world.act.perform = () =>
          Promise.reject(
            new EasemobError('made up', { code, operation: 'test', attempts: 2, earlierInDoubt: true }),
          )
        world.act.findOut = async payload => ({ result: `${payload} found` })
        expect(await world.first.write.run(write(subject))).toEqual({
          payload: subject,
          result: `${subject} found`,
        })
        expect(world.ended).toEqual([`complete ${subject}: ${subject} found`])
      })
    },
  )
})
