// What is shown, as a file: rows as CSV or JSON, a drawing as SVG or PNG.

function save(name: string, content: Blob): void {
  const url = URL.createObjectURL(content)
  const anchor = document.createElement('a')
  anchor.href = url
  anchor.download = name
  document.body.append(anchor)
  anchor.click()
  anchor.remove()
  setTimeout(() => URL.revokeObjectURL(url), 10_000)
}

const flat = (value: unknown): string => {
  if (value === null || value === undefined) return ''
  if (Array.isArray(value)) return value.map(flat).join('; ')
  if (typeof value === 'object') {
    const named = value as { name?: unknown; value?: unknown; dispatch?: unknown; event?: unknown; statement?: unknown }
    if (named.dispatch !== undefined && (named.event ?? named.statement) !== undefined) return `${flat(named.dispatch)}#${flat(named.event ?? named.statement)}`
    if (named.value !== undefined) return flat(named.value)
    if (named.name !== undefined) return flat(named.name)
    return JSON.stringify(value)
  }
  return String(value)
}

const cell = (text: string): string => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text)

export function csv(rows: readonly object[]): string {
  const columns = [...new Set(rows.flatMap((row) => Object.keys(row)))]
  const lines = rows.map((row) => columns.map((column) => cell(flat((row as Record<string, unknown>)[column]))).join(','))
  return [columns.map(cell).join(','), ...lines].join('\r\n') + '\r\n'
}

export const saveCsv = (name: string, rows: readonly object[]): void => save(`${name}.csv`, new Blob([csv(rows)], { type: 'text/csv;charset=utf-8' }))
export const saveJson = (name: string, value: unknown): void =>
  save(`${name}.json`, new Blob([`${JSON.stringify(value, null, 2)}\n`], { type: 'application/json' }))

/** Styles that a drawing takes from the sheet, written on its elements so that it looks the same alone. */
const STYLES = ['fill', 'stroke', 'stroke-width', 'stroke-dasharray', 'fill-opacity', 'stroke-opacity', 'opacity', 'font-size', 'font-weight', 'text-anchor'] as const

export function alone(drawing: SVGSVGElement): { text: string; width: number; height: number } {
  const copy = drawing.cloneNode(true) as SVGSVGElement
  const originals = [drawing, ...drawing.querySelectorAll<SVGElement>('*')]
  const copies = [copy, ...copy.querySelectorAll<SVGElement>('*')]
  originals.forEach((original, at) => {
    const style = getComputedStyle(original)
    const target = copies[at]!
    for (const name of STYLES) target.setAttribute(name, style.getPropertyValue(name))
    for (const name of ['class', 'style', 'tabindex', 'role', 'aria-label']) target.removeAttribute(name)
  })
  copy.querySelectorAll('[data-aid]').forEach((aid) => aid.remove())
  const { width, height } = drawing.getBoundingClientRect()
  copy.setAttribute('xmlns', 'http://www.w3.org/2000/svg')
  copy.setAttribute('width', String(Math.round(width)))
  copy.setAttribute('height', String(Math.round(height)))
  copy.setAttribute('font-family', 'Source Sans 3, Segoe UI, Helvetica, Arial, sans-serif')
  const paper = document.createElementNS('http://www.w3.org/2000/svg', 'rect')
  const box = drawing.viewBox.baseVal
  const whole = box && box.width > 0 ? box : { x: 0, y: 0, width, height }
  for (const side of ['x', 'y', 'width', 'height'] as const) paper.setAttribute(side, String(whole[side]))
  paper.setAttribute('fill', getComputedStyle(document.body).backgroundColor)
  copy.prepend(paper)
  return { text: new XMLSerializer().serializeToString(copy), width, height }
}

export const saveSvg = (name: string, drawing: SVGSVGElement): void => save(`${name}.svg`, new Blob([alone(drawing).text], { type: 'image/svg+xml' }))

export async function savePng(name: string, drawing: SVGSVGElement): Promise<void> {
  const { text, width, height } = alone(drawing)
  const url = URL.createObjectURL(new Blob([text], { type: 'image/svg+xml' }))
  try {
    const image = new Image()
    image.src = url
    await image.decode()
    const canvas = document.createElement('canvas')
    canvas.width = Math.round(width * 2)
    canvas.height = Math.round(height * 2)
    canvas.getContext('2d')!.drawImage(image, 0, 0, canvas.width, canvas.height)
    const content = await new Promise<Blob | null>((done) => canvas.toBlob(done, 'image/png'))
    if (content) save(`${name}.png`, content)
  } finally {
    URL.revokeObjectURL(url)
  }
}
