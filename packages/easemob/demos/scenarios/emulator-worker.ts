import { parentPort } from 'node:worker_threads'
import { createEmulator } from '@easemob-gateway/emulator'

/** Runs an emulator on its own thread, so that its processor time does not count as the client's. */
const { url, appKey, clientId, clientSecret } = await createEmulator()
parentPort?.postMessage({ baseUrl: url, appKey, clientId, clientSecret })
