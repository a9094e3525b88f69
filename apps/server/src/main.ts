import { enableCompileCache } from 'node:module'
import { quickenDrizzle } from './start/drizzle-resolution.ts'

// Reading and compiling the modules is most of a start: from the second on they are taken as compiled before.
enableCompileCache()
quickenDrizzle()
const { run } = await import('./start/run.ts')
await run()
