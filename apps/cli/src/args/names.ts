/** The one spelling of a flag or command: `registerMissing`, `register_missing` and `register-missing` are the same. */
export function kebab(name: string): string {
  return name
    .replace(/([a-z0-9])([A-Z])/g, '$1-$2')
    .replaceAll('_', '-')
    .toLowerCase()
}
