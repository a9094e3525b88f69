/** The text of `--help`. */
export const HELP = `A local Easemob REST server for development and tests.

Usage
  easemob-emulator [start] [options]          run until Ctrl-C
  easemob-emulator exec "<command>" [options] run a command against it, then stop

exec sets EASEMOB_APP_KEY, EASEMOB_CLIENT_ID, EASEMOB_CLIENT_SECRET and EASEMOB_BASE_URL for the command
and ends with its exit code.

Options
  --port N                 port; default: any free one
  --host ADDRESS           address to bind; default 127.0.0.1
  --app-key ORG#APP        default demo#app
  --client-id TEXT         default emulator-client-id
  --client-secret TEXT     default emulator-client-secret
  --latency MS             every answer waits this long
  --calls-per-second N     429 reach_limit beyond, over all users and groups calls
  --vendor-limits          keep the vendor's own rate limits
  --registration MODE      open or authorized (default)
  --max-users N            429 resource_limited beyond
  --max-groups N           403 exceed_limit beyond
  --snapshot FILE          keep the state in a file; it survives kill -9
  --seed FILE              JSON with users and groups to begin with
  --callback-url URL       post signed callbacks here
  --callback-secret TEXT   secret they are signed with
  -h, --help               this text
`
