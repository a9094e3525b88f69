import { parentPort } from 'node:worker_threads'
import { createEmulator } from '@easemob-gateway/emulator'

/** An emulator on a thread of its own, so that its work does not count as the client's. */
const { url, appKey, clientId, clientSecret } = await createEmulator()
parentPort?.postMessage({ baseUrl: url, appKey, clientId, clientSecret })
