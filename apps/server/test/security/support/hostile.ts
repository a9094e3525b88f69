import fc from 'fast-check'

const deep = (open: string, close: string, levels: number) => open.repeat(levels) + close.repeat(levels)

/** Texts that have broken something somewhere. */
export const texts: readonly string[] = [
  '',
  ' ',
  '\0',
  'a\0b',
  '\u{1F600}\u{10FFFF}',
  '\uD800',
  '\uDFFF\uD800',
  '\u202Eright to left',
  'é́́́',
  '\uFEFFbom',
  "' OR 1=1 --",
  '"; DROP TABLE users; --',
  "1'); select pg_sleep(9); --",
  '%',
  '_%\\',
  '$1 $$ {{7*7}} %s %n',
  '<script>alert(1)</script>',
  '../../../../etc/passwd',
  '..%2f..%2f..%2fetc%2fpasswd',
  '%00',
  '%c0%ae%c0%ae/',
  'line\r\nx-injected: yes',
  '\n{"level":"fatal","msg":"forged"}',
  '__proto__',
  'constructor',
  'hasOwnProperty',
  'true',
  'null',
  'NaN',
  '-1',
  '0',
  '00',
  '1e3',
  '0x10',
  '١٢٣',
  '9007199254740991',
  '9007199254740993',
  '9'.repeat(33),
  '1,,2, ,3,',
  ','.repeat(3000),
  'x'.repeat(20_000),
  '0000-01-01',
  '9999-12-31T23:59:59-23:59',
  '2020-02-30 25:61:61',
]

/** JSON as text, so that it may hold what no value can: twice the same key, numbers past any size. */
export const jsonTexts: readonly string[] = [
  '{',
  '[]',
  'null',
  '"text"',
  '{"a":1,}',
  "{'a':1}",
  '{"im_group_id":1e400}',
  '{"im_group_id":-0,"members":[1e999]}',
  '{"im_group_id":123456789012345678901234567890}',
  '{"members":["1"],"members":["2"]}',
  '{"__proto__":{"admin":true},"constructor":{"prototype":{"admin":true}}}',
  '{"members":{"length":4294967295}}',
  '{"members":{"0":"1","length":1}}',
  '{"groupname":{"toString":1,"valueOf":2}}',
  '{"im_group_id":{"toString":null},"members":[{"toJSON":1}]}',
  '{"groupname":"\\ud800","desc":"\\u0000"}',
  '{"0":{"json":1},"1":null}',
  '{"0":{"__proto__":1},"-1":{},"99999999999":{}}',
  deep('[', ']', 5000),
  deep('{"a":', '}', 60).replace('}', '1}'),
  `{"extra":${deep('{"a":', '}', 31).replace('}', '1}')}}`,
  `{"members":[${'[],'.repeat(2000)}1]}`,
  `{"members":[${'0,'.repeat(30_000)}0]}`,
  `{${Array.from({ length: 5000 }, (_, n) => `"k${n}":0`).join()}}`,
]

const unicode = fc.string({ unit: 'binary', maxLength: 40 })
const numbers = fc.oneof(
  fc.integer(),
  fc.double(),
  fc.constantFrom(0, -0, 1, 2 ** 31, 2 ** 53, -(2 ** 63), 1e308, 5e-324),
)

/** A value of any kind, as JSON can carry it. */
export const values = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom(...texts) },
  { weight: 2, arbitrary: unicode },
  { weight: 2, arbitrary: numbers },
  { weight: 1, arbitrary: fc.constantFrom(true, false, null) },
  {
    weight: 1,
    arbitrary: fc.array(fc.oneof(fc.constantFrom(...texts), numbers, fc.constant([[]])), { maxLength: 5 }),
  },
  {
    weight: 1,
    arbitrary: fc.dictionary(fc.constantFrom('a', '__proto__', 'toString', 'length', ''), fc.jsonValue()),
  },
  { weight: 1, arbitrary: fc.jsonValue({ maxDepth: 6 }) },
  // A length that cannot be compared.
  { weight: 1, arbitrary: fc.constant({ length: { toString: 1, valueOf: 1 } }) },
)
