import type { CallPipeline } from '../call/pipeline.ts'
import { chunksWithin } from '../chunks.ts'
import { EasemobError } from '../errors.ts'
import { isSegment } from '../http/path.ts'
import type { CallOptions } from '../options.ts'
import { OPERATIONS } from '../vendor/operations.ts'
import { readGroups } from './group-schema.ts'
import type { EasemobGroup } from './types.ts'

/** The vendor's limit per call. */
const IDS_A_CALL = 100
/** The documented URL limit of 4 KB, minus room for scheme, host and app. */
const PATH_CHARACTERS = 3_500
const IN_FLIGHT = 4

/** Implements `groups.get`. */
export async function getGroups(
  pipeline: CallPipeline,
  groupIds: readonly string[],
  options?: CallOptions,
): Promise<EasemobGroup[]> {
  // In the path a comma separates ids; no group id contains one.
  const wanted = [...new Set(groupIds)].filter(id => isSegment(id) && !id.includes(','))
  const parts = chunksWithin(wanted, IDS_A_CALL, PATH_CHARACTERS, id => encodeURIComponent(id).length)
  const found = new Map<string, EasemobGroup>()
  const work = async (): Promise<void> => {
    for (let part = parts.pop(); part; part = parts.pop()) {
      for (const group of await getPart(pipeline, part, options)) found.set(group.id, group)
    }
  }
  await Promise.all(Array.from({ length: Math.min(IN_FLIGHT, parts.length) }, work))
  return wanted.flatMap(id => found.get(id) ?? [])
}

async function getPart(
  pipeline: CallPipeline,
  ids: readonly string[],
  options?: CallOptions,
): Promise<EasemobGroup[]> {
  const path = `${pipeline.settings.root}/chatgroups/${ids.map(encodeURIComponent).join(',')}`
  try {
    return await pipeline.call(OPERATIONS.getGroups, { path, read: readGroups }, options)
  } catch (error) {
    if (error instanceof EasemobError && error.code === 'not_found') return []
    throw error
  }
}
