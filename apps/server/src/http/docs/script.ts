/** The script of the page: a button sends its request without empty fields, and shows the response. */
export const docsScript = `
for (const card of document.querySelectorAll('details')) {
  const output = card.querySelector('.answer')
  card.querySelector('button').onclick = async () => {
    const fields = new URLSearchParams()
    const headers = { authorization: 'Bearer ' + document.getElementById('token').value }
    let path = card.dataset.path
    for (const { name, value, dataset } of card.querySelectorAll('input')) {
      if (value === '') continue
      if ('header' in dataset) headers[name] = value
      else if (path.includes('{' + name + '}')) path = path.replace('{' + name + '}', encodeURIComponent(value))
      else fields.set(name, value)
    }
    const method = card.dataset.method
    const inQuery = method === 'GET' || method === 'DELETE'
    const answer = await fetch(inQuery && fields.size ? path + '?' + fields : path, { method, headers, body: inQuery ? undefined : fields })
    const text = await answer.text()
    let shown = text
    try { shown = JSON.stringify(JSON.parse(text), null, 2) } catch {}
    output.hidden = false
    output.textContent = answer.status + ' ' + answer.statusText + '\\n\\n' + shown
  }
}
`
