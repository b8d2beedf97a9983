// Drives the room in a browser against the real program: every page, both languages, both themes, keyboard, phone, exports, hostile dispatches, faults.
//
// In go the program and three records (ROOM_DEPECHE, ROOM_DEMO, ROOM_FULL, ROOM_EMPTY) and a folder for what it leaves (ROOM_OUT): screenshots and weights.json. With ROOM_PICTURES, pictures for
// the README are written there too. It ends with 1 when anything fails.
import AxeBuilder from '@axe-core/playwright'
import assert from 'node:assert/strict'
import { copyFileSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { chromium } from 'playwright-core'
import { en } from './dictionary.mjs'
import { fr } from './dictionary.mjs'
import { ingest, serve } from './program.mjs'

const OUT = process.env.ROOM_OUT ?? '../target/room-check'
const ARGUMENTS = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync', '--use-angle=swiftshader', '--enable-unsafe-swiftshader']
const MOST_BYTES = 400 * 1024
const ALGIERS = 'examples/dispatches/2021-08-25-alger-rabat.txt'
const HOSTILE = ['room/hostile', 'room/<b onmouseover=window.ran=1>#1']
const dispatch = (id) => `/dispatch/${encodeURIComponent(id)}`
const PAGES = {
  timeline: '/',
  dispatch: dispatch(ALGIERS),
  happening: `/happening/${encodeURIComponent('room/expulsion-1#v1')}`,
  actors: '/actors',
  actor: '/actor/SWE',
  between: '/between?between=SWE,NOR&with=DZA,MAR&by=year',
  network: '/network',
  map: '/map',
  pledges: '/pledges',
  disagreements: '/disagreements',
  search: '/search?text=Stockholm',
  try: '/try',
  about: '/about',
  missing: '/no-such-page',
}
/** Where the heading of a page is the interface's own, it must be in the language asked for. */
const HEADED = ['timeline', 'actors', 'between', 'network', 'map', 'pledges', 'disagreements', 'search', 'try', 'about']

let browser
let room
const complaints = []

async function open(path = '/', { language = 'en', scheme = 'light', width = 1280, height = 900, base = room.url, ...more } = {}) {
  const context = await browser.newContext({ colorScheme: scheme, viewport: { width, height }, locale: language === 'fr' ? 'fr-FR' : 'en-GB', acceptDownloads: true, ...more })
  const page = await context.newPage()
  page.setDefaultTimeout(15_000)
  page.on('pageerror', (error) => complaints.push(`${path}: ${error.message}`))
  page.on('console', (message) => {
    if (message.type() === 'error' && /Content.Security.Policy|Refused to/.test(message.text())) complaints.push(`${path}: ${message.text()}`)
  })
  page.on('dialog', (dialog) => {
    complaints.push(`${path}: a dialog opened`)
    void dialog.dismiss()
  })
  await page.goto(base + path)
  await settled(page)
  return page
}

/** Waits until a page has what it asked for. */
async function settled(page) {
  await page.locator('main h1, main h2').first().waitFor()
  await page.waitForLoadState('load')
  await page.waitForFunction(() => !document.querySelector('[aria-busy="true"]') && document.fonts.status === 'loaded')
  await page.waitForTimeout(250)
}

const close = (page) => page.context().close()
const address = (page) => new URL(page.url())

async function downloaded(page, click) {
  const [download] = await Promise.all([page.waitForEvent('download'), click()])
  return { name: download.suggestedFilename(), bytes: readFileSync(await download.path()) }
}

before(async () => {
  mkdirSync(OUT, { recursive: true })
  room = await serve(process.env.ROOM_FULL)
  browser = await chromium.launch({ executablePath: process.env.ROOM_CHROMIUM ?? '/usr/bin/chromium', args: ARGUMENTS })
})

after(async () => {
  await browser?.close()
  await room?.end()
})

describe('timeline', () => {
  test('lists happenings by day, and opening one shows its evidence', async () => {
    const page = await open('/?actor=SWE&type=SANCTION')
    const item = page.locator('article.item').first()
    assert.match(await item.innerText(), /Sanction/)
    await item.locator('button.head').click()
    await item.locator('mark').first().waitFor()
    assert.equal(await item.locator('mark').first().innerText(), 'a expulsé')
    assert.equal(await item.locator('figure.report').count(), 2)
    assert.match(await item.innerText(), /a source of its own/)
    const versions = item.locator('.versions li .value')
    assert.deepEqual(await versions.allInnerTexts(), ['13', '15'])
    await close(page)
  })

  test('filters stand in the address bar, go back with it, and narrow the list', async () => {
    const page = await open('/')
    const all = await page.locator('article.item').count()
    await page.getByRole('checkbox', { name: 'Accuse' }).check()
    await settled(page)
    assert.equal(address(page).searchParams.get('type'), 'ACCUSE')
    const kinds = await page.locator('article.item .kind').allInnerTexts()
    assert.ok(kinds.length > 0 && kinds.every((kind) => kind.includes('Accuse')), kinds.join())
    await page.getByRole('checkbox', { name: /^alleged/ }).check()
    await settled(page)
    assert.ok((await page.locator('article.item').evaluateAll((items) => items.map((item) => item.dataset.status))).every((status) => status === 'alleged'))
    await page.goBack()
    await page.goBack()
    await settled(page)
    assert.equal(address(page).search, '')
    assert.equal(await page.locator('article.item').count(), all)
    await page.getByLabel('From', { exact: true }).fill('2024-05-01')
    await page.getByLabel('To', { exact: true }).fill('2024-05-31')
    await settled(page)
    assert.equal(address(page).searchParams.get('until'), '2024-05-31')
    await page.locator('button.chip').first().click()
    await settled(page)
    assert.equal(address(page).searchParams.get('since'), null)
    for (const [label, name, value] of [['Words in the dispatch', 'text', 'diplomates'], ['Topic', 'topic', 'coopération']]) {
      await page.goto(`${room.url}/`)
      await settled(page)
      await page.getByLabel(label).fill(value)
      await page.getByLabel(label).press('Enter')
      await settled(page)
      assert.equal(address(page).searchParams.get(name), value)
      assert.equal(await page.locator('.fault').count(), 0)
    }
    await page.goto(`${room.url}/`)
    await settled(page)
    const source = page.getByRole('combobox', { name: 'Source' })
    await source.selectOption({ index: 1 })
    await settled(page)
    assert.ok(address(page).searchParams.get('source'))
    assert.ok((await page.locator('article.item').count()) > 0)
    await close(page)
  })

  test('suggests actors by any word, and the keyboard takes one', async () => {
    const page = await open('/')
    const field = page.getByRole('combobox', { name: 'Actor' })
    await field.pressSequentially('alger', { delay: 20 })
    await page.getByRole('option').first().waitFor()
    await field.press('ArrowDown')
    assert.ok(await field.getAttribute('aria-activedescendant'))
    await field.press('Enter')
    await settled(page)
    assert.ok(address(page).searchParams.get('actor'))
    assert.ok((await page.locator('article.item').count()) > 0)
    await close(page)
  })

  test('the strip narrows by a drag and by the keyboard', async () => {
    const page = await open('/')
    const strip = page.locator('[data-density]')
    const box = await strip.boundingBox()
    await page.mouse.move(box.x + box.width * 0.6, box.y + 30)
    await page.mouse.down()
    await page.mouse.move(box.x + box.width * 0.9, box.y + 30, { steps: 4 })
    await page.mouse.up()
    await settled(page)
    const [since, until] = [address(page).searchParams.get('since'), address(page).searchParams.get('until')]
    assert.ok(since && until && since < until, `${since} ${until}`)
    await page.getByRole('button', { name: 'All dates' }).click()
    await settled(page)
    await strip.focus()
    await page.keyboard.press('End')
    await page.keyboard.press('Enter')
    await settled(page)
    assert.ok(address(page).searchParams.get('since') > since)
    await close(page)
  })

  test('what did not surely take place looks otherwise', async () => {
    const page = await open('/?status=planned&status=denied&status=alleged&status=occurred')
    while ((await page.locator('[data-more]').count()) > 0) {
      // The end of the list may have been fetched by itself meanwhile.
      await page.locator('[data-more]').click({ timeout: 1000 }).catch(() => {})
      await settled(page)
    }
    const look = (status, read) => page.locator(`article[data-status=${status}]`).first().evaluate(read)
    assert.equal(await look('planned', (item) => getComputedStyle(item).borderTopStyle), 'dashed')
    assert.equal(await look('occurred', (item) => getComputedStyle(item).borderTopStyle), 'solid')
    assert.match(await look('alleged', (item) => getComputedStyle(item).backgroundImage), /repeating-linear-gradient/)
    assert.match(await look('denied', (item) => getComputedStyle(item.querySelector('.who')).textDecorationLine), /line-through/)
    await close(page)
  })

  test('goes on page by page', async () => {
    const page = await open('/')
    const first = await page.locator('article.item').count()
    assert.equal(first, 40)
    await page.locator('[data-more]').scrollIntoViewIfNeeded()
    await page.waitForFunction((count) => document.querySelectorAll('article.item').length > count, first)
    const ids = await page.locator('article.item').evaluateAll((items) => items.map((item) => item.dataset.happening))
    assert.equal(new Set(ids).size, ids.length)
    await close(page)
  })
})

describe('dispatch', () => {
  test('a fact lights its sentence and a sentence its facts', async () => {
    const page = await open(dispatch(ALGIERS))
    const fact = page.locator('.fact.event', { hasText: 'a rompu' }).locator('button')
    await fact.hover()
    assert.match(await page.locator('.sentence.lit').innerText(), /L'Algérie a rompu mardi/)
    assert.equal(await page.locator('.piece.now').first().innerText(), 'a rompu')
    await page.mouse.move(0, 0)
    assert.equal(await page.locator('.sentence.lit').count(), 0)
    await page.locator('.sentence', { hasText: "L'Algérie a rompu mardi" }).hover()
    const lit = await page.locator('.fact.lit').allInnerTexts()
    assert.ok(lit.some((text) => text.includes('a rompu')) && lit.length > 2, lit.join('\n'))
    await page.mouse.move(0, 0)
    await fact.focus()
    assert.equal(await page.locator('.sentence.lit').count(), 1)
    await page.locator('.sentence .ref').nth(2).focus()
    assert.ok((await page.locator('.fact.lit').count()) > 0)
    await close(page)
  })

  test('shows the text unchanged, debris and all, in labelled blocks', async () => {
    const page = await open(dispatch(ALGIERS))
    const answer = await page.evaluate(async (id) => (await fetch(`/api/v1/dispatches/${encodeURIComponent(id)}`)).json(), ALGIERS)
    const shown = await page.locator('[data-text] .words').evaluateAll((blocks) => blocks.map((block) => block.textContent).join(''))
    const bare = (text) => text.replace(/\s+/g, '')
    assert.equal(bare(shown), bare(answer.coded.dispatch.text))
    const kinds = await page.locator('.block .kind').allInnerTexts()
    assert.ok(['Title', 'Lede', 'Body', 'Navigation'].every((kind) => kinds.includes(kind)), kinds.join())
    await close(page)
  })

  test('counts characters as the record does, beyond the basic plane too', async () => {
    const page = await open(`${dispatch('room/hostile')}?fact=v1`)
    assert.equal(await page.locator('.piece.now').first().innerText(), 'a accusé')
    await close(page)
  })

  test('leads to its happening and to an actor', async () => {
    const page = await open(dispatch(ALGIERS))
    await page.getByRole('link', { name: 'In the timeline' }).first().click()
    await page.locator('blockquote').first().waitFor()
    assert.match(address(page).pathname, /^\/happening\//)
    await page.locator('.facts a').first().click()
    await page.getByRole('heading', { name: 'Names found' }).waitFor()
    assert.match(address(page).pathname, /^\/actor\//)
    await close(page)
  })
})

describe('other pages', () => {
  test('actors are found by any spelling, and a name in another script is its own direction', async () => {
    const page = await open('/actors')
    const field = page.getByRole('combobox', { name: 'Find an actor' })
    await field.pressSequentially('choukri', { delay: 20 })
    await page.getByRole('option').first().click()
    await page.getByRole('heading', { level: 1 }).waitFor()
    await settled(page)
    assert.ok((await page.locator('h1 bdi[dir=auto]').count()) === 1 || address(page).searchParams.has('actor'))
    await close(page)
  })

  test('two countries over time: points open their happenings, another pair stands beside', async () => {
    const page = await open('/between?between=SWE,IRN&by=month')
    const column = page.locator('[data-series] .column', { has: page.locator('.dot') }).first()
    assert.match(await column.getAttribute('aria-label'), /happening/)
    await column.focus()
    await page.keyboard.press('Enter')
    await page.locator('[data-opened] article.item').first().waitFor()
    assert.match(address(page).searchParams.get('period'), /^\d{4}-\d\d$/)
    await page.getByLabel('First country of the other pair').selectOption('DZA')
    await page.getByLabel('Second country of the other pair').selectOption('MAR')
    await page.locator('[data-comparison] svg').first().waitFor()
    assert.equal(address(page).searchParams.get('with'), 'DZA,MAR')
    assert.match(await page.locator('[data-series]').innerText(), /Coverage: \d+ happenings? in \d+ reports?, from \d+ dispatch/)
    await close(page)
  })

  test('the network is drawn, told by a table, and fetched only when looked at', async () => {
    const fetched = []
    const page = await open('/')
    page.on('request', (request) => fetched.push(new URL(request.url()).pathname))
    await page.waitForTimeout(300)
    assert.ok(!fetched.some((path) => /drawn/.test(path)))
    await page.getByRole('link', { name: 'Network' }).click()
    await page.locator('[data-graph] canvas, svg.plain:not(.unshown)').first().waitFor()
    assert.ok(fetched.some((path) => /Network/.test(path)))
    await settled(page)
    assert.ok((await page.locator('tbody tr').count()) > 3)
    await page.locator('tbody .linkish').first().click()
    await page.locator('article.item').first().waitFor()
    assert.ok(address(page).searchParams.get('node'))
    await page.getByLabel('Level').selectOption('actor')
    await settled(page)
    assert.ok((await page.locator('tbody tr').count()) > 3)
    await close(page)
  })

  test('a point of the map lists what happened there', async () => {
    const page = await open('/map')
    await page.locator('path.land').waitFor()
    await page.locator('circle.point').first().focus()
    await page.keyboard.press('Enter')
    await page.locator('[data-opened] article.item').first().waitFor()
    assert.ok(address(page).searchParams.get('place'))
    assert.ok((await page.locator('tbody tr').count()) > 3)
    await close(page)
  })

  test('pledges stand in threads with what binds them', async () => {
    const page = await open('/pledges')
    const thread = page.locator('[data-thread]').first()
    const text = await thread.innerText()
    assert.match(text, /restates/)
    assert.match(text, /contradicts/)
    await close(page)
  })

  test('disagreements stand side by side', async () => {
    const page = await open('/disagreements')
    assert.deepEqual((await page.locator('.versions').first().locator('.value').allInnerTexts()).sort(), ['13', '15'])
    await page.locator('.group h2 a').first().click()
    await page.locator('blockquote').first().waitFor()
    await close(page)
  })

  test('search finds words, in other scripts too, and leads to the dispatch', async () => {
    const page = await open('/search')
    await page.getByLabel('Search the dispatches').fill('شكري')
    await page.keyboard.press('Enter')
    await page.locator('.hits li').first().waitFor()
    assert.equal(address(page).searchParams.get('text'), 'شكري')
    await page.locator('.hits a').first().click()
    await page.locator('.reading').waitFor()
    assert.match(decodeURIComponent(address(page).pathname), /right-to-left/)
    await close(page)
  })

  test('a pasted dispatch is coded', async () => {
    const page = await open('/try')
    await page.getByRole('button', { name: 'Put in an example' }).click()
    await page.getByRole('button', { name: 'Code it' }).click()
    await page.locator('[data-result] .fact').first().waitFor({ timeout: 60_000 })
    assert.ok((await page.locator('[data-result] .fact.event').count()) > 0)
    await page.screenshot({ path: join(OUT, 'try-coded.png') })
    await close(page)
  })
})

describe('language', () => {
  test('knows every country that the packs know', () => {
    const listed = readFileSync(new URL('../src/lib/regions.ts', import.meta.url), 'utf8')
    const codes = [...readFileSync(new URL('../../packs/countries.toml', import.meta.url), 'utf8').matchAll(/^([A-Z]{3}) = \{.*alpha2 = "([A-Z]{2})"/gm)]
    assert.ok(codes.length > 200)
    assert.deepEqual(codes.map(([, three, two]) => three + two).filter((both) => !listed.includes(both)), [])
  })

  for (const [language, words] of [['en', en], ['fr', fr]]) {
    test(`every page speaks ${words.name}`, async () => {
      const page = await open('/', { language })
      for (const name of HEADED) {
        await page.goto(`${room.url}${PAGES[name]}`)
        await settled(page)
        assert.equal(await page.locator('html').getAttribute('lang'), language)
        assert.equal(await page.locator('h1').first().innerText(), words[name].title, name)
        const other = language === 'en' ? fr : en
        const text = await page.locator('main').innerText()
        assert.ok(!text.includes(other[name].lead), name)
      }
      await close(page)
    })
  }

  test('is chosen, remembered, and carried by links', async () => {
    const page = await open('/', { language: 'en' })
    await page.getByRole('button', { name: 'Français' }).click()
    assert.equal(address(page).searchParams.get('lang'), 'fr')
    assert.equal(await page.locator('h1').innerText(), fr.timeline.title)
    await page.getByRole('link', { name: fr.nav.map }).click()
    await page.locator('circle.point').first().waitFor()
    assert.equal(address(page).searchParams.get('lang'), 'fr')
    await page.goto(`${room.url}/about`)
    await settled(page)
    assert.equal(await page.locator('h1').innerText(), fr.about.title)
    await close(page)
  })
})

describe('exports', { concurrency: 2 }, () => {
  for (const [name, path, kinds] of [
    ['timeline', '/', ['csv', 'json', 'svg', 'png']],
    ['dispatch', PAGES.dispatch, ['csv', 'json']],
    ['happening', PAGES.happening, ['csv', 'json']],
    ['actors', '/actors', ['csv', 'json']],
    ['actor', '/actor/SWE', ['csv', 'json']],
    ['between', '/between?between=SWE,IRN&by=month', ['csv', 'json', 'svg', 'png']],
    ['network', '/network', ['csv', 'json', 'svg', 'png']],
    ['map', '/map', ['csv', 'json', 'svg', 'png']],
    ['pledges', '/pledges', ['csv', 'json']],
    ['disagreements', '/disagreements', ['csv', 'json']],
    ['search', '/search?text=Stockholm', ['csv', 'json']],
    ['about', '/about', ['csv', 'json']],
  ]) {
    test(`${name} as ${kinds.join(', ')}`, async () => {
      const page = await open(path)
      for (const kind of kinds) {
        const file = await downloaded(page, () => page.locator(`[data-export=${kind}]`).first().click())
        assert.ok(file.name.endsWith(`.${kind}`), file.name)
        if (kind === 'csv') assert.ok(file.bytes.toString().split('\r\n').length > 2)
        if (kind === 'json') assert.ok(JSON.parse(file.bytes.toString()))
        if (kind === 'svg') assert.match(file.bytes.toString(), /^<svg[^>]+xmlns="http:\/\/www.w3.org\/2000\/svg"[\s\S]*<(rect|circle)/)
        if (kind === 'png') assert.ok(file.bytes.subarray(1, 4).toString() === 'PNG' && file.bytes.length > 2000)
        if (kind === 'svg' || kind === 'png') writeFileSync(join(OUT, `export-${name}.${kind}`), file.bytes)
      }
      await close(page)
    })
  }

  test('all that fits, from the program, and a link to what is shown', async () => {
    const page = await open('/?actor=SWE', { permissions: ['clipboard-read', 'clipboard-write'] })
    await page.locator('[data-export=link]').click()
    assert.equal(await page.evaluate(() => navigator.clipboard.readText()), page.url())
    for (const to of ['CSV', 'JSON lines', 'RSS']) {
      const file = await downloaded(page, () => page.locator('.exports').getByRole('link', { name: to, exact: true }).click())
      assert.ok(file.bytes.length > 100)
    }
    await close(page)
  })
})

describe('keyboard alone', () => {
  test('reaches the text, the pages and the evidence', async () => {
    const page = await open('/')
    await page.keyboard.press('Tab')
    assert.equal(await page.evaluate(() => document.activeElement?.textContent), en.skip)
    await page.keyboard.press('Enter')
    assert.equal(await page.evaluate(() => document.activeElement?.id), 'main')
    const seen = new Set()
    for (let step = 0; step < 80; step += 1) {
      await page.keyboard.press('Tab')
      const at = await page.evaluate(() => {
        const now = document.activeElement
        const style = getComputedStyle(now)
        return { head: now.classList.contains('head'), tag: now.tagName, ringed: style.outlineStyle !== 'none' || now.matches('input[type=date]') }
      })
      seen.add(at.tag)
      assert.ok(at.ringed, `no visible focus on ${at.tag}`)
      if (at.head) break
    }
    assert.equal(await page.evaluate(() => document.activeElement?.classList.contains('head')), true)
    await page.keyboard.press('Enter')
    await page.locator('article.item mark').first().waitFor()
    assert.ok(seen.has('INPUT') && seen.has('SELECT'))
    await page.keyboard.press('Tab')
    await page.keyboard.press('Enter')
    await settled(page)
    assert.notEqual(address(page).pathname, '/')
    await close(page)
  })
})

describe('phone', { concurrency: 2 }, () => {
  for (const [name, path] of Object.entries(PAGES)) {
    test(`${name} fits 360 pixels`, async () => {
      const page = await open(path, { width: 360, height: 740, hasTouch: true, isMobile: true })
      const over = await page.evaluate(() => document.documentElement.scrollWidth - 360)
      assert.ok(over <= 0, `${over} pixels too wide`)
      await page.screenshot({ path: join(OUT, `${name}-phone.png`), fullPage: name !== 'timeline' })
      await close(page)
    })
  }

  test('has a menu', async () => {
    const page = await open('/', { width: 360, height: 740, hasTouch: true, isMobile: true })
    await page.getByRole('button', { name: 'Menu' }).click()
    await page.getByRole('link', { name: 'Pledges' }).click()
    await page.locator('article.pledge').first().waitFor()
    assert.equal(await page.getByRole('button', { name: 'Menu' }).getAttribute('aria-expanded'), 'false')
    await close(page)
  })
})

describe('themes and axe', { concurrency: 2 }, () => {
  for (const scheme of ['light', 'dark']) {
    for (const [name, path] of Object.entries(PAGES)) {
      test(`${name}, ${scheme}: axe finds nothing serious`, async () => {
        const page = await open(path, { scheme })
        await page.screenshot({ path: join(OUT, `${name}-${scheme}.png`) })
        if (name === 'timeline') {
          await page.locator('button.head').first().click()
          await page.locator('article.item mark').first().waitFor()
        }
        const { violations } = await new AxeBuilder({ page }).analyze()
        const grave = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical')
        assert.deepEqual(grave.map(({ id, nodes }) => `${id}: ${nodes.slice(0, 3).map((node) => `${node.html.slice(0, 160)} (${node.any[0]?.message ?? ''})`).join(' | ')}`), [])
        await close(page)
      })
    }
  }

  test('dark follows the system, and the switch is remembered', async () => {
    const page = await open('/about', { scheme: 'dark' })
    const theme = () => page.locator('html').getAttribute('data-theme')
    assert.equal(await theme(), 'dark')
    await page.locator('[data-theme-switch]').click()
    assert.equal(await theme(), 'light')
    await page.reload()
    await settled(page)
    assert.equal(await theme(), 'light')
    await close(page)
  })
})

describe('hostile dispatches', () => {
  test('are text on every page that shows them', async () => {
    const paths = ['/', '/?source=img-src-x-onerror-window-ran-1', '/actors', '/search?text=Oslo', '/search?text=%3Cscript%3E', ...HOSTILE.map(dispatch), `/happening/${encodeURIComponent('room/hostile#v1')}`, '/about', '/?text=%3Cimg%20src%3Dx%20onerror%3Dwindow.ran%3D1%3E', '/actor/%3Cimg%20src%3Dx%20onerror%3Dwindow.ran%3D1%3E', '/between?between=%3Cb%3E,SWE']
    for (const path of paths) {
      const page = await open(path)
      assert.equal(await page.evaluate(() => window.ran), undefined, path)
      assert.equal(await page.locator('main img, main script, main [onerror], main [onload], main [onmouseover]').count(), 0, path)
      assert.equal(await page.locator('a[href^="javascript:" i]').count(), 0, path)
      await close(page)
    }
    const page = await open(dispatch('room/hostile'))
    assert.match(await page.locator('[data-text]').innerText(), /<script>window\.ran=1<\/script>/)
    assert.match(await page.locator('[data-text]').innerText(), /<img src=x onerror="window\.ran=1">/)
    assert.equal(await page.locator('.control[data-code="U+202E"]').count(), 2)
    assert.ok(!(await page.locator('main').evaluate((main) => /[\u202a-\u202e\u2066-\u2069]/u.test(main.textContent))))
    await page.screenshot({ path: join(OUT, 'hostile.png') })
    await close(page)
  })
})

describe('faults', () => {
  test('an unknown thing and a malformed question say what to do', async () => {
    for (const path of [dispatch('no such dispatch'), '/actor/nobody-at-all', '/happening/none', '/?since=2024-02-31']) {
      const page = await open(path)
      const text = await page.locator('.fault').first().innerText()
      assert.match(text, /What happened/)
      assert.match(text, /What to do/, path)
      await close(page)
    }
  })

  test('an empty record shows how to fill it', async () => {
    const empty = await serve(process.env.ROOM_EMPTY)
    for (const language of ['en', 'fr']) {
      const page = await open('/', { base: empty.url, language })
      assert.match(await page.locator('[data-empty]').innerText(), /depeche ingest --db/)
      await page.screenshot({ path: join(OUT, `empty-${language}.png`) })
      await close(page)
    }
    const page = await open('/about', { base: empty.url })
    for (const path of ['/actors', '/network', '/map', '/pledges', '/disagreements', '/between']) {
      await page.goto(empty.url + path)
      await settled(page)
      assert.equal(await page.locator('.fault').count(), 0, path)
    }
    await close(page)
    await empty.end()
  })

  test('what comes while one looks is told', async () => {
    const record = join(OUT, 'growing.depeche')
    copyFileSync(process.env.ROOM_FULL, record)
    const growing = await serve(record)
    const page = await open('/', { base: growing.url })
    await ingest(record, '{"id":"room/late","published":"2024-11-04","language":"fr","text":"Oslo\\n\\nLe Danemark a accusé la Norvège lundi 4 novembre.\\n"}\n')
    await page.locator('.fresh').waitFor({ timeout: 30_000 })
    await page.getByRole('button', { name: 'Show them' }).click()
    await page.locator('article[data-happening="room/late#v1"]').waitFor()
    await close(page)
    await growing.end()
    rmSync(record)
  })

  test('a program that has ended is told, and found again', async () => {
    const brief = await serve(process.env.ROOM_DEMO)
    const page = await open('/about', { base: brief.url })
    await brief.end()
    await page.getByRole('link', { name: 'Timeline' }).click()
    await page.locator('.fault').first().waitFor()
    assert.match(await page.locator('.fault').first().innerText(), /no answer from depeche/)
    await page.screenshot({ path: join(OUT, 'offline.png') })
    const again = await serve(process.env.ROOM_DEMO, ['--address', new URL(brief.url).host])
    await page.getByRole('button', { name: 'Try again' }).first().click()
    await page.locator('article.item').first().waitFor()
    await close(page)
    await again.end()
  })

  test('a record that disappears is told', async () => {
    const record = join(OUT, 'leaving.depeche')
    copyFileSync(process.env.ROOM_DEMO, record)
    const leaving = await serve(record)
    const page = await open('/about', { base: leaving.url })
    rmSync(record)
    await page.getByRole('link', { name: 'Disagreements' }).click()
    await page.locator('.fault').first().waitFor()
    assert.match(await page.locator('.fault').first().innerText(), /What to do/)
    await page.screenshot({ path: join(OUT, 'gone.png') })
    await close(page)
    await leaving.end()
  })

  test('a room with a token asks for it', async () => {
    const shut = await serve(process.env.ROOM_DEMO, ['--token', 'open sesame, please'])
    const page = await open('/', { base: shut.url })
    const field = page.getByLabel('Token')
    await field.fill('wrong')
    await page.getByRole('button', { name: 'Enter' }).click()
    await page.getByText('That is not the token').waitFor()
    await page.screenshot({ path: join(OUT, 'sign-in.png') })
    const { violations } = await new AxeBuilder({ page }).analyze()
    assert.deepEqual(violations.filter(({ impact }) => impact === 'serious' || impact === 'critical').map(({ id }) => id), [])
    await field.fill('open sesame, please')
    await page.getByRole('button', { name: 'Enter' }).click()
    await page.locator('article.item').first().waitFor()
    await close(page)
    await shut.end()
  })
})

describe('weight', () => {
  test('every page is under 400 KiB compressed', async () => {
    const weights = {}
    for (const [name, path] of Object.entries(PAGES)) {
      const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, locale: 'en-GB' })
      const page = await context.newPage()
      const wire = await context.newCDPSession(page)
      await wire.send('Network.enable')
      let bytes = 0
      wire.on('Network.loadingFinished', ({ encodedDataLength }) => (bytes += encodedDataLength))
      wire.on('Network.dataReceived', () => {})
      await page.goto(room.url + path)
      await settled(page)
      await page.waitForTimeout(name === 'network' || name === 'map' ? 800 : 100)
      weights[name] = bytes
      await context.close()
    }
    writeFileSync(join(OUT, 'weights.json'), `${JSON.stringify(weights, null, 2)}\n`)
    console.log(Object.entries(weights).map(([name, bytes]) => `${name} ${(bytes / 1024).toFixed(0)} KiB`).join(', '))
    for (const [name, bytes] of Object.entries(weights)) assert.ok(bytes > 1000 && bytes < MOST_BYTES, `${name} weighs ${bytes} bytes`)
  })
})

test('pictures for the README', { skip: !process.env.ROOM_PICTURES }, async () => {
  const demo = await serve(process.env.ROOM_DEMO)
  const folder = process.env.ROOM_PICTURES
  mkdirSync(folder, { recursive: true })
  const size = { base: demo.url, width: 1080, height: 640 }
  const timeline = await open('/?since=2021-01-01', size)
  await timeline.evaluate(() => scrollTo(0, 0))
  await timeline.screenshot({ path: join(folder, 'timeline.png') })
  await close(timeline)
  const reading = await open(`${dispatch(ALGIERS)}?fact=v2`, size)
  await reading.locator('[data-fact=v2] button').hover()
  await reading.evaluate(() => scrollTo(0, 110))
  await reading.screenshot({ path: join(folder, 'dispatch.png') })
  await close(reading)
  const network = await open('/network', { ...size, scheme: 'dark' })
  await network.locator('[data-graph] canvas, svg.plain').first().waitFor()
  await network.waitForTimeout(800)
  await network.evaluate(() => scrollTo(0, 270))
  await network.screenshot({ path: join(folder, 'network.png') })
  await close(network)
  await demo.end()
  for (const name of ['timeline', 'dispatch', 'network']) assert.ok(readFileSync(join(folder, `${name}.png`)).length < 150 * 1024, name)
})

test('no page broke a rule of its policy or threw', () => {
  assert.deepEqual(complaints, [])
})
