/** The environment of a command run against the emulator: this process's own plus `added`. */
export const childEnvironment = (added: Readonly<Record<string, string>>): NodeJS.ProcessEnv => ({
  ...process.env,
  ...added,
})
