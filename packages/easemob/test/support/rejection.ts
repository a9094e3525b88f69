import { EasemobError } from '../../src/index.ts'

/** The EasemobError that a promise rejects with; any other outcome fails the test. */
export async function rejection(work: PromiseLike<unknown>): Promise<EasemobError> {
  try {
    await work
  } catch (error) {
    if (error instanceof EasemobError) return error
    throw error
  }
  throw new Error('did not reject')
}
