import { writeFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { move } from './measure/cores.ts'
import { resultsJson } from './report/json.ts'
import type { Row } from './report/row.ts'
import { svg } from './report/svg.ts'
import { table } from './report/table.ts'
import { families } from './rows/index.ts'
import { createWorld } from './world/world.ts'

const usage = `pnpm bench [--only NAME]… [--quick]

  --only NAME   measures some rows, and writes no files: ${families.map(({ name }) => name).join(', ')}
  --quick       short rounds and small tables, to see that everything runs; writes no files
  --profile DIR writes a processor profile of every gateway into a folder (and slows it down meanwhile)
`
const { values } = parseArgs({
  args: process.argv.slice(2).filter(argument => argument !== '--'),
  options: {
    only: { type: 'string', multiple: true, default: [] },
    profile: { type: 'string' },
    quick: { type: 'boolean', default: false },
    help: { type: 'boolean', short: 'h', default: false },
  },
})
const unknown = values.only.filter(name => !families.some(family => family.name === name))
if (values.help || unknown.length > 0) {
  process.stdout.write(usage)
  process.exit(values.help ? 0 : 2)
}

const began = performance.now()
const chosen = families.filter(({ name }) => values.only.length === 0 || values.only.includes(name))
const rows: Row[] = []
const world = await createWorld({ quick: values.quick, profiles: values.profile })
let failed = false
for (const signal of ['SIGINT', 'SIGTERM'] as const)
  process.once(signal, async () => {
    await world.close()
    process.exit(1)
  })
try {
  for (const { name, run } of chosen) {
    const start = performance.now()
    world.postgres.place('others')
    move(process.pid, 'others')
    try {
      const found = await run(world)
      rows.push(...found)
      const seconds = ((performance.now() - start) / 1000).toFixed(0)
      process.stdout.write(`${name} (${seconds} s)\n${table(found)}\n\n`)
    } catch (error) {
      failed = true
      process.stdout.write(
        `${name} could not be measured: ${error instanceof Error ? error.stack : error}\n\n`,
      )
    }
    await world.sweep()
  }
} finally {
  await world.close()
}
const seconds = Math.round((performance.now() - began) / 1000)
process.stdout.write(`${table(rows)}\n\n${seconds} s\n`)
if (values.only.length === 0 && !values.quick) {
  const results = fileURLToPath(new URL('../results.json', import.meta.url))
  await writeFile(results, resultsJson(rows, { quick: values.quick, seconds }))
  await writeFile(fileURLToPath(new URL('../../../docs/bench.svg', import.meta.url)), svg(rows))
}
process.exitCode = failed ? 1 : 0
