// The network laid out: sizes, colours, places. The same answer gives the same picture.
import Graph from 'graphology'
import forceAtlas2 from 'graphology-layout-forceatlas2'
import type { NetworkAnswer } from './types'
import { tidy } from './scalars'

export interface Colours { ink: string; node: string; cooperation: string; conflict: string; even: string; paper: string }

/** Colours of the theme that is shown now; a canvas knows no variables. */
export function colours(): Colours {
  const style = getComputedStyle(document.documentElement)
  const read = (name: string): string => style.getPropertyValue(name).trim()
  return { ink: read('--ink'), node: read('--accent'), cooperation: read('--mc'), conflict: read('--mk'), even: read('--firm'), paper: read('--paper') }
}

export function layOut(answer: NetworkAnswer, colour: Colours): Graph {
  const graph = new Graph({ type: 'undirected', multi: false })
  const nodes = [...answer.nodes].sort((a, b) => b.happenings - a.happenings || (a.id < b.id ? -1 : 1))
  const most = Math.max(1, ...nodes.map((node) => node.happenings))
  nodes.forEach((node, at) => {
    // A spiral of the golden angle: the heaviest in the middle, none upon another.
    const [angle, radius] = [at * 2.399963, 10 * Math.sqrt(at + 0.5)]
    graph.addNode(node.id, {
      label: tidy(node.name, 40),
      x: radius * Math.cos(angle),
      y: radius * Math.sin(angle),
      size: 4 + 14 * Math.sqrt(node.happenings / most),
      color: colour.node,
      happenings: node.happenings,
    })
  })
  const heaviest = Math.max(1, ...answer.edges.map((edge) => edge.happenings))
  for (const edge of answer.edges) {
    if (!graph.hasNode(edge.source) || !graph.hasNode(edge.target) || edge.source === edge.target || graph.hasEdge(edge.source, edge.target)) continue
    graph.addEdge(edge.source, edge.target, {
      size: 1 + 7 * Math.sqrt(edge.happenings / heaviest),
      weight: edge.happenings,
      color: edge.goldstein_mean > 0.5 ? colour.cooperation : edge.goldstein_mean < -0.5 ? colour.conflict : colour.even,
    })
  }
  if (graph.order > 1) {
    forceAtlas2.assign(graph, {
      iterations: graph.order > 300 ? 120 : 300,
      getEdgeWeight: (_, attributes) => Math.log1p(Number(attributes.weight)),
      settings: { gravity: 0.08, scalingRatio: 10, strongGravityMode: true, adjustSizes: true, barnesHutOptimize: graph.order > 400, slowDown: 3 },
    })
  }
  return graph
}
