// The language of the interface: `?lang=`, else the one remembered, else the browser's.
import { en, type Dictionary } from '../dict/en'
import { fr } from '../dict/fr'
import { place } from './router.svelte'
import { remember, remembered } from './theme.svelte'

export type Language = 'fr' | 'en'
const KEPT = 'depeche.lang'
const known = (value: string | null | undefined): Language | null => (value === 'fr' || value === 'en' ? value : null)

function first(): Language {
  const browser = navigator.languages?.find((language) => known(language.slice(0, 2)))
  return known(place.query.get('lang')) ?? known(remembered(KEPT)) ?? known(browser?.slice(0, 2)) ?? 'en'
}

class Speech {
  lang = $state<Language>(first())
  get t(): Dictionary {
    return this.lang === 'fr' ? fr : en
  }

  /** Follows the address bar; called when the query changes. */
  follow(query: URLSearchParams): void {
    const asked = known(query.get('lang'))
    if (asked) this.lang = asked
    document.documentElement.lang = this.lang
  }

  choose(language: Language): void {
    this.lang = language
    remember(KEPT, language)
    document.documentElement.lang = language
  }
}

export const speech = new Speech()
