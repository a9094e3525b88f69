import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { followRecipe } from './follow.ts'
import { readRecipes } from './read-page.ts'

const root = join(import.meta.dirname, '../..')
const recipes = readRecipes(readFileSync(join(root, 'CONTRIBUTING.md'), 'utf8'))
const say = (line: string) => process.stdout.write(`${line}\n`)
if (recipes.length === 0) throw new Error('CONTRIBUTING.md has no section "### Recipe: …"')

for (const recipe of recipes) {
  const began = performance.now()
  say(recipe.name)
  try {
    const { counts, generated, problems } = followRecipe(root, recipe, say)
    say(`  files: ${Array.from(counts, ([kind, files]) => `${kind} ${files}`).join(', ')}`)
    if (generated.length > 0) say(`  made by its commands: ${generated.join(', ')}`)
    for (const problem of problems) say(`  PROBLEM ${problem}`)
    if (problems.length > 0) process.exitCode = 1
  } catch (error) {
    say(`  FAILED ${error instanceof Error ? error.message : error}`)
    process.exitCode = 1
  }
  say(`  ${Math.round((performance.now() - began) / 1000)} s`)
}
