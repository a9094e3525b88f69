import { VendorError } from './vendor-error.ts'

const SECURITY = 'EasemobSecurityException'
const ILLEGAL = 'java.lang.IllegalArgumentException'
const GROUP = 'com.easemob.group.exception'
const SERVICE_MISSING = 'org.apache.usergrid.services.exceptions.ServiceResourceNotFoundException'
const ENTITY_MISSING = 'org.apache.usergrid.persistence.exceptions.EntityNotFoundException'
const DUPLICATE = 'org.apache.usergrid.persistence.exceptions.DuplicateUniquePropertyExistsException'
const APP_MISSING = 'org.apache.usergrid.rest.exceptions.OrganizationApplicationNotFoundException'
const OAUTH = 'EasemobOAuth2Exception'
const UNAUTHORIZED = 'org.apache.shiro.authz.UnauthorizedException'
const MESSAGE = 'com.easemob.message.exception.MessageSendException'

/** 400: invalid input. */
export const illegalArgument = (text: string) => new VendorError(400, 'illegal_argument', text, ILLEGAL)
export const invalidParameter = (text: string) =>
  new VendorError(400, 'invalid_parameter', text, `${GROUP}.InvalidParameterException`)
export const invalidGrant = (text: string, status = 400) =>
  new VendorError(status, 'invalid_grant', text, OAUTH)
export const jsonParse = (text: string) =>
  new VendorError(400, 'json_parse', text, 'com.fasterxml.jackson.core.JsonParseException')
export const duplicateUser = (text: string) =>
  new VendorError(400, 'duplicate_unique_property_exists', text, DUPLICATE)
export const messageError = (text: string, status = 400) =>
  new VendorError(status, 'message_send_error', text, MESSAGE)
export const invalidRequestBody = () =>
  new VendorError(
    400,
    'invalid_request_body',
    'Request body is invalid. Please check body is correct.',
    MESSAGE,
  )

/** 401: missing or invalid token. */
export const unauthorized = (text = 'Unable to authenticate (OAuth)', exception = SECURITY) =>
  new VendorError(401, 'unauthorized', text, exception)
export const badAccessToken = (text: string) => new VendorError(401, 'auth_bad_access_token', text, SECURITY)
export const noPermission = (permission: string) =>
  unauthorized(`Subject does not have permission [${permission}]`, UNAUTHORIZED)
export const blankToken = () =>
  new VendorError(401, 'group_authorization', 'token is blank!', `${GROUP}.GroupAuthorizationException`)

/** 403: not allowed. */
export const forbidden = (text: string) =>
  new VendorError(403, 'forbidden_op', text, `${GROUP}.ForbiddenOpException`)
export const exceedLimit = (text: string) =>
  new VendorError(403, 'exceed_limit', text, `${GROUP}.ExceedLimitException`)

/** 404: not found. */
export const applicationNotFound = (org: string, app: string, rest: string) =>
  new VendorError(
    404,
    'organization_application_not_found',
    `Could not find application for ${org}/${app} from URI: ${org}/${app}${rest}`,
    APP_MISSING,
  )
export const serviceNotFound = (text = 'Service resource not found') =>
  new VendorError(404, 'service_resource_not_found', text, SERVICE_MISSING)
export const groupNotListed = (id: string) =>
  new VendorError(
    404,
    'service_resource_not_found',
    `do not find this group:${id}`,
    `${GROUP}.ServiceResourceNotFoundException`,
  )
export const resourceNotFound = (text: string) =>
  new VendorError(404, 'resource_not_found', text, `${GROUP}.ResourceNotFoundException`)
export const groupNotFound = (id: string) => resourceNotFound(`grpID ${id} does not exist!`)
export const usernameNotFound = (name: string) => resourceNotFound(`username ${name} doesn't exist!`)
export const entityNotFound = () =>
  new VendorError(404, 'entity_not_found', 'User null not found', ENTITY_MISSING)

/** Other statuses. */
export const methodNotAllowed = () =>
  new VendorError(
    405,
    'unsupported_service_operation',
    'Service operation not supported',
    'UnsupportedServiceOperationException',
  )
export const bodyTooLarge = () =>
  new VendorError(
    413,
    'Request Entity Too Large',
    'Request Entity Too Large',
    'RequestEntityTooLargeException',
  )
export const reachLimit = () =>
  new VendorError(429, 'reach_limit', 'This request has reached api limit', 'ReachLimitException')
export const resourceLimited = () =>
  new VendorError(
    429,
    'resource_limited',
    'You have exceeded the limit of the community edition,Please upgrade to the enterprise edition',
    'ResourceLimitedException',
  )

/** A bug in the emulator, answered with the vendor's code for unexpected faults. */
export const emulatorError = (text: string) =>
  new VendorError(500, 'web_application', text, 'javax.ws.rs.WebApplicationException')
