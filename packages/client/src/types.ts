import type { ApiRouter } from '@easemob-gateway/contracts'
import type { inferRouterInputs, inferRouterOutputs } from '@trpc/server'

/**
 * What every operation takes, by domain and name.
 * @example type NewGroup = Inputs['groups']['create']
 */
export type Inputs = inferRouterInputs<ApiRouter>

/**
 * What every operation answers, by domain and name, as it arrives over JSON.
 * @example type Groups = Outputs['groups']['get']
 */
export type Outputs = inferRouterOutputs<ApiRouter>
