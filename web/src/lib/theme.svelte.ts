// Light or dark: the system's, until one is chosen; the choice is remembered.

export type Theme = 'light' | 'dark'
const KEPT = 'depeche.theme'

const system = matchMedia('(prefers-color-scheme: dark)')
const kept = remembered(KEPT)

export const theme = $state<{ now: Theme }>({ now: kept === 'light' || kept === 'dark' ? kept : system.matches ? 'dark' : 'light' })
let chosen = kept === 'light' || kept === 'dark'

export function remembered(name: string): string | null {
  try {
    return localStorage.getItem(name)
  } catch {
    return null
  }
}

export function remember(name: string, value: string): void {
  try {
    localStorage.setItem(name, value)
  } catch {
    // A browser that keeps nothing shows the room all the same.
  }
}

function show(): void {
  document.documentElement.dataset.theme = theme.now
}

system.addEventListener('change', () => {
  if (chosen) return
  theme.now = system.matches ? 'dark' : 'light'
  show()
})

export function turn(): void {
  theme.now = theme.now === 'dark' ? 'light' : 'dark'
  chosen = true
  remember(KEPT, theme.now)
  show()
}

show()
