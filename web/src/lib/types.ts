// Shapes of what the API answers, as far as the room reads them.

export type Quad = 'verbal cooperation' | 'material cooperation' | 'verbal conflict' | 'material conflict'
export type Status = 'occurred' | 'planned' | 'ongoing' | 'hypothetical' | 'denied' | 'alleged'

export interface Party { id: string | null; name: string; country: string | null }
export interface PlaceName { name: string; country: string | null }
export interface Days { value: string; earliest: string | null; latest: string | null }
export interface ReportRef { dispatch: string; event: string; publisher: string | null; independent: boolean }

export interface Happening {
  id: string
  type: string
  mode: string | null
  status: Status
  actors: Party[]
  recipients: Party[]
  place: PlaceName | null
  when: Days | null
  reports: ReportRef[]
  disagreements: number
  goldstein?: number
  quad?: Quad
  sources?: number
}

export interface Evidence {
  dispatch: string
  id: string
  publisher: string | null
  published: string | null
  start: number
  end: number
  sentence: { start: number; end: number; text: string }
}

export interface PartyDetail {
  side: string
  id: string | null
  kind: string | null
  name: string
  text: string
  country: string | null
  sector: string | null
  office: string | null
}

export interface Disagreement { field: string; values: { value: string; reports: ReportRef[] }[] }
export interface DisagreementRow extends Disagreement { happening: string }

export interface HappeningDetail extends Happening {
  contexts: string[]
  cameo: string
  topics: string[]
  confidence: number | null
  parties: PartyDetail[]
  lat: number | null
  lon: number | null
  count: number | null
  dispatches: { id: string; url: string | null; publisher: string | null; published: string | null; title: string | null; language: string | null }[]
  evidence: Evidence[]
  disagreements_listed: Disagreement[]
  origin: { source: string; row: string; url: string | null; publisher: string | null; published: string | null } | null
}

export interface RecordInfo {
  dispatches: number
  events: number
  happenings: number
  statements: number
  commitments: number
  actors: number
  sources: { id: string; name: string; country: string | null; state: boolean | null }[]
  types: { name: string; happenings: number }[]
  statuses: { name: string; happenings: number }[]
  countries: { code: string; name: string; happenings: number }[]
  languages: { code: string; dispatches: number }[]
  first: string | null
  last: string | null
  version: string
}

export interface Quads { verbal_cooperation: number; material_cooperation: number; verbal_conflict: number; material_conflict: number }
export type By = 'day' | 'week' | 'month' | 'year'
export interface DensityRow extends Quads { period: string; happenings: number }
export interface Density { by: By; rows: DensityRow[]; undated: number }
export interface SeriesRow extends Quads {
  from: string
  to: string
  period: string | null
  goldstein_mean: number
  happenings: number
  reports: number
  dispatches: number
}

export interface ActorRow {
  id: string
  kind: string
  name: string
  names: string[]
  country: string | null
  offices: string[]
  dispatches: number
  happenings: number
}
export interface OfficeRow {
  office: string
  body: string | null
  country: string | null
  holder: { id: string | null; name: string }
  earliest: string | null
  latest: string | null
  evidence: { dispatch: string; publisher: string | null; as_of: string | null; start: number; end: number }[]
}
export interface StatementRow {
  id: string
  dispatch: string
  publisher: string | null
  published: string | null
  speaker: string | null
  speaker_id: string | null
  kind: string
  claim: string
  content: string
}
export interface CommitmentRow {
  id: string
  promisor: string | null
  voiced_by: string | null
  beneficiary: string | null
  polarity: string
  object: string
  when: Days | null
  statements: { dispatch: string; statement: string }[]
  restates: string[]
  widens: string[]
  narrows: string[]
  contradicts: string[]
}
export interface ActorProfile extends ActorRow {
  spellings: { name: string; dispatches: number }[]
  held: OfficeRow[]
  met: { id: string | null; name: string; country: string | null; happenings: number }[]
  statements: StatementRow[]
  commitments: CommitmentRow[]
  happenings_latest: Happening[]
}

export interface DispatchRow {
  id: string
  title: string | null
  publisher: string | null
  published: string | null
  language: string | null
  story: string | null
  report: string | null
}
export interface Span { start: number; end: number }
export interface Participant extends Span { entity: string | null; mention: string | null; text: string; country: string | null; sector: string | null }
export interface CodedEvent {
  id: string
  type: string
  mode: string | null
  contexts: string[]
  cameo: string
  goldstein: number
  quad: Quad
  status: Status
  actors: Participant[]
  recipients: Participant[]
  place: (Span & { text: string; name: string; country: string | null }) | null
  when: (Days & { timex: string | null }) | null
  count: (Span & { value: number }) | null
  topics: (Span & { text: string })[]
  trigger: Span & { text: string }
  sentence: number
  also: Span[]
  attribution: (Span & { text: string; kind: string })[]
  confidence: number
}
export interface CodedStatement {
  id: string
  speaker: (Span & { entity: string | null; text: string }) | null
  kind: string
  verb: (Span & { text: string }) | null
  content: Span & { text: string }
  claim: string
  commitment: { promisor: string | null; beneficiary: string | null; polarity: string; object: Span & { text: string } } | null
}
export interface CodedDispatch {
  id: string
  dispatch: {
    url: string | null
    publisher: (Span & { name: string }) | null
    language: string | null
    title: string | null
    byline: string | null
    published: { value: string | null; earliest: string | null; latest: string | null; method: string; confidence: number }
    text: string
    blocks: (Span & { kind: string })[]
  }
  sentences: Span[]
  mentions: (Span & { id: string; text: string; kind: string; entity: string | null })[]
  entities: { id: string; kind: string; name: string; country: string | null }[]
  roles: (Span & { entity: string; office: string; body: string | null; country: string | null; as_of: string | null })[]
  timexes: (Span & { id: string; text: string; type: string; value: string | null; earliest: string | null; latest: string | null })[]
  events: CodedEvent[]
  statements: CodedStatement[]
  warnings: { code: string; message: string }[]
}
export interface DispatchAnswer {
  coded: CodedDispatch
  happenings: { event: string; happening: string }[]
  story: { id: string; story: string; report: string; publisher: string | null; published: string | null; title: string | null }[]
  copies: unknown[]
}
export interface SearchHit {
  dispatch: string
  start: number
  end: number
  snippet: string
  score: number
  title: string | null
  publisher: string | null
  published: string | null
}
export interface Suggestion { kind: string; id: string | null; name: string; country: string | null; happenings: number | null }
export interface NetworkAnswer {
  nodes: { id: string; name: string; country: string | null; kind: string; happenings: number }[]
  edges: ({ source: string; target: string; happenings: number; goldstein_mean: number } & Quads)[]
}
export interface PlaceRow { name: string; country: string | null; lat: number | null; lon: number | null; happenings: number; types: Record<string, number> }
export interface Rows<Row> { rows: Row[]; next?: string | null }
