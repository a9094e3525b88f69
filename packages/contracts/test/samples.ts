import type { z } from 'zod'
import { type Contract, contract, type Operation } from '../src/index.ts'

/** What a sample may be about: made anew for every call. */
export interface World {
  /** A group of user 1, with the members 2 and 5. Users 1, 2, 3 and 5 exist. */
  readonly group: string
  /** A run that has ended. */
  readonly run: string
}

/** Who calls, all with good tokens: users 3, 2 and 1, and an administrator without a profile. */
export const roles = ['stranger', 'member', 'owner', 'admin'] as const
export type Role = (typeof roles)[number]

/** What a role is answered: `ok`, or the refusal as `403 FORBIDDEN`. In the order of {@link roles}. */
export type Answers = readonly [stranger: string, member: string, owner: string, admin: string]

/** What is asked of one operation, and what each role is answered. Tests walk the contract by these samples. */
export interface Sample<Input = Readonly<Record<string, unknown>>> {
  /** Succeeds for the owner of the group, and for an administrator where the operation is for administrators. */
  input(world: World): Input
  /** For a private group that takes no invites. */
  readonly answers: Answers
  /** Answers that differ with the group or with the input. */
  readonly also?: readonly {
    readonly group?: { readonly public?: boolean; readonly allowinvites?: boolean }
    input?(world: World): Input
    readonly answers: Answers
  }[]
}

type Samples = {
  readonly [Domain in keyof Contract]: {
    readonly [Name in keyof Contract[Domain]]: Sample<InputOf<Contract[Domain][Name]>>
  }
}
type InputOf<O> = O extends Operation ? Exclude<z.input<O['input']>, undefined> : never

const no = '403 FORBIDDEN'
const gone = '404 GROUP_NOT_FOUND'
const nobody = '404 USER_NOT_FOUND'
const stay = '409 OWNER_CANNOT_LEAVE'
const everyone: Answers = ['ok', 'ok', 'ok', 'ok']
const people: Answers = ['ok', 'ok', 'ok', nobody]
const owners: Answers = [gone, no, 'ok', 'ok']
const admins: Answers = [no, no, no, 'ok']
const seen = { public: true, allowinvites: false }
const inviting = { public: false, allowinvites: true }

const listed = ({ group }: World) => ({ im_group_id: [group] })
/** Where the group may be seen, who may not change it is told so. */
const ownersOfSeen = { group: seen, answers: [no, no, 'ok', 'ok'] } as const
const seenByAll = { group: seen, answers: everyone } as const

/** The table: an operation of the contract that has no sample does not compile. */
const table: Samples = {
  accounts: {
    register: { input: () => ({ user_id: '1' }), answers: [no, no, 'ok', 'ok'] },
    registerMany: { input: () => ({ user_ids: ['1', '2'] }), answers: admins },
    registerMissing: { input: () => ({ wait: 0 }), answers: admins },
    resetPassword: { input: () => ({}), answers: people },
    password: { input: () => ({}), answers: people },
  },
  groups: {
    get: { input: listed, answers: [gone, 'ok', 'ok', 'ok'], also: [seenByAll] },
    list: { input: listed, answers: [gone, 'ok', 'ok', 'ok'], also: [seenByAll] },
    create: {
      input: () => ({ groupname: '花', desc: '儿', members: ['2', '3'], public: false }),
      answers: people,
    },
    update: {
      input: ({ group }) => ({
        ...{ im_group_id: group, groupname: 'new name', desc: 'new' },
        ...{ maxusers: 300, group_face: 7 },
      }),
      answers: owners,
      also: [ownersOfSeen],
    },
    delete: { input: ({ group }) => ({ im_group_id: group }), answers: owners, also: [ownersOfSeen] },
    faces: { input: listed, answers: everyone },
    addMembers: {
      input: ({ group }) => ({ im_group_id: group, members: ['3'] }),
      answers: owners,
      also: [ownersOfSeen, { group: inviting, answers: [gone, 'ok', 'ok', 'ok'] }],
    },
    removeMembers: {
      input: ({ group }) => ({ im_group_id: group, members: ['5'] }),
      answers: owners,
      also: [
        ownersOfSeen,
        {
          input: ({ group }) => ({ im_group_id: group, members: ['2'] }),
          answers: [gone, 'ok', 'ok', 'ok'],
        },
        {
          input: ({ group }) => ({ im_group_id: group, members: ['1'] }),
          answers: [gone, no, stay, stay],
        },
      ],
    },
  },
  users: {
    import: { input: () => ({ users: [{ id: 9, name: 'nine' }] }), answers: admins },
    get: { input: () => ({ id: '1' }), answers: admins },
    list: { input: () => ({ limit: 2 }), answers: admins },
  },
  runs: {
    get: { input: ({ run }) => ({ id: run }), answers: admins },
    list: { input: () => ({ limit: 1 }), answers: admins },
    watch: { input: ({ run }) => ({ id: run }), answers: admins },
    cancel: { input: ({ run }) => ({ id: run }), answers: admins },
  },
  system: {
    status: { input: () => ({}), answers: admins },
    retry: { input: () => ({}), answers: admins },
    audit: { input: () => ({ limit: 1 }), answers: admins },
  },
  keys: { rotate: { input: () => ({}), answers: admins } },
}

/** An operation of the contract with its sample. */
export interface Sampled {
  /** `groups.create` */
  readonly name: string
  readonly operation: Operation
  readonly sample: Sample
}

/** Every operation that has a sample; `samples.test.ts` names those that have none. */
export const samples: readonly Sampled[] = Object.entries(contract).flatMap(([domain, operations]) =>
  Object.entries<Operation>(operations).flatMap(([name, operation]) => {
    const sample: unknown = Reflect.get(Reflect.get(table, domain) ?? {}, name)
    return isSample(sample) ? [{ name: `${domain}.${name}`, operation, sample }] : []
  }),
)

function isSample(value: unknown): value is Sample {
  return typeof value === 'object' && value !== null && 'input' in value && 'answers' in value
}
