// The network drawn by sigma, in a file of its own that is fetched when a network is looked at.
import type Graph from 'graphology'
import Sigma from 'sigma'
import type { Colours } from './graph'

export interface Drawn {
  select: (node: string | null) => void
  end: () => void
}

export function draw(graph: Graph, container: HTMLElement, colour: Colours, pick: (node: string | null) => void): Drawn {
  let chosen: string | null = null
  // On a phone all of it is drawn smaller.
  const scale = Math.max(0.45, Math.min(1, container.clientWidth / 760))
  const faint = `${colour.even}30`
  const sigma = new Sigma(graph, container, {
    labelColor: { color: colour.ink },
    labelFont: '"Source Sans 3", sans-serif',
    labelSize: 14,
    labelRenderedSizeThreshold: 2,
    labelDensity: 1,
    labelGridCellSize: 110,
    stagePadding: 40,
    minCameraRatio: 0.2,
    maxCameraRatio: 3,
    defaultDrawNodeHover: (context, data) => {
      context.fillStyle = colour.paper
      context.strokeStyle = colour.ink
      context.font = '600 14px "Source Sans 3", sans-serif'
      const text = data.label ?? ''
      const width = context.measureText(text).width
      context.beginPath()
      context.roundRect(data.x + data.size + 1, data.y - 12, width + 12, 24, 4)
      context.fill()
      context.stroke()
      context.fillStyle = colour.ink
      context.fillText(text, data.x + data.size + 7, data.y + 5)
    },
    nodeReducer: (node, data) => ({
      ...data,
      size: Number(data.size) * scale,
      ...(chosen && node !== chosen && !graph.areNeighbors(node, chosen) && { color: faint, label: '' }),
    }),
    edgeReducer: (edge, data) => ({ ...data, size: Number(data.size) * scale, hidden: chosen !== null && !graph.hasExtremity(edge, chosen) }),
  })
  sigma.on('clickNode', ({ node }) => pick(node))
  sigma.on('clickStage', () => pick(null))
  return {
    select: (node) => {
      chosen = node && graph.hasNode(node) ? node : null
      sigma.refresh()
    },
    end: () => sigma.kill(),
  }
}
