/** One change of a recipe: a whole new file, or lines put beside a line that is there. */
export type Step =
  | { readonly kind: 'create'; readonly file: string; readonly text: string }
  | {
      readonly kind: 'insert'
      readonly file: string
      readonly where: 'before' | 'after'
      /** The line it goes beside, without its indentation. */
      readonly anchor: string
      readonly text: string
    }

/** A recipe as the page has it. */
export interface Recipe {
  readonly name: string
  /** What the page says: files of each kind. */
  readonly counts: ReadonlyMap<string, number>
  readonly steps: readonly Step[]
  /** Commands to run when all is in place. */
  readonly commands: readonly string[]
}

const block = /^```(?<language>\w+)\n(?<text>[\s\S]*?\n)```$/gm
const insertion = /^In `(?<file>[^`]+)`, (?<where>before|after) `(?<anchor>[^`]+)`:$/
const creation = /^Create `(?<file>[^`]+)`:$/

/**
 * Reads the recipes of a page: sections `### Recipe: …`, in which every block of `ts` stands under a line that says where
 * it goes, and a block of `sh` holds commands.
 * @throws Error naming the recipe and the block that stands under no such line
 * @example readRecipes(readFileSync('CONTRIBUTING.md', 'utf8'))
 */
export function readRecipes(page: string): Recipe[] {
  return page
    .split(/^(?=#{1,3} )/m)
    .filter(section => section.startsWith('### Recipe: '))
    .map(readRecipe)
}

function readRecipe(section: string): Recipe {
  const name = /^### Recipe: (.+)$/m.exec(section)?.[1] ?? ''
  const steps: Step[] = []
  const commands: string[] = []
  for (const found of section.matchAll(block)) {
    const { language = '', text = '' } = found.groups ?? {}
    if (language === 'sh') commands.push(...text.split('\n').filter(line => line !== ''))
    else steps.push(stepOf(name, lineAbove(section, found.index), text))
  }
  return { name, counts: countsOf(section), steps, commands }
}

function lineAbove(section: string, index: number): string {
  return section.slice(0, index).trimEnd().split('\n').at(-1) ?? ''
}

function stepOf(recipe: string, line: string, text: string): Step {
  const created = creation.exec(line)?.groups
  if (created) return { kind: 'create', file: created['file'] ?? '', text }
  const { file, where, anchor } = insertion.exec(line)?.groups ?? {}
  if (file === undefined || anchor === undefined)
    throw new Error(
      `Recipe "${recipe}": write "In \`file\`, before \`line\`:" or "Create \`file\`:" above the block, not "${line}"`,
    )
  return { kind: 'insert', file, where: where === 'before' ? 'before' : 'after', anchor, text }
}

/** The rows of the recipe's table: `| handler | 1 |`. */
function countsOf(section: string): Map<string, number> {
  const rows = section.matchAll(/^\| (?<kind>[^|]+?) +\| +(?<files>\d+) \|$/gm)
  return new Map(Array.from(rows, ({ groups }) => [groups?.['kind'] ?? '', Number(groups?.['files'])]))
}
