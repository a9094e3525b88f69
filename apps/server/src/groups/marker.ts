/** Begins the marker in a group's `custom` by which recovery finds the group. Never shown to callers. */
const markerPrefix = 'easemob-gateway:'

/** The `custom` of a group that the gateway creates. */
export const withMarker = (marker: string): string => markerPrefix + marker

/** A group's `custom` as callers see it. */
export const withoutMarker = (custom: string): string => (custom.startsWith(markerPrefix) ? '' : custom)
