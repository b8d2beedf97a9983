// The four quad classes and the types of each, in the order in which they are drawn.
import type { Quad, Quads } from './types'

export const QUADS: readonly { quad: Quad; key: keyof Quads; slug: string }[] = [
  { quad: 'verbal cooperation', key: 'verbal_cooperation', slug: 'vc' },
  { quad: 'material cooperation', key: 'material_cooperation', slug: 'mc' },
  { quad: 'verbal conflict', key: 'verbal_conflict', slug: 'vk' },
  { quad: 'material conflict', key: 'material_conflict', slug: 'mk' },
]

const TYPES: Record<Quad, readonly string[]> = {
  'verbal cooperation': ['AGREE', 'CONSULT', 'SUPPORT', 'CONCEDE'],
  'material cooperation': ['COOPERATE', 'AID', 'RETREAT'],
  'verbal conflict': ['REQUEST', 'ACCUSE', 'REJECT', 'THREATEN'],
  'material conflict': ['PROTEST', 'SANCTION', 'MOBILIZE', 'COERCE', 'ASSAULT'],
}

export const typesOf = (quad: Quad): readonly string[] => TYPES[quad]
export const quadOf = (type: string): Quad => QUADS.find(({ quad }) => TYPES[quad].includes(type))?.quad ?? 'verbal cooperation'
export const slugOf = (quad: string | undefined): string => QUADS.find((one) => one.quad === quad)?.slug ?? 'vc'
export const STATUSES = ['occurred', 'ongoing', 'planned', 'hypothetical', 'alleged', 'denied'] as const
