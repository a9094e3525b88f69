/** The environment of this process; no other file reads it. */
export const environment: Readonly<Record<string, string | undefined>> = process.env

/** What a gateway that is started here inherits of it. */
export const inherited = { PATH: environment['PATH'], TMPDIR: environment['TMPDIR'] }
