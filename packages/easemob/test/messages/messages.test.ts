import { describe, expect, it } from 'vitest'
import { clientAndEmulator } from '../../demos/scenarios/faulty-vendor.ts'
import { rejection } from '../support/rejection.ts'

describe('messages to groups', () => {
  it('go three groups a call, and bring every group its id', async () => {
    await using setup = await clientAndEmulator()
    const { easemob, emulator } = setup
    const groups = ['11', '12', '13', '14']
    const ids = await easemob.messages.sendText({ groups, text: '花儿创建了群聊！', ext: { kind: 'notice' } })
    expect(Object.keys(ids).sort()).toEqual(groups)
    for (const id of Object.values(ids)) expect(id).toMatch(/^\d{15,19}$/)
    expect(emulator.requests.counts()['messages.chatgroups']).toBe(2)
    expect(emulator.state.messages.list()[0]).toMatchObject({
      from: 'admin',
      body: { msg: '花儿创建了群聊！' },
    })
  })

  it('that are too long are invalid', async () => {
    await using setup = await clientAndEmulator()
    const error = await rejection(setup.easemob.messages.sendText({ groups: ['1'], text: 'x'.repeat(6_000) }))
    expect(error).toMatchObject({ code: 'invalid', status: 400 })
  })
})
