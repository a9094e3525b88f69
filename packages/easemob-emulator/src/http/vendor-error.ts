/** Thrown by handlers to answer with the vendor's error envelope. */
export class VendorError extends Error {
  override name = 'VendorError'
  readonly status: number
  readonly code: string
  readonly exception: string

  constructor(status: number, code: string, description: string, exception: string) {
    super(description)
    this.status = status
    this.code = code
    this.exception = exception
  }
}
