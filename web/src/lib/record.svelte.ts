// What the record holds as a whole: asked once, and again when it grows.
import { ask } from './api'
import { Asked } from './asked.svelte'
import { speech } from './i18n.svelte'
import type { RecordInfo } from './types'

export const record = new Asked<RecordInfo>()

export const askRecord = (): Promise<void> => record.load((signal) => ask<RecordInfo>('/record', {}, { signal }))

/** The name of a country in the language of the interface, its code where the record does not know it. */
export function countryName(code: string | null | undefined): string {
  if (!code) return ''
  const found = record.value?.countries.find((country) => country.code === code)
  if (!found) return speech.t.bodies[code] ?? code
  return (speech.lang === 'fr' ? found.nom : found.name) || code
}
