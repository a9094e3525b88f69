/** Every operation with its summary, apart from the contract so that help need not load it; a test holds the two equal. */
export const commandList = {
  accounts: {
    register: 'Register one user with the vendor',
    'register-many': 'Register the listed users with the vendor',
    'register-missing':
      'Register every user who has no IM account: starts the durable run, or joins the one that is going',
    'reset-password': "Set a new random IM password for the caller's account",
    password: 'The IM password the vendor accepts now for the caller',
  },
  groups: {
    get: 'Details of groups, with the profiles of their members',
    list: 'Details of groups, members as the vendor lists them',
    create: 'Create a group owned by the caller',
    update: 'Change a group, its face or its owner',
    delete: 'Delete a group',
    faces: 'Stored faces of groups',
    'add-members': 'Add members to a group',
    'remove-members': 'Remove members from a group',
  },
  users: {
    import: 'Insert or update people, by id',
    get: 'One person and how their IM account stands',
    list: 'People by id, filtered by name prefix and registration',
  },
  runs: {
    get: 'One registration run',
    list: 'Registration runs, newest first',
    watch: 'Progress of a run until it ends; resumes after a reconnect',
    cancel: 'Stop a run; what it has registered stays',
  },
  system: {
    status: 'Database, vendor, queue and counts',
    retry: 'Bring every job that was given up back to work',
    audit: 'What administrators did, newest first',
  },
  keys: {
    rotate:
      'Encrypt stored passwords with the current key, the first of IM_PASSWORD_KEY; call again while any remain',
  },
} as const satisfies Readonly<Record<string, Readonly<Record<string, string>>>>
