// One question and its answer, and lists that come in pages. A newer question ends an older one.
import { Fault, asFault, ask, isAborted, type Params } from './api'
import type { Rows } from './types'

/** An answer with its state. */
export class Asked<Answer> {
  value = $state.raw<Answer | null>(null)
  fault = $state.raw<Fault | null>(null)
  loading = $state(false)
  #running: AbortController | null = null

  async load(question: (signal: AbortSignal) => Promise<Answer>): Promise<void> {
    this.#running?.abort()
    const running = new AbortController()
    this.#running = running
    this.loading = true
    try {
      const value = await question(running.signal)
      if (running.signal.aborted) return
      this.value = value
      this.fault = null
    } catch (error) {
      if (running.signal.aborted || isAborted(error)) return
      this.fault = asFault(error)
    }
    this.loading = false
  }

  clear(): void {
    this.#running?.abort()
    this.value = null
    this.fault = null
    this.loading = false
  }
}

/** A list that is asked for page by page. */
export class Listing<Row> {
  rows = $state.raw<Row[]>([])
  next = $state<string | null>(null)
  fault = $state.raw<Fault | null>(null)
  loading = $state(false)
  /** Whether a first page has come. */
  ready = $state(false)
  #running: AbortController | null = null
  #path = ''
  #params: Params | URLSearchParams = {}

  async start(path: string, params: Params | URLSearchParams = {}): Promise<void> {
    this.#path = path
    this.#params = params
    await this.#page(null)
  }

  async again(): Promise<void> {
    await this.#page(null)
  }

  async more(): Promise<void> {
    if (this.next !== null && !this.loading) await this.#page(this.next)
  }

  async #page(cursor: string | null): Promise<void> {
    this.#running?.abort()
    const running = new AbortController()
    this.#running = running
    this.loading = true
    try {
      const params = this.#params instanceof URLSearchParams ? new URLSearchParams(this.#params) : { ...this.#params }
      if (cursor !== null) {
        if (params instanceof URLSearchParams) params.set('cursor', cursor)
        else params.cursor = cursor
      }
      const answer = await ask<Rows<Row>>(this.#path, params, { signal: running.signal })
      if (running.signal.aborted) return
      this.rows = cursor === null ? answer.rows : [...this.rows, ...answer.rows]
      this.next = answer.next ?? null
      this.fault = null
      this.ready = true
    } catch (error) {
      if (running.signal.aborted || isAborted(error)) return
      this.fault = asFault(error)
    }
    this.loading = false
  }
}
