// Days, periods and how they are written. All of them are civil days without a time zone, reckoned in UTC.
import { speech } from './i18n.svelte'
import type { By, Days } from './types'

const DAY = 86_400_000

const parse = (day: string): Date => new Date(`${day}T00:00:00Z`)
const iso = (date: Date): string => date.toISOString().slice(0, 10)
const fine = (day: string | null | undefined): day is string => !!day && /^\d{4}-\d\d-\d\d$/.test(day) && !Number.isNaN(parse(day).getTime())

const format = (language: string, options: Intl.DateTimeFormatOptions, day: string): string =>
  new Intl.DateTimeFormat(language === 'fr' ? 'fr-FR' : 'en-GB', { timeZone: 'UTC', ...options }).format(parse(day))

export const longDay = (day: string, language: string): string =>
  fine(day) ? format(language, { day: 'numeric', month: 'long', year: 'numeric' }, day) : day
export const weekday = (day: string, language: string): string => (fine(day) ? format(language, { weekday: 'long' }, day) : '')
const month = (day: string, language: string): string => format(language, { month: 'long', year: 'numeric' }, day)

/** A stretch of days in words: a day, a month, a year, or from one day to another. */
export function stretch(days: { earliest: string | null; latest: string | null; value?: string | null }, language: string): string {
  const { earliest, latest } = days
  if (!fine(earliest) || !fine(latest)) {
    if (fine(earliest)) return speech.t.since(longDay(earliest, language))
    if (fine(latest)) return speech.t.until(longDay(latest, language))
    return days.value ?? ''
  }
  if (earliest === latest) return longDay(earliest, language)
  const [year, mon] = earliest.split('-')
  if (earliest.endsWith('-01') && iso(new Date(parse(latest).getTime() + DAY)).endsWith('-01')) {
    if (latest.startsWith(`${year}-${mon}`)) return month(earliest, language)
    if (mon === '01' && latest === `${year}-12-31`) return year!
  }
  return `${longDay(earliest, language)} – ${longDay(latest, language)}`
}

/** A published value, which may be a day, a date-time, an interval, or nothing. */
export function published(value: string | null | undefined, language: string): string {
  if (!value) return ''
  return value
    .split('/')
    .map((part) => (fine(part.slice(0, 10)) ? longDay(part.slice(0, 10), language) : part))
    .join(' – ')
}

export const sameDays = (one: Days | null, other: Days | null): boolean =>
  one === other || (!!one && !!other && one.earliest === other.earliest && one.latest === other.latest && (!!one.earliest || one.value === other.value))

/** The first and last day of a period such as `2026`, `2026-02`, `2026-W06`, `2026-02-06`. */
export function bounds(period: string): { since: string; until: string } {
  const week = /^(\d{4})-W(\d\d)$/.exec(period)
  if (week) {
    const fourth = Date.UTC(Number(week[1]), 0, 4)
    const monday = fourth - ((new Date(fourth).getUTCDay() + 6) % 7) * DAY + (Number(week[2]) - 1) * 7 * DAY
    return { since: iso(new Date(monday)), until: iso(new Date(monday + 6 * DAY)) }
  }
  if (/^\d{4}$/.test(period)) return { since: `${period}-01-01`, until: `${period}-12-31` }
  const parts = /^(\d{4})-(\d\d)$/.exec(period)
  if (parts) return { since: `${period}-01`, until: iso(new Date(Date.UTC(Number(parts[1]), Number(parts[2]), 0))) }
  return { since: period, until: period }
}

/** The period that a day belongs to. */
export function periodOf(day: string, by: By): string {
  if (by === 'day') return day
  if (by === 'month') return day.slice(0, 7)
  if (by === 'year') return day.slice(0, 4)
  const date = parse(day)
  const thursday = new Date(date.getTime() + (3 - ((date.getUTCDay() + 6) % 7)) * DAY)
  const year = thursday.getUTCFullYear()
  const number = 1 + Math.floor((thursday.getTime() - Date.UTC(year, 0, 1)) / (7 * DAY))
  return `${year}-W${String(number).padStart(2, '0')}`
}

/** Every period from the first to the last, so that an empty one is seen as empty; the two alone where that would be too many. */
export function periods(first: string, last: string, by: By, most = 800): string[] {
  const all: string[] = []
  let at = parse(bounds(first).since)
  while (all.length <= most) {
    const period = periodOf(iso(at), by)
    all.push(period)
    if (period >= last) return all
    at = new Date(parse(bounds(period).until).getTime() + DAY)
  }
  return []
}

/** A period in words. */
export function periodName(period: string, language: string): string {
  const { since, until } = bounds(period)
  if (!fine(since)) return period
  return period.includes('W') ? `${period} (${longDay(since, language)})` : stretch({ earliest: since, latest: until }, language)
}
