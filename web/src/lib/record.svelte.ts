// What the record holds as a whole: asked once, and again when it grows.
import { ask } from './api'
import { Asked } from './asked.svelte'
import { speech } from './i18n.svelte'
import { regions } from './regions'
import type { RecordInfo } from './types'

export const record = new Asked<RecordInfo>()

export const askRecord = (): Promise<void> => record.load((signal) => ask<RecordInfo>('/record', {}, { signal }))

const named = { fr: new Intl.DisplayNames(['fr'], { type: 'region', fallback: 'none' }), en: new Intl.DisplayNames(['en'], { type: 'region', fallback: 'none' }) }

/** The name of a country in the language of the interface; where the browser has none the record's, and its code where that has none either. */
export function countryName(code: string | null | undefined): string {
  if (!code) return ''
  const region = regions.get(code)
  const name = region ? named[speech.lang].of(region) : speech.t.bodies[code]
  return name ?? record.value?.countries.find((country) => country.code === code)?.name ?? code
}
