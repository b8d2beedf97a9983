// The program under test: a server at a port of its own, and dispatches given to a record.
import { spawn } from 'node:child_process'

const PROGRAM = process.env.ROOM_DEPECHE

/** Starts `depeche serve` and answers its address and how to end it. */
export function serve(record, more = []) {
  const address = more.includes('--address') ? [] : ['--address', '127.0.0.1:0']
  const child = spawn(PROGRAM, ['serve', '--db', record, ...address, ...more], { stdio: ['ignore', 'pipe', 'inherit'] })
  const ended = new Promise((done) => child.once('exit', done))
  const end = async () => {
    child.kill('SIGTERM')
    const late = setTimeout(() => child.kill('SIGKILL'), 10_000)
    await ended
    clearTimeout(late)
  }
  return new Promise((ready, fail) => {
    let said = ''
    child.stdout.on('data', (piece) => {
      said += piece
      const line = said.indexOf('\n')
      if (line >= 0) ready({ url: said.slice(0, line).trim().replace(/\/$/, ''), end })
    })
    child.once('error', fail)
    child.once('exit', (code) => fail(new Error(`depeche serve --db ${record} ended with ${code}`)))
  })
}

/** Gives lines of JSON to `depeche ingest`. */
export function ingest(record, lines) {
  const child = spawn(PROGRAM, ['ingest', '--db', record, '--from', 'jsonl', '-'], { stdio: ['pipe', 'ignore', 'inherit'] })
  child.stdin.end(lines)
  return new Promise((done, fail) => child.once('exit', (code) => (code === 0 ? done() : fail(new Error(`depeche ingest ended with ${code}`)))))
}
