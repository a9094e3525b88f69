/** Contacts with remarks, block lists and metadata of users. */
export class People {
  readonly #contacts = new Map<string, Map<string, string>>()
  readonly #blocks = new Map<string, Set<string>>()
  readonly #metadata = new Map<string, Record<string, string>>()

  /** friend → remark */
  contacts(owner: string): ReadonlyMap<string, string> {
    return this.#contacts.get(owner) ?? new Map()
  }

  putContact(owner: string, friend: string, remark: string): void {
    const contacts = this.#contacts.get(owner)
    if (contacts === undefined) this.#contacts.set(owner, new Map([[friend, remark]]))
    else contacts.set(friend, remark)
  }

  deleteContact(owner: string, friend: string): void {
    this.#contacts.get(owner)?.delete(friend)
  }

  blocks(owner: string): ReadonlySet<string> {
    return this.#blocks.get(owner) ?? new Set()
  }

  setBlocked(owner: string, names: readonly string[], blocked: boolean): void {
    const blocks = this.#blocks.get(owner) ?? new Set()
    for (const name of names) {
      if (blocked) blocks.add(name)
      else blocks.delete(name)
    }
    this.#blocks.set(owner, blocks)
  }

  metadata(name: string): Record<string, string> {
    return this.#metadata.get(name) ?? {}
  }

  setMetadata(name: string, entries: Record<string, string>): void {
    if (Object.keys(entries).length === 0) this.#metadata.delete(name)
    else this.#metadata.set(name, entries)
  }

  forget(name: string): void {
    for (const friend of this.contacts(name).keys()) this.#contacts.get(friend)?.delete(name)
    this.#contacts.delete(name)
    this.#blocks.delete(name)
    this.#metadata.delete(name)
  }

  *owners(): Generator<string> {
    yield* new Set([...this.#contacts.keys(), ...this.#blocks.keys(), ...this.#metadata.keys()])
  }
}
