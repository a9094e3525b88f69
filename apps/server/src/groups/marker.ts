/** What the vendor stores in a group's `custom`, for recovery to know the group by. Never shown to callers. */
const markerPrefix = 'easemob-gateway:'

/** The `custom` of a group that we create. */
export const withMarker = (marker: string): string => markerPrefix + marker

/** A group's `custom` as callers see it. */
export const withoutMarker = (custom: string): string => (custom.startsWith(markerPrefix) ? '' : custom)
