/** Whether `--help` or `-h` stands before `--`. */
export function wantsHelp(args: readonly string[]): boolean {
  const flags = args.includes('--') ? args.slice(0, args.indexOf('--')) : args
  return flags.includes('--help') || flags.includes('-h')
}
