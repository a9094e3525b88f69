/** What a program that is started here inherits of this process's environment; no other file reads it. */
export const inherited = { PATH: process.env['PATH'], TMPDIR: process.env['TMPDIR'] }
