import type { ApiRouter } from '@easemob-gateway/contracts'
import type { inferRouterInputs, inferRouterOutputs } from '@trpc/server'

/**
 * The inputs of all operations, by domain and name.
 * @example type NewGroup = Inputs['groups']['create']
 */
export type Inputs = inferRouterInputs<ApiRouter>

/**
 * The outputs of all operations, by domain and name, as JSON delivers them.
 * @example type Groups = Outputs['groups']['get']
 */
export type Outputs = inferRouterOutputs<ApiRouter>
