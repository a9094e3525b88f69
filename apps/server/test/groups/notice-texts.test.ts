import { describe, expect, test } from 'vitest'
import {
  groupChanged,
  groupCreated,
  membersJoined,
  membersLeft,
  ownerChanged,
} from '../../src/groups/notice-texts.ts'

const person = (id: number, name = `n${id}`) => ({ id: String(id), name })
const people = (count: number, name?: string) => Array.from({ length: count }, (_, i) => person(i + 1, name))

describe('group notices', () => {
  test('say what the clients know', () => {
    expect(groupCreated('9', 'root')).toEqual({
      group: '9',
      text: 'root创建了群聊！',
      ext: { type: 'ts_group_create', group_id: '9' },
    })
    expect(groupChanged('9', 'root').text).toBe('root修改了群信息！')
    expect(ownerChanged('9', 'well')).toMatchObject({
      text: 'well已成为新群主！',
      ext: { type: 'ts_group_change' },
    })
    expect(membersJoined('9', 'root', people(2))).toEqual([
      { group: '9', text: 'root邀请了n1、n2加入了群聊。', ext: { type: 'ts_user_join', uid: ['1', '2'] } },
    ])
    expect(membersLeft('9', 'root', people(2))).toEqual([
      { group: '9', text: 'root已将n1、n2移出群聊。', ext: { type: 'ts_user_exit', uid: '1,2' } },
    ])
  })

  test('name the first ten of many and count the rest', () => {
    const [notice] = membersJoined('9', 'root', people(12))
    expect(notice?.text).toBe('root邀请了n1、n2、n3、n4、n5、n6、n7、n8、n9、n10等12人加入了群聊。')
  })

  test('of 2,000 people with the longest names and ids, each stay under 5 KB and name everyone once', () => {
    const many = Array.from({ length: 2000 }, (_, i) => ({
      id: String(9007199254740991 - i),
      name: '名'.repeat(255),
    }))
    for (const notices of [
      membersJoined('9', 'x'.repeat(255), many),
      membersLeft('9', 'x'.repeat(255), many),
    ]) {
      for (const { text, ext } of notices)
        expect(Buffer.byteLength(JSON.stringify({ body: { msg: text }, ext }))).toBeLessThan(5000)
      const told = notices.flatMap(({ ext }) =>
        Array.isArray(ext['uid']) ? ext['uid'] : String(ext['uid']).split(','),
      )
      expect(told).toEqual(many.map(({ id }) => id))
    }
  })
})
