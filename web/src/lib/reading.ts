// A coded dispatch as it is read: blocks, within them sentences, within them pieces of text, each with what is said of it; and the facts, each with its characters.
//
// In goes a coded dispatch; spans that overlap are cut at every bound, so that a piece has one set of layers and one set of facts.
import { Scalars } from './scalars'
import { slugOf } from './quads'
import type { CodedDispatch, CodedEvent, CodedStatement, Span } from './types'

export type Layer = 'mention' | 'time' | 'event' | 'statement'
export type FactKind = 'event' | 'statement' | 'entity' | 'time' | 'role'

export interface Fact {
  id: string
  kind: FactKind
  /** The characters that are the fact itself. */
  spans: Span[]
  /** Which sentences it stands in. */
  sentences: number[]
  event?: CodedEvent
  statement?: CodedStatement
  label: string
  note: string
  country: string | null
}

export interface Piece { text: string; layers: Layer[]; slug: string; facts: string[] }
export interface Stretch { sentence: number | null; pieces: Piece[]; facts: string[] }
export interface ShownBlock { kind: string; stretches: Stretch[]; debris: boolean }

const DEBRIS = new Set(['foreign_caption', 'related', 'share', 'navigation', 'other'])
const LAYER: Record<FactKind, Layer | null> = { event: 'event', statement: 'statement', entity: 'mention', time: 'time', role: null }

function sentencesOf(coded: CodedDispatch, spans: readonly Span[]): number[] {
  const found = new Set<number>()
  for (const span of spans) coded.sentences.forEach((sentence, at) => { if (span.start < sentence.end && sentence.start < span.end) found.add(at) })
  return [...found].sort((a, b) => a - b)
}

export function facts(coded: CodedDispatch): Fact[] {
  const all: Fact[] = []
  const add = (fact: Omit<Fact, 'sentences'>, sentences?: number[]): void => {
    all.push({ ...fact, sentences: sentences ?? sentencesOf(coded, fact.spans) })
  }
  for (const event of coded.events) {
    const spans = [event.trigger, ...event.also].map(({ start, end }) => ({ start, end }))
    const sentences = sentencesOf(coded, spans)
    add({ id: event.id, kind: 'event', spans, event, label: event.type, note: '', country: null }, sentences.length ? sentences : [event.sentence])
  }
  for (const statement of coded.statements) {
    const spans = [statement.content, ...(statement.verb ? [statement.verb] : [])].map(({ start, end }) => ({ start, end }))
    add({ id: statement.id, kind: 'statement', spans, statement, label: statement.speaker?.text ?? '', note: statement.claim, country: null })
  }
  const mentions = new Map<string, Span[]>()
  for (const mention of coded.mentions) {
    const key = mention.entity ?? mention.id
    mentions.set(key, [...(mentions.get(key) ?? []), { start: mention.start, end: mention.end }])
  }
  const entities = new Map(coded.entities.map((entity) => [entity.id, entity]))
  for (const [key, spans] of mentions) {
    const entity = entities.get(key)
    const mention = coded.mentions.find((one) => one.id === key)
    add({ id: key, kind: 'entity', spans, label: entity?.name ?? mention?.text ?? key, note: entity?.kind ?? mention?.kind ?? '', country: entity?.country ?? null })
  }
  for (const timex of coded.timexes) add({ id: timex.id, kind: 'time', spans: [{ start: timex.start, end: timex.end }], label: timex.text, note: timex.value ?? '', country: null })
  coded.roles.forEach((role, at) =>
    add({ id: `r${at + 1}`, kind: 'role', spans: [{ start: role.start, end: role.end }], label: entities.get(role.entity)?.name ?? '', note: [role.office, role.body].filter(Boolean).join(', '), country: role.country }),
  )
  return all
}

/** The text of a dispatch up to `most` scalar values, in blocks; what stands between blocks is shown as beside the article. */
export function blocks(coded: CodedDispatch, found: readonly Fact[], most: number): ShownBlock[] {
  const text = new Scalars(coded.dispatch.text)
  const end = Math.min(text.length, most)
  const marks = found.flatMap((fact) => {
    const layer = LAYER[fact.kind]
    return fact.spans.map((span) => ({ ...span, layer, fact: fact.id, slug: fact.event ? slugOf(fact.event.quad) : '' }))
  })
  marks.sort((a, b) => a.start - b.start)
  const bounded: (Span & { kind: string })[] = []
  let at = 0
  for (const block of [...coded.dispatch.blocks].sort((a, b) => a.start - b.start)) {
    if (block.start > at && text.slice(at, block.start).trim()) bounded.push({ start: at, end: block.start, kind: 'other' })
    if (block.end > Math.max(at, block.start)) bounded.push({ start: Math.max(at, block.start), end: block.end, kind: block.kind })
    at = Math.max(at, block.end)
  }
  if (at < text.length && text.slice(at, text.length).trim()) bounded.push({ start: at, end: text.length, kind: bounded.length ? 'other' : 'body' })

  const pieces = (from: number, to: number): Piece[] => {
    const within = marks.filter((mark) => mark.start < to && from < mark.end)
    const cuts = [...new Set([from, to, ...within.flatMap(({ start, end }) => [start, end])])].filter((cut) => cut >= from && cut <= to).sort((a, b) => a - b)
    return cuts.slice(0, -1).map((start, index) => {
      const stop = cuts[index + 1]!
      const over = within.filter((mark) => mark.start < stop && start < mark.end)
      return {
        text: text.slice(start, stop),
        layers: [...new Set(over.flatMap((mark) => (mark.layer ? [mark.layer] : [])))],
        slug: over.find((mark) => mark.slug)?.slug ?? '',
        facts: [...new Set(over.map((mark) => mark.fact))],
      }
    })
  }
  return bounded
    .filter((block) => block.start < end)
    .map((block) => {
      const last = Math.min(block.end, end)
      const stretches: Stretch[] = []
      let from = block.start
      coded.sentences.forEach((sentence, number) => {
        const [start, stop] = [Math.max(sentence.start, from), Math.min(sentence.end, last)]
        if (start >= stop) return
        if (start > from) stretches.push({ sentence: null, pieces: pieces(from, start), facts: [] })
        const inside = found.filter((fact) => fact.sentences.includes(number)).map((fact) => fact.id)
        stretches.push({ sentence: number, pieces: pieces(start, stop), facts: inside })
        from = stop
      })
      if (from < last) stretches.push({ sentence: null, pieces: pieces(from, last), facts: [] })
      return { kind: block.kind, stretches, debris: DEBRIS.has(block.kind) }
    })
}
