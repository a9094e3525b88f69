import { checkErrors, long, many, type Row } from '../support/errors.ts'

const TEXT = { to: ['a'], type: 'txt', body: { msg: 'x' } }
const sendError = (title: string, body: unknown, text: string, error = 'message_send_error'): Row => ({
  ...{ title, path: '/messages/users', body, status: 400, error, text },
})
const legacy = (title: string, body: unknown, text: string): Row => ({
  ...{
    title: `old endpoint, ${title}`,
    path: '/messages',
    body,
    status: 400,
    error: 'illegal_argument',
    text,
  },
})
const INVALID = 'Request body is invalid. Please check body is correct.'
const OLD = { target_type: 'users', target: ['a'], msg: { type: 'txt', msg: 'x' } }

const messages: Row[] = [
  sendError('no object', [], INVALID, 'invalid_request_body'),
  sendError('empty from', { ...TEXT, from: '' }, "param from can't be empty"),
  sendError('no recipients', { ...TEXT, to: [] }, "param to can't be empty"),
  sendError('no type', { ...TEXT, type: '' }, "param type can't be empty"),
  sendError('unknown type', { ...TEXT, type: 'smell' }, INVALID, 'invalid_request_body'),
  sendError('no body', { ...TEXT, body: undefined }, "param body can't be empty"),
  sendError('body without msg', { ...TEXT, body: {} }, INVALID, 'invalid_request_body'),
  sendError('ext null', { ...TEXT, ext: null }, 'param ext must be JSONObject'),
  sendError(
    'too large',
    { ...TEXT, body: { msg: long(5000) }, ext: { k: long(200) } },
    'message is too large',
  ),
  sendError('601 recipients', { ...TEXT, to: many(601) }, "params to's size can't exceed limit 600"),
  legacy(
    'bad target',
    { ...OLD, target_type: 'all' },
    "target_type can only be 'users' or 'chatgroups' or 'chatrooms'",
  ),
  legacy('empty from', { ...OLD, from: '' }, "from can't be empty"),
  legacy('target no array', { ...OLD, target: 'a' }, 'this is an invalid request.'),
  legacy('too large', { ...OLD, msg: { type: 'txt', msg: long(6000) } }, 'message is too large'),
]

checkErrors('messages', messages)
