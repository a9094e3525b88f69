import { quickenImports } from './start/module-resolution.ts'

quickenImports()
const { run } = await import('./start/run.ts')
await run()
