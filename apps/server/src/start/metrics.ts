import type { EasemobEvent } from '@easemob-gateway/easemob'
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'

/** The Prometheus metrics. */
export interface Metrics {
  /** Records an operation that has ended. `outcome` is `ok` or the reason of the refusal. */
  called(operation: string, adapter: string, outcome: string, seconds: number): void
  /** Records an event of the vendor client. */
  vendor(event: EasemobEvent): void
  /** The exposition text and its content type. */
  text(): Promise<{ type: string; body: string }>
}

const seconds = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10]

/** Makes the metrics of one process, with Node's own. */
export function createMetrics(): Metrics {
  const registry = new Registry()
  const registers = [registry]
  collectDefaultMetrics({ register: registry })
  const calls = new Histogram({
    name: 'gateway_operation_seconds',
    help: 'Time an operation took, by face and outcome',
    labelNames: ['operation', 'face', 'outcome'],
    buckets: seconds,
    registers,
  })
  const attempts = new Histogram({
    name: 'gateway_vendor_attempt_seconds',
    help: 'Time one attempt at the vendor took, by operation and outcome',
    labelNames: ['operation', 'outcome'],
    buckets: seconds,
    registers,
  })
  const completed = new Counter({
    name: 'gateway_vendor_calls_total',
    help: 'Calls to the vendor, retries included in one, by outcome',
    labelNames: ['operation', 'outcome'],
    registers,
  })
  const retries = new Counter({
    name: 'gateway_vendor_retries_total',
    help: 'Attempts repeated, by the error that caused it',
    labelNames: ['operation', 'code'],
    registers,
  })
  const waits = new Counter({
    name: 'gateway_vendor_wait_seconds_total',
    help: 'Time spent waiting for the pace, or because the vendor was limiting',
    labelNames: ['limit_class', 'reason'],
    registers,
  })
  const breaker = new Gauge({
    name: 'gateway_vendor_breaker',
    help: '1 for the state the circuit breaker is in',
    labelNames: ['state'],
    registers,
  })
  const tokens = new Counter({
    name: 'gateway_vendor_tokens_total',
    help: 'App tokens fetched and dropped',
    labelNames: ['action'],
    registers,
  })
  const showBreaker = (now: string) => {
    for (const state of ['closed', 'open', 'half_open']) breaker.set({ state }, state === now ? 1 : 0)
  }
  showBreaker('closed')

  return {
    called: (operation, adapter, outcome, took) => calls.observe({ operation, face: adapter, outcome }, took),
    vendor(event) {
      if (event.type === 'response')
        attempts.observe({ operation: event.operation, outcome: event.code ?? 'ok' }, event.ms / 1000)
      else if (event.type === 'completed')
        completed.inc({ operation: event.operation, outcome: event.code ?? 'ok' })
      else if (event.type === 'retry') retries.inc({ operation: event.operation, code: event.code })
      else if (event.type === 'throttle')
        waits.inc({ limit_class: event.limitClass, reason: event.reason }, event.waitMs / 1000)
      else if (event.type === 'token') tokens.inc({ action: event.action })
      else if (event.type === 'breaker') showBreaker(event.state)
    },
    text: async () => ({ type: registry.contentType, body: await registry.metrics() }),
  }
}
