import { shapeOf } from './shape.ts'

// Run in the tree of a commit, so that each commit tells its own shape whatever its folders are called.
process.stdout.write(JSON.stringify(shapeOf()))
