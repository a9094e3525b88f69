import { parseArgs } from 'node:util'
import { runKills } from './kills/run-kills.ts'
import { killReport } from './report.ts'

const { values } = parseArgs({
  options: {
    kills: { type: 'string', default: '200' },
    seed: { type: 'string', default: '1' },
    database: { type: 'string', default: 'postgres' },
    recovery: { type: 'string', default: 'on' },
    log: { type: 'boolean', default: false },
  },
  allowPositionals: true,
})
const report = await runKills({
  kills: Number(values.kills),
  seed: Number(values.seed),
  database: values.database === 'pglite' ? 'pglite' : 'postgres',
  recovery: values.recovery !== 'off',
  leaseMs: 1000,
  onKill: kills => process.stderr.write(`\r${kills} kills`),
})
process.stdout.write(`\n${killReport(report)}\n`)
if (values.log) process.stderr.write(`${report.log.join('\n')}\n`)
process.exitCode = report.findings.total > 0 ? 1 : 0
