import { GatewayError } from '@easemob-gateway/contracts'
import type { Group, GroupReader } from './reader.ts'

/**
 * Reads a group without the cache, for a writer that holds its subject.
 * @throws GatewayError GROUP_NOT_FOUND
 */
export async function currentGroup(reader: GroupReader, groupId: string): Promise<Group> {
  const [group] = await reader.read([groupId], 0)
  if (!group) throw new GatewayError('GROUP_NOT_FOUND')
  return group
}
