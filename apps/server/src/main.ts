import { enableCompileCache } from 'node:module'

// Reading and compiling the modules is most of a start: from the second on they are taken as compiled before.
enableCompileCache()
const { run } = await import('./start/run.ts')
await run()
