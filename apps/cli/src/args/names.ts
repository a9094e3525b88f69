/**
 * The kebab-case form that flags and commands are compared in.
 * @example kebab('registerMissing') // 'register-missing', as for register_missing
 */
export function kebab(name: string): string {
  return name
    .replace(/([a-z0-9])([A-Z])/g, '$1-$2')
    .replaceAll('_', '-')
    .toLowerCase()
}
