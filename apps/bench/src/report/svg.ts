import type { Row } from './row.ts'
import { short } from './table.ts'

const rowHeight = 26
const top = 46
const nameWidth = 470
const barWidth = 300
const width = 960
/** The bars end at twice the aim. */
const longest = 2

/** Draws the rows with an aim as bars; the line marks the aim, and right of it is better. */
export function svg(rows: readonly Row[]): string {
  const aimed = rows.filter(({ reach }) => reach !== null)
  const height = top + aimed.length * rowHeight + 16
  const aimAt = nameWidth + barWidth / longest
  const text = (x: number, y: number, content: string, more = '') =>
    `<text x="${x}" y="${y}"${more}>${escaped(content)}</text>`
  const lines = aimed.flatMap(({ name, ratio, aim, met, reach }, at) => {
    const y = top + at * rowHeight
    const length = Math.max(2, (Math.min(reach ?? 0, longest) / longest) * barWidth)
    return [
      text(nameWidth - 10, y + 17, name, ' text-anchor="end"'),
      `<rect x="${nameWidth}" y="${y + 4}" width="${length.toFixed(1)}" height="${rowHeight - 8}" rx="3" class="${met ? 'met' : 'missed'}"/>`,
      text(nameWidth + barWidth + 12, y + 17, `${short(ratio)} : 1`),
      text(nameWidth + barWidth + 90, y + 17, `aim ${aim ?? ''}`, ' class="aim"'),
    ]
  })
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" font-family="system-ui, sans-serif" font-size="12">
<style>rect.page{fill:#fff}text{fill:#222}.met{fill:#2e8b57}.missed{fill:#d2691e}.aim{fill:#777}line{stroke:#222;stroke-dasharray:3 3}</style>
<rect class="page" width="${width}" height="${height}"/>
${text(nameWidth, 20, 'worse', ' class="aim"')}
${text(aimAt, 20, 'the aim', ' text-anchor="middle"')}
${text(nameWidth + barWidth, 20, 'twice as good', ' class="aim" text-anchor="end"')}
${lines.join('\n')}
<line x1="${aimAt}" y1="28" x2="${aimAt}" y2="${height - 10}"/>
</svg>
`
}

const escaped = (text: string) => text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;')
