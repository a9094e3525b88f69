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

/** Reasons of what tRPC itself refuses before an operation is reached. */
const ownReasons: Partial<Record<Code, Reason>> = {
  PARSE_ERROR: 'MALFORMED_BODY',
  BAD_REQUEST: 'MALFORMED_BODY',
  UNSUPPORTED_MEDIA_TYPE: 'MALFORMED_BODY',
  NOT_FOUND: 'NOT_FOUND',
  METHOD_NOT_SUPPORTED: 'METHOD_NOT_ALLOWED',
  PAYLOAD_TOO_LARGE: 'PAYLOAD_TOO_LARGE',
}

/** An error of ours as tRPC throws it: same status, same words, the table's row as its cause. */
export function toTrpcError(error: GatewayError, language: Language): TRPCError {
  const code = codes[error.status] ?? 'INTERNAL_SERVER_ERROR'
  return new TRPCError({ code, message: errorText(error.key, language, error.details), cause: error })
}

/** The error as clients see it: never a stack, and never the words of an error that is not ours. */
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
