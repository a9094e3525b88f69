import { EasemobError } from '../../src/index.ts'

/** The EasemobError a promise rejects with; anything else fails the test. */
export async function rejection(work: PromiseLike<unknown>): Promise<EasemobError> {
  try {
    await work
  } catch (error) {
    if (error instanceof EasemobError) return error
    throw error
  }
  throw new Error('did not reject')
}
