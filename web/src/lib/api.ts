// Questions to the API. A question that fails is a `Fault` with what happened and what to do; status 0 means that nobody answered.
import { session } from './session.svelte'

export class Fault extends Error {
  constructor(
    readonly status: number,
    message: string,
    readonly cure: string,
  ) {
    super(message)
  }
}

export type Params = Record<string, string | number | readonly string[] | null | undefined>

/** The address of a question, for links and for asking. */
export function address(path: string, params: Params | URLSearchParams = {}): string {
  const query = params instanceof URLSearchParams ? new URLSearchParams(params) : new URLSearchParams()
  if (!(params instanceof URLSearchParams)) {
    for (const [name, value] of Object.entries(params)) {
      const values = Array.isArray(value) ? value : [value]
      for (const one of values) if (one !== null && one !== undefined && one !== '') query.append(name, String(one))
    }
  }
  const asked = query.toString()
  return `/api/v1${path}${asked ? `?${asked}` : ''}`
}

export async function ask<Answer>(path: string, params: Params | URLSearchParams = {}, options: RequestInit = {}): Promise<Answer> {
  let response: Response
  try {
    response = await fetch(address(path, params), { headers: { accept: 'application/json' }, credentials: 'same-origin', ...options })
  } catch (error) {
    if (error instanceof DOMException && error.name === 'AbortError') throw error
    throw new Fault(0, '', '')
  }
  if (response.ok) return (await response.json()) as Answer
  if (response.status === 401) session.needed = true
  const told = (await response.json().catch(() => ({}))) as { error?: string; cure?: string }
  throw new Fault(response.status, told.error ?? response.statusText, told.cure ?? '')
}

export const isAborted = (error: unknown): boolean => error instanceof DOMException && error.name === 'AbortError'

/** Whatever went wrong as a `Fault`. */
export const asFault = (error: unknown): Fault => (error instanceof Fault ? error : new Fault(-1, String(error), ''))
