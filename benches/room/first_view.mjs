// How long the room takes to show its first happenings, in a browser that has nothing of it yet: `node first_view.mjs URL`, ten times, in milliseconds.
import { createRequire } from "node:module";

const { chromium } = createRequire(new URL("../../web/package.json", import.meta.url))("playwright-core");
const [url] = process.argv.slice(2);
const browser = await chromium.launch({ executablePath: "/usr/bin/chromium", args: ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"] });
const times = [];
for (let round = 0; round < 10; round += 1) {
  const context = await browser.newContext();
  const page = await context.newPage();
  const begun = performance.now();
  await page.goto(url);
  await page.locator("article.item").first().waitFor();
  times.push(performance.now() - begun);
  await context.close();
}
await browser.close();
times.sort((one, other) => one - other);
console.log(`first view: p50 ${times[5].toFixed(0)} ms, slowest ${times[9].toFixed(0)} ms`);
