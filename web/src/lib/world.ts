// Outlines of the world, from Natural Earth at 1:110,000,000, in a file of its own that is fetched when a map is looked at.
import { feature, mesh } from 'topojson-client'
import type { GeometryCollection, Topology } from 'topojson-specification'
import atlas from 'world-atlas/countries-110m.json'

const topology = atlas as unknown as Topology<{ countries: GeometryCollection; land: GeometryCollection }>
export const land = feature(topology, topology.objects.land)
export const borders = mesh(topology, topology.objects.countries, (one, other) => one !== other)
