// Plain JavaScript, so that Node need not load its TypeScript reader: all that follows comes from the compile cache.
import { enableCompileCache } from 'node:module'

enableCompileCache()
await import('../src/main.ts')
