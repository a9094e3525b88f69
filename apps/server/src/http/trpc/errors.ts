import {
  type ErrorShape,
  errorTable,
  errorText,
  GatewayError,
  type Language,
  type Reason,
} from '@easemob-gateway/contracts'
import { TRPCError } from '@trpc/server'

type Code = TRPCError['code']

const codes: Readonly<Record<number, Code>> = {
  400: 'BAD_REQUEST',
  401: 'UNAUTHORIZED',
  403: 'FORBIDDEN',
  404: 'NOT_FOUND',
  405: 'METHOD_NOT_SUPPORTED',
  409: 'CONFLICT',
  413: 'PAYLOAD_TOO_LARGE',
  422: 'UNPROCESSABLE_CONTENT',
  429: 'TOO_MANY_REQUESTS',
  502: 'BAD_GATEWAY',
  503: 'SERVICE_UNAVAILABLE',
}

/** The reasons for errors that tRPC throws before it calls a procedure. */
const ownReasons: Partial<Record<Code, Reason>> = {
  PARSE_ERROR: 'MALFORMED_BODY',
  BAD_REQUEST: 'MALFORMED_BODY',
  UNSUPPORTED_MEDIA_TYPE: 'MALFORMED_BODY',
  NOT_FOUND: 'NOT_FOUND',
  METHOD_NOT_SUPPORTED: 'METHOD_NOT_ALLOWED',
  PAYLOAD_TOO_LARGE: 'PAYLOAD_TOO_LARGE',
}

/** Converts an error of the table into tRPC's, with the same status and text, and the original as its cause. */
export function toTrpcError(error: GatewayError, language: Language): TRPCError {
  const code = codes[error.status] ?? 'INTERNAL_SERVER_ERROR'
  return new TRPCError({ code, message: errorText(error.key, language, error.details), cause: error })
}

/** Formats an error for clients: without its stack, and without the message of an error that is not in the table. */
export function formatError(
  shape: Pick<ErrorShape, 'message' | 'code'> & {
    data: { code: Code; httpStatus: number; path?: string; stack?: string }
  },
  error: TRPCError,
  requestId: string | undefined,
): ErrorShape {
  const { stack: _, ...data } = shape.data
  const ours = error.cause instanceof GatewayError ? error.cause : undefined
  const reason = ours?.reason ?? ownReasons[data.code] ?? 'INTERNAL'
  const message = ours || reason !== 'INTERNAL' ? shape.message : errorTable.INTERNAL.en
  return {
    message,
    code: shape.code,
    data: {
      ...data,
      reason,
      ...(ours?.details.fields ? { fields: copy(ours.details.fields) } : {}),
      ...(ours?.details.retryAfter === undefined ? {} : { retryAfter: ours.details.retryAfter }),
      ...(requestId === undefined ? {} : { requestId }),
    },
  }
}

function copy(fields: Readonly<Record<string, readonly string[]>>): Record<string, string[]> {
  return Object.fromEntries(Object.entries(fields).map(([name, texts]) => [name, [...texts]]))
}
