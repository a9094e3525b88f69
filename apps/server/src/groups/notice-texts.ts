import type { Named } from '../users/people.ts'

/** A text message from `admin` to a group, and the data in `ext` that clients evaluate. */
export interface Notice {
  readonly group: string
  readonly text: string
  readonly ext: { readonly type: string; readonly [field: string]: unknown }
}

const namesShown = 10
const nameLength = 32
/** 150 ids of 16 digits take 2.8 KB; the vendor accepts 5 KB a message. */
const idsPerMessage = 150

/** `<name>创建了群聊！` */
export const groupCreated = (group: string, by: string): Notice => ({
  group,
  text: `${short(by)}创建了群聊！`,
  ext: { type: 'ts_group_create', group_id: group },
})

/** `<name>修改了群信息！` */
export const groupChanged = (group: string, by: string): Notice => ({
  group,
  text: `${short(by)}修改了群信息！`,
  ext: { type: 'ts_group_change', group_id: group },
})

/** `<new owner>已成为新群主！` */
export const ownerChanged = (group: string, newOwner: string): Notice => ({
  group,
  text: `${short(newOwner)}已成为新群主！`,
  ext: { type: 'ts_group_change', group_id: group },
})

/** `<name>邀请了<a、b>加入了群聊。`, one message for every 150 people. */
export const membersJoined = (group: string, by: string, people: readonly Named[]): Notice[] =>
  chunks(people, idsPerMessage).map(some => ({
    group,
    text: `${short(by)}邀请了${names(some)}加入了群聊。`,
    ext: { type: 'ts_user_join', uid: some.map(({ id }) => id) },
  }))

/** `<name>已将<a、b>移出群聊。`, one message for every 150 people. */
export const membersLeft = (group: string, by: string, people: readonly Named[]): Notice[] =>
  chunks(people, idsPerMessage).map(some => ({
    group,
    text: `${short(by)}已将${names(some)}移出群聊。`,
    ext: { type: 'ts_user_exit', uid: some.map(({ id }) => id).join(',') },
  }))

function names(people: readonly Named[]): string {
  const shown = people.slice(0, namesShown).map(({ name }) => short(name))
  return people.length > namesShown ? `${shown.join('、')}等${people.length}人` : shown.join('、')
}

function short(name: string): string {
  const letters = [...name]
  return letters.length > nameLength ? `${letters.slice(0, nameLength).join('')}…` : name
}

/** Splits a list into chunks of at most `size` items. */
export function chunks<T>(items: readonly T[], size: number): T[][] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, i) =>
    items.slice(i * size, (i + 1) * size),
  )
}
