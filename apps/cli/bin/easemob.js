#!/usr/bin/env node
// Plain JavaScript: the compile cache holds every later module without its types, but not the one that enables it, for
// which Node would load its type stripper at every start.
import { enableCompileCache } from 'node:module'

enableCompileCache()
await import('../src/main.ts')
