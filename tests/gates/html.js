// Proves that HTML reports are what they claim: valid, accessible in light and dark, whole without scripts, silent on the
// network, inert whatever the estate is called, printable, with pictures that show something.
//
// usage: NODE_PATH=…/node_modules node html.js [--shots FOLDER] [--load MILLISECONDS] FILE…
//        NODE_PATH=…/node_modules node html.js --self-test FILE
//
// Needs Chromium (CHROMIUM, or chromium on the path) and Java for the Nu validator. Above 6 MB the accessibility, print
// and validator runs are left out, and the script says so: they take minutes there and see the same templates.
// `--self-test` plants a fault of each family into copies of the file; each must be refused for that fault.
"use strict";

const fs = require("fs");
const os = require("os");
const path = require("path");
const zlib = require("zlib");
const { spawnSync } = require("child_process");
const puppeteer = require("puppeteer-core");
const { HtmlValidate } = require("html-validate");

const axe = fs.readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");
const vnu = path.join(path.dirname(require.resolve("vnu-jar/package.json")), "build/dist/vnu.jar");
const LARGE = 6 * 1024 * 1024;
const TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa", "best-practice"];

// What a report is made of. Anything else came from the estate.
const ELEMENTS = new Set(
  ("html head meta title style body a header p h1 h2 h3 dl div dt dd details summary ul ol li code pre nav main section " +
    "article span strong table caption thead tbody tfoot tr th td br figure figcaption svg desc text tspan path rect line " +
    "circle label input select option button script").split(" "),
);
const ATTRIBUTES = new Set(
  ("lang charset http-equiv content name class href id aria-label aria-labelledby aria-hidden role tabindex scope colspan " +
    "rel title open hidden for type value autocomplete viewbox width height x y x1 x2 y1 y2 d fill rx cx cy r text-anchor")
    .split(" "),
);

function browserPath() {
  const candidates = [process.env.CHROMIUM, "/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];
  const found = candidates.find((candidate) => candidate && fs.existsSync(candidate));
  if (!found) {
    console.error("error: Chromium is missing; on Debian: apt-get install -y --no-install-recommends chromium");
    process.exit(2);
  }
  return found;
}

// The share of pixels of a PNG that differ from its first one, and how many colours it has.
function ink(png) {
  let at = 8;
  let width = 0;
  let height = 0;
  let channels = 0;
  const data = [];
  while (at < png.length) {
    const length = png.readUInt32BE(at);
    const type = png.toString("latin1", at + 4, at + 8);
    if (type === "IHDR") {
      width = png.readUInt32BE(at + 8);
      height = png.readUInt32BE(at + 12);
      channels = png[at + 17] === 6 ? 4 : 3;
    } else if (type === "IDAT") {
      data.push(png.subarray(at + 8, at + 8 + length));
    }
    at += 12 + length;
  }
  const raw = zlib.inflateSync(Buffer.concat(data));
  const stride = width * channels;
  let before = Buffer.alloc(stride);
  const colours = new Map();
  let first = null;
  let other = 0;
  for (let y = 0; y < height; y += 1) {
    const filter = raw[y * (stride + 1)];
    const line = Buffer.from(raw.subarray(y * (stride + 1) + 1, (y + 1) * (stride + 1)));
    for (let x = 0; x < stride; x += 1) {
      const a = x >= channels ? line[x - channels] : 0;
      const b = before[x];
      const c = x >= channels ? before[x - channels] : 0;
      let add = 0;
      if (filter === 1) add = a;
      else if (filter === 2) add = b;
      else if (filter === 3) add = (a + b) >> 1;
      else if (filter === 4) {
        const p = a + b - c;
        const [pa, pb, pc] = [Math.abs(p - a), Math.abs(p - b), Math.abs(p - c)];
        add = pa <= pb && pa <= pc ? a : pb <= pc ? b : c;
      }
      line[x] = (line[x] + add) & 255;
    }
    for (let x = 0; x < stride; x += channels) {
      const colour = (line[x] << 16) | (line[x + 1] << 8) | line[x + 2];
      if (first === null) first = colour;
      if (colour !== first) other += 1;
      colours.set(colour, (colours.get(colour) || 0) + 1);
    }
    before = line;
  }
  return { share: other / (width * height), colours: colours.size, width, height };
}

async function open(browser, file, options) {
  const page = await browser.newPage();
  const wrong = [];
  const own = "file://" + file;
  page.on("request", (request) => {
    if (request.url().split("#")[0] !== own) wrong.push(`external request: ${request.url().slice(0, 200)}`);
  });
  page.on("dialog", (dialog) => {
    wrong.push("script of the estate ran: a dialog");
    dialog.dismiss();
  });
  page.on("console", (message) => wrong.push(`console: ${message.text().slice(0, 300)}`));
  page.on("pageerror", (error) => wrong.push(`script error: ${error.message}`));
  await page.setJavaScriptEnabled(!options.withoutScript);
  await page.setViewport({ width: options.width || 1280, height: 900 });
  await page.emulateMediaFeatures([{ name: "prefers-color-scheme", value: options.scheme || "light" }]);
  const start = Date.now();
  await page.goto(own, { waitUntil: "load", timeout: 120000 });
  return { page, wrong, load: Date.now() - start };
}

// What the page holds, asked from inside of it.
function survey(elements, attributes) {
  const wrong = [];
  for (const element of document.querySelectorAll("*")) {
    const name = element.localName;
    if (!elements.includes(name)) wrong.push(`element made by the estate: ${name}`);
    for (const attribute of element.attributes) {
      if (!attributes.includes(attribute.name.toLowerCase())) wrong.push(`attribute made by the estate: ${attribute.name}`);
    }
    if (name === "a" && !/^(#[a-z0-9-]+|https:\/\/[!-~]+)$/.test(element.getAttribute("href"))) {
      wrong.push(`link: ${element.getAttribute("href")}`);
    }
  }
  for (const [name, count] of [["script", 1], ["style", 1], ["title:not(svg *)", 1], ["h1", 1], ["section", 11]]) {
    const there = document.querySelectorAll(name).length;
    if (there !== count) wrong.push(`${there} of ${name}, and it has to be ${count}`);
  }
  const ids = new Set([...document.querySelectorAll("[id]")].map((element) => element.id));
  for (const link of document.querySelectorAll('a[href^="#"]')) {
    if (!ids.has(link.getAttribute("href").slice(1))) wrong.push(`link to nothing: ${link.getAttribute("href")}`);
  }
  return wrong.slice(0, 20);
}

// What the pictures draw, against the tables under them.
function pictures() {
  const wrong = [];
  const number = (text) => Number(text.replace(/[^0-9]/g, ""));
  const isolation = document.querySelector("svg.isolation");
  if (isolation) {
    const rows = [...document.querySelectorAll("#isolation table")][0].querySelectorAll("tbody tr");
    const uses = [...rows].slice(0, 40).reduce((sum, row) => sum + row.querySelectorAll("td:nth-child(3) li").length, 0);
    const edges = isolation.querySelectorAll("path.edge").length;
    if (edges === 0 || edges > uses || (rows.length <= 15 && edges !== uses)) wrong.push(`picture isolation: ${edges} lines for ${uses} uses`);
    const failing = [...rows].some((row) => row.querySelector(".mark.fail"));
    const dashed = [...isolation.querySelectorAll("path.edge.fail")].filter((edge) => getComputedStyle(edge).strokeDasharray !== "none");
    if (failing && dashed.length === 0) wrong.push("picture isolation: no dashed line for a fail");
  }
  const ladder = document.querySelector("svg.ladder");
  if (ladder) {
    const said = number(ladder.querySelector("desc").textContent.split(" workloads")[0]);
    const drawn = [...ladder.querySelectorAll("circle.disc + text")].reduce((sum, text) => sum + number(text.firstChild.textContent), 0);
    if (said !== drawn || said === 0) wrong.push(`picture ladder: ${drawn} of ${said} workloads are drawn`);
  }
  const runs = document.querySelectorAll("#trend tbody tr").length;
  for (const trend of document.querySelectorAll("svg.trend")) {
    for (const line of trend.querySelectorAll("path.line")) {
      const steps = line.getAttribute("d").match(/[ML]/g).length;
      if (steps !== runs) wrong.push(`picture trend: ${steps} points for ${runs} runs`);
    }
  }
  const cells = document.querySelectorAll(".heat tbody td");
  if (cells.length && ![...cells].every((cell) => /^(–nothing judged|[✕?◇✓] [0-9,/]+(\? [0-9,]+)?)$/.test(cell.textContent))) {
    wrong.push("heat map: a cell without sign and numbers");
  }
  return wrong;
}

async function check(browser, file, settings) {
  const wrong = [];
  const said = [];
  const large = fs.statSync(file).size > LARGE;
  // The self-test asks for one family of checks alone: all of them take long for each fault.
  const asked = (family) => !settings.only || settings.only === family;
  const name = path.basename(file, ".html");

  const first = await open(browser, file, {});
  const page = first.page;
  const loads = [first.load];
  wrong.push(...(await page.evaluate(survey, [...ELEMENTS], [...ATTRIBUTES])));
  wrong.push(...(await page.evaluate(pictures)));
  const title = await page.title();
  if (!title.startsWith("Compliance report, ")) wrong.push(`script of the estate ran: the title is ${title.slice(0, 100)}`);

  // The filter hides what does not fit and shows it again.
  const count = () => page.evaluate(() => [...document.querySelectorAll("article.policy")].filter((a) => !a.hidden).length);
  const all = await count();
  const start = Date.now();
  await page.evaluate(() => {
    document.getElementById("q").value = "no finding says this, surely 8f1c";
    document.getElementById("only").dispatchEvent(new Event("change"));
    return document.body.offsetHeight;
  });
  said.push(`filter ${Date.now() - start} ms`);
  if ((await count()) !== 0) wrong.push("filter: it does not hide");
  await page.evaluate(() => {
    document.getElementById("q").value = "";
    document.getElementById("only").dispatchEvent(new Event("change"));
  });
  if ((await count()) !== all || all === 0) wrong.push("filter: it does not show again");

  const shapes = await page.$$("svg");
  for (const [at, shape] of shapes.entries()) {
    const kind = await shape.evaluate((element) => element.getAttribute("class"));
    const box = await shape.boundingBox();
    if (!box || box.width < 200 || box.height < 60) {
      wrong.push(`picture ${kind}: ${box ? `${box.width} × ${box.height}` : "not there"}`);
      continue;
    }
    const png = Buffer.from(await shape.screenshot());
    const seen = ink(png);
    if (seen.share < 0.005 || seen.colours < 3) wrong.push(`picture ${kind}: blank (${(seen.share * 100).toFixed(2)} % drawn)`);
    if (settings.shots) fs.writeFileSync(path.join(settings.shots, `${name}-${at}-${kind}.png`), png);
  }
  said.push(`${shapes.length} pictures`);
  const content = await page.evaluate(() => document.getElementById("main").textContent.length);
  wrong.push(...first.wrong);
  await page.close();

  if (asked("page")) {
    // Without scripts everything is there but the filter.
    const silent = await open(browser, file, { withoutScript: true });
    const still = await silent.page.evaluate(() => ({
      length: document.getElementById("main").textContent.length,
      filter: getComputedStyle(document.getElementById("filter")).display,
      shown: [...document.querySelectorAll("details.finding")].every((d) => !d.hidden),
    }));
    if (still.length !== content || !still.shown) wrong.push("without scripts something is missing");
    if (still.filter !== "none") wrong.push("without scripts the filter is shown");
    wrong.push(...silent.wrong);
    await silent.page.close();
  }

  for (const [width, scheme] of [[1280, "light"], [1280, "dark"], [390, "light"]]) {
    if (!asked("view")) continue;
    const view = await open(browser, file, { width, scheme });
    loads.push(view.load);
    const wide = await view.page.evaluate(() => document.documentElement.scrollWidth);
    if (wide > width) wrong.push(`at ${width} px the page is ${wide} px wide`);
    if (settings.shots) {
      await view.page.screenshot({ path: path.join(settings.shots, `${name}-${width}-${scheme}.png`) });
      if (!large) {
        for (const id of ["answer", "controls", "isolation", "recovery", "trend", "drift", "exceptions", "coverage", "law", "findings", "method"]) {
          const section = await view.page.$(`#${id}`);
          const box = await section.boundingBox();
          await view.page.setViewport({ width, height: Math.round(Math.min(Math.max(box.height, 300), 1800)) });
          await section.evaluate((element) => element.scrollIntoView());
          await view.page.screenshot({ path: path.join(settings.shots, `${name}-${width}-${scheme}-${id}.png`), captureBeyondViewport: false });
        }
      }
    }
    if (!large) {
      await view.page.setViewport({ width, height: 900 });
      await view.page.evaluate(() => document.querySelectorAll("details").forEach((d, at) => { d.open = at < 150; }));
      await view.page.evaluate(axe + ";0");
      const result = await view.page.evaluate((tags) => axe.run(document, { runOnly: tags, resultTypes: ["violations"] }), TAGS);
      for (const violation of result.violations) {
        wrong.push(`axe ${scheme} ${width}: ${violation.id}: ${violation.nodes.length} of ${violation.nodes[0].html.slice(0, 160)}`);
      }
    }
    wrong.push(...view.wrong);
    await view.page.close();
  }

  // A busy machine can only make it slower, so the best time counts.
  const load = Math.min(...loads);
  said.unshift(`load ${load} ms, best of ${loads.length}`);
  if (settings.load && load > settings.load) wrong.push(`slow: ${load} ms to load, ${settings.load} allowed`);

  if (!asked("valid")) return { wrong: [...new Set(wrong)], said };
  if (large) {
    said.push("above 6 MB: no axe, print or validators");
  } else {
    const paper = await open(browser, file, {});
    const pdf = Buffer.from(await paper.page.pdf({ format: "A4", tagged: true, preferCSSPageSize: true, timeout: 120000 }));
    const sheets = (pdf.toString("latin1").match(/\/Type\s*\/Page\b/g) || []).length;
    if (sheets < 3 || pdf.length < 20000) wrong.push(`print: ${sheets} sheets, ${pdf.length} bytes`);
    said.push(`${sheets} sheets`);
    if (settings.shots) fs.writeFileSync(path.join(settings.shots, `${name}.pdf`), pdf);
    await paper.page.close();

    const validate = new HtmlValidate({
      extends: ["html-validate:recommended", "html-validate:a11y"],
      // maud writes no line breaks, and the design holds to its own order of words.
      rules: { "long-title": "off", "no-trailing-whitespace": "off", "no-raw-characters": ["error", { relaxed: true }] },
    });
    const report = await validate.validateFile(file);
    for (const result of report.results) {
      for (const message of result.messages.slice(0, 10)) {
        wrong.push(`html-validate ${message.ruleId}: ${message.message} (${message.line}:${message.column})`);
      }
    }
    const nu = spawnSync("java", ["-Xss16m", "-jar", vnu, "--errors-only", "--format", "gnu", file], { encoding: "utf8", maxBuffer: 1 << 26 });
    if (nu.error) wrong.push(`vnu does not run: ${nu.error.message}`);
    else if (nu.status !== 0) wrong.push(...nu.stderr.trim().split("\n").slice(0, 10).map((line) => `vnu ${line.replace(/^.*?:(\d)/, "$1").slice(0, 300)}`));
  }
  return { wrong: [...new Set(wrong)], said };
}

// A fault of each family: what is planted, the word that must be said, the checks that must say it, and the planting.
const FAULTS = [
  ["an image of another site", "external request", "page", (page) => noPolicy(page).replace("</h2>", '</h2><img src="https://evil.example/x.png" alt="">')],
  ["a second script", "of script", "page", (page) => page.replace("</h1>", "</h1><script>document.title='owned'</script>")],
  ["a script that runs", "script of the estate ran", "page", (page) => noPolicy(page).replace("</main>", "</main><script>document.title='owned'</script>")],
  ["an event attribute", "attribute made by the estate: onclick", "page", (page) => page.replace("<h2 ", '<h2 onclick="x()" ')],
  ["a link that runs", "link: javascript:", "page", (page) => page.replace('href="#answer"', 'href="javascript:alert(1)"')],
  ["no language", "axe light 1280: html-has-lang", "view", (page) => page.replace('<html lang="en">', "<html>")],
  ["low contrast in the dark", "axe dark 1280: color-contrast", "view", (page) => restyle(page, "--ink: #e4e8eb", "--ink: #30363c")],
  ["the same id twice", "html-validate no-dup-id", "valid", (page) => page.replace('<p class="kicker"', '<p id="answer" class="kicker"')],
  ["a list in a paragraph", "vnu ", "valid", (page) => page.replace('<p class="kicker">', '<p class="kicker"><ul><li>x</li></ul>')],
  ["a picture without lines", "picture isolation", "page", (page) => page.replace(/<path class="edge[^>]*><\/path>/g, "")],
  ["a blank picture", "blank", "page", (page) => restyle(page, "svg { display: block;", "svg { display: block; opacity: 0;")],
  ["a section that is gone", "of section", "page", (page) => page.replace(/<section id="coverage".*?<\/section>/s, "")],
  ["a page that is too wide", "px wide", "view", (page) => restyle(page, ".scroll { overflow-x: auto;", ".scroll { overflow-x: visible;")],
];

function noPolicy(page) {
  return page.replace(/<meta http-equiv="Content-Security-Policy"[^>]*>/, "");
}

function restyle(page, from, to) {
  return noPolicy(page).replace(from, to);
}

async function selfTest(browser, file) {
  const whole = fs.readFileSync(file, "utf8");
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "html-gate-"));
  let failed = 0;
  for (const [name, word, only, plant] of FAULTS) {
    const broken = plant(whole);
    const at = path.join(folder, "broken.html");
    fs.writeFileSync(at, broken);
    const { wrong } = broken === whole ? { wrong: ["nothing was planted"] } : await check(browser, at, { only });
    if (wrong.some((line) => line.includes(word))) {
      console.log(`  refuses ${name}`);
    } else {
      failed += 1;
      console.error(`does not refuse ${name}: "${word}" had to be said, and there is: ${wrong.join(" | ").slice(0, 600)}`);
    }
  }
  fs.rmSync(folder, { recursive: true });
  return failed;
}

(async () => {
  const settings = {};
  const files = [];
  const rest = process.argv.slice(2);
  while (rest.length) {
    const word = rest.shift();
    if (word === "--shots") settings.shots = rest.shift();
    else if (word === "--load") settings.load = Number(rest.shift());
    else if (word === "--self-test") settings.selfTest = true;
    else files.push(path.resolve(word));
  }
  if (files.length === 0) {
    console.error("usage: html.js [--shots FOLDER] [--load MILLISECONDS] [--self-test] FILE…");
    process.exit(2);
  }
  if (settings.shots) fs.mkdirSync(settings.shots, { recursive: true });
  const browser = await puppeteer.launch({
    executablePath: browserPath(),
    args: ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"],
    protocolTimeout: 300000,
  });
  let failed = 0;
  try {
    for (const file of files) {
      if (settings.selfTest) {
        failed += await selfTest(browser, file);
        continue;
      }
      const { wrong, said } = await check(browser, file, settings);
      console.log(`  ${path.basename(file)}: ${said.join(", ")}`);
      for (const line of wrong) console.error(`${file}: ${line}`);
      failed += wrong.length;
    }
  } finally {
    await browser.close();
  }
  process.exit(failed ? 1 : 0);
})().catch((error) => {
  console.error(error);
  process.exit(2);
});
