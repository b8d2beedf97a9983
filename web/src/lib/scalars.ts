// Offsets of the record count Unicode scalar values; strings of JavaScript count UTF-16 units. Here one becomes the other.

export class Scalars {
  /** Where each scalar value begins in UTF-16; none where the text has no surrogate and both counts agree. */
  readonly #starts: Uint32Array | null
  readonly length: number

  constructor(readonly text: string) {
    if (!/[\ud800-\udfff]/.test(text)) {
      this.#starts = null
      this.length = text.length
      return
    }
    const starts = new Uint32Array(text.length + 1)
    let count = 0
    for (let at = 0; at < text.length; count += 1) {
      starts[count] = at
      at += text.codePointAt(at)! > 0xffff ? 2 : 1
    }
    starts[count] = text.length
    this.#starts = starts.subarray(0, count + 1)
    this.length = count
  }

  slice(start: number, end: number): string {
    const at = (offset: number): number => {
      const within = Math.max(0, Math.min(offset, this.length))
      return this.#starts ? this.#starts[within]! : within
    }
    return this.text.slice(at(start), at(end))
  }
}

/** Controls of writing direction, by which a text could make what stands beside it read otherwise. */
const DIRECTION = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu

/** A name or title for one line of the interface: without controls of direction, and not endless. */
export function tidy(text: string | null | undefined, most = 240): string {
  const plain = (text ?? '').replace(DIRECTION, '')
  return plain.length > most ? `${plain.slice(0, most).trimEnd()}…` : plain
}

/** A text cut at its controls of direction, which are shown and not obeyed. */
export function controlsApart(text: string): { text: string; control: string | null }[] {
  const parts: { text: string; control: string | null }[] = []
  let at = 0
  for (const found of text.matchAll(DIRECTION)) {
    if (found.index > at) parts.push({ text: text.slice(at, found.index), control: null })
    parts.push({ text: '', control: `U+${found[0].codePointAt(0)!.toString(16).toUpperCase().padStart(4, '0')}` })
    at = found.index + found[0].length
  }
  if (at < text.length) parts.push({ text: text.slice(at), control: null })
  return parts
}
