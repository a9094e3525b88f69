import { raw } from 'hono/html'

/** The inspector's style sheet. */
export const STYLE = raw(`
body { font: 14px/1.5 system-ui, sans-serif; margin: 2rem; color: #222; background: #fff }
h1 { font-size: 1.4rem } h2 { font-size: 1rem; margin-top: 2rem } small { color: #777; font-weight: normal }
table { border-collapse: collapse; width: 100% } th, td { text-align: left; padding: .2rem .6rem; border-bottom: 1px solid #eee }
th { color: #555; font-weight: 600 } td { font-family: ui-monospace, monospace; font-size: 12px; word-break: break-all }
@media (prefers-color-scheme: dark) { body { color: #ddd; background: #181818 } th, td { border-color: #333 } th { color: #aaa } }
`)
