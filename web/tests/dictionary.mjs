// The room's own dictionaries, stripped of their types as they are read.
import { readFileSync, writeFileSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import ts from 'typescript'

async function read(language) {
  const source = readFileSync(new URL(`../src/dict/${language}.ts`, import.meta.url), 'utf8')
  const { outputText } = ts.transpileModule(source, { compilerOptions: { module: ts.ModuleKind.ESNext, target: ts.ScriptTarget.ES2022 } })
  const folder = mkdtempSync(join(tmpdir(), 'room-'))
  const file = join(folder, `${language}.mjs`)
  writeFileSync(file, outputText)
  try {
    return (await import(pathToFileURL(file).href))[language]
  } finally {
    rmSync(folder, { recursive: true })
  }
}

export const en = await read('en')
export const fr = await read('fr')
