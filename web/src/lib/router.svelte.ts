// The address bar as state: path and query, links that do not load the page anew, and the order of history.

class Place {
  path = $state(location.pathname)
  query = $state.raw(new URLSearchParams(location.search))

  read(): void {
    this.path = location.pathname
    this.query = new URLSearchParams(location.search)
  }
}

export const place = new Place()

addEventListener('popstate', () => place.read())

/** Goes to an address of the room. */
export function go(address: string, options: { replace?: boolean; keepScroll?: boolean } = {}): void {
  const before = location.pathname
  const url = new URL(address, location.origin)
  const language = place.query.get('lang')
  if (language !== null && !url.searchParams.has('lang')) url.searchParams.set('lang', language)
  if (options.replace) history.replaceState(null, '', url)
  else history.pushState(null, '', url)
  place.read()
  if (!options.keepScroll && before !== location.pathname) {
    scrollTo(0, 0)
    document.getElementById('main')?.focus({ preventScroll: true })
  }
}

/** Changes parameters of the query; null takes one away. */
export function adjust(changes: Record<string, string | string[] | null>, options: { replace?: boolean } = {}): void {
  const query = new URLSearchParams(location.search)
  for (const [name, value] of Object.entries(changes)) {
    query.delete(name)
    for (const one of Array.isArray(value) ? value : [value]) if (one !== null && one !== '') query.append(name, one)
  }
  const asked = query.toString()
  go(`${location.pathname}${asked ? `?${asked}` : ''}`, { ...options, keepScroll: true })
}

/** Follows links within the room without loading it anew. */
export function followLinks(event: MouseEvent): void {
  if (event.defaultPrevented || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return
  const anchor = (event.target as Element).closest('a')
  if (!anchor || anchor.target || anchor.hasAttribute('download') || anchor.origin !== location.origin) return
  if (anchor.pathname.startsWith('/api/') || anchor.getAttribute('href')?.startsWith('#')) return
  event.preventDefault()
  go(anchor.pathname + anchor.search + anchor.hash)
}

export const dispatchPath = (id: string): string => `/dispatch/${encodeURIComponent(id)}`
export const actorPath = (id: string): string => `/actor/${encodeURIComponent(id)}`
export const happeningPath = (id: string): string => `/happening/${encodeURIComponent(id)}`
