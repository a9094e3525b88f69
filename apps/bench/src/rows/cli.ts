import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { alternate } from '../measure/pairs.ts'
import { type Family, row } from '../report/row.ts'

const run = promisify(execFile)
const easemob = fileURLToPath(new URL('../../../cli/bin/easemob.js', import.meta.url))

/** The start time of the command line. */
export const cli: Family = {
  name: 'cli',
  async run(world) {
    const wall = (args: readonly string[]) => async () => {
      const began = performance.now()
      await run(process.execPath, [...args])
      return performance.now() - began
    }
    const [help, nothing] = [wall([easemob, '--help']), wall(['-e', '0'])]
    await help()
    const found = await alternate(world.quick ? 5 : 15, [
      ['help', help],
      ['nothing', nothing],
    ])
    return [
      row(
        'easemob --help : node -e 0',
        { ours: found('help'), against: found('nothing'), unit: 'ms' },
        { atMost: 2.5 },
        'wall time',
      ),
    ]
  },
}
