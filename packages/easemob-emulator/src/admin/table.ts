import { html } from 'hono/html'

type Cell = string | number | boolean

/** An HTML table with a title. `total` may be larger than the number of rows shown. */
export const table = (
  title: string,
  total: number,
  columns: readonly string[],
  rows: readonly (readonly Cell[])[],
) => html`<section>
<h2>${title} <small>${total > rows.length ? `newest ${rows.length} of ${total}` : total}</small></h2>
<table>
<tr>${columns.map(column => html`<th>${column}</th>`)}</tr>
${rows.map(row => html`<tr>${row.map(cell => html`<td>${String(cell)}</td>`)}</tr>`)}
</table>
</section>`
