import fc from 'fast-check'
import { rest, trpc } from './fuzz-calls.ts'
import { bodies, odd, queryTokens } from './fuzz-oddities.ts'
import type { Shot } from './shot.ts'

/** Requests at everything the gateway has a door for. */
export const shots: fc.Arbitrary<Shot> = fc.oneof(
  { weight: 5, arbitrary: rest },
  { weight: 5, arbitrary: trpc },
  { weight: 3, arbitrary: bodies },
  { weight: 2, arbitrary: odd },
  { weight: 1, arbitrary: queryTokens },
)
