// What must hold of every page in a browser, from the width of a telephone to that of a screen, light and dark: axe-core
// finds nothing, nothing runs off, text can be read, tables are heard as tables, and nothing is loaded.
//
//   node check.mjs BROWSER FOLDER               every .html file of the folder
//   node check.mjs BROWSER FOLDER --pictures    also writes pictures of each beside it: .png, and .pdf as it is printed
import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { Browser } from './browser.mjs';

// Both widths and both colourings, where axe looks too; then the narrowest, and the narrowest that still has tables.
// The last is A4 without its margins, printed.
const PAPER = 680;
const VIEWS = [[1280, 'light'], [390, 'dark'], [320, 'light'], [993, 'light'], [PAPER, 'light']];
const AXED = 2;
// Pictures are taken of these as well.
const OTHERS = [[390, 'light'], [1280, 'dark']];
// What axe cannot tell: the colour behind a text of SVG. That is the page's, and seen() reckons with it.
const UNSURE = 'color-contrast';

const [program, folder, pictures] = process.argv.slice(2);
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

// In the page: what runs off, what is too small.
function seen() {
  const faults = [];
  const wide = document.documentElement;
  if (wide.scrollWidth > innerWidth) faults.push(`runs off: ${wide.scrollWidth} of ${innerWidth} pixels`);
  for (const text of document.querySelectorAll('svg text')) {
    const [box, all] = [text.getBoundingClientRect(), text.closest('.panel > svg').getBoundingClientRect()];
    if (box.left < all.left - 1 || box.right > all.right + 1) faults.push(`runs off its chart: ${text.textContent}`);
  }
  for (const row of document.querySelectorAll('svg .name')) {
    const value = row.nextElementSibling;
    if (row.getBoundingClientRect().right > value.getBoundingClientRect().left - 4) {
      faults.push(`runs into its value: ${row.textContent}`);
    }
  }
  const ticks = [...document.querySelectorAll('svg')].map((svg) => [...svg.querySelectorAll('.tick')]);
  for (const [tick, next] of ticks.flatMap((row) => row.slice(1).map((next, at) => [row[at], next]))) {
    if (tick.getBoundingClientRect().right > next.getBoundingClientRect().left - 4) {
      faults.push(`labels touch: ${tick.textContent}, ${next.textContent}`);
    }
  }
  const light = (colour) => {
    const [r, g, b] = colour.match(/[\d.]+/g).slice(0, 3).map((value) => value / 255)
      .map((value) => (value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const contrast = (colour) => {
    const [one, other] = [light(colour), light(getComputedStyle(document.body).backgroundColor)];
    return (Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05);
  };
  // WCAG 1.4.3 for text, 1.4.11 for what is to be seen of a picture.
  for (const [what, least] of [['svg text', 4.5], ['svg .dot:not(.hollow)', 3], ['svg .at > path', 3]]) {
    for (const element of document.querySelectorAll(what)) {
      const ratio = contrast(getComputedStyle(element).fill);
      if (ratio < least) faults.push(`contrast ${ratio.toFixed(2)}: ${element.outerHTML}`);
    }
  }
  for (const element of document.querySelectorAll('svg .span, svg line.need, svg .hollow')) {
    const ratio = contrast(getComputedStyle(element).stroke);
    if (ratio < 3) faults.push(`contrast ${ratio.toFixed(2)}: ${element.outerHTML}`);
  }
  const least = matchMedia('print').matches ? 11 : 12;
  const title = parseFloat(getComputedStyle(document.querySelector('h1')).fontSize);
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const { parentElement: element, textContent } = walker.currentNode;
    const size = parseFloat(getComputedStyle(element).fontSize);
    if (textContent.trim() && (size < least || size > title)) faults.push(`${size} pixels: ${textContent.trim()}`);
  }
  return faults;
}

// What a table is to who hears it, also where its rows are drawn as cards: rows of cells under their headings, in order.
async function heard(browser) {
  const { nodes } = await browser.send('Accessibility.getFullAXTree');
  const roles = nodes.filter((node) => !node.ignored).map((node) => node.role.value);
  const faults = [];
  for (const [role, what] of [['table', 'table'], ['row', 'tr'], ['columnheader', 'thead th'],
    ['rowheader', 'tbody th'], ['cell', 'td'], ['image', '.panel > svg']]) {
    const [there, told] = [await browser.value(`document.querySelectorAll('${what}').length`),
      roles.filter((one) => one === role).length];
    if (there !== told) faults.push(`${there} ${what} are heard as ${told} ${role}`);
  }
  const labels = new Set(await browser.value(`[...document.querySelectorAll('td')].map((td) => td.dataset.label)`));
  for (const { role, name } of nodes.filter((node) => node.role?.value === 'cell')) {
    if ([...labels].some((label) => name.value.startsWith(`${label} `))) faults.push(`a ${role.value} says its heading: ${name.value}`);
  }
  return faults;
}

async function axed(browser) {
  const found = await browser.value(`${axe}; axe.run(document, { resultTypes: ['violations', 'incomplete'] })
    .then(({ violations, incomplete }) => [...violations, ...incomplete.map((rule) => rule.id !== '${UNSURE}' ? rule :
      { ...rule, nodes: rule.nodes.filter((node) => !document.querySelector(node.target[0]).closest('svg')) })]
      .filter((rule) => rule.nodes.length > 0).map((rule) =>
      rule.id + ': ' + rule.help + '\\n    ' + rule.nodes.map((node) => node.html + ' ' +
        [...node.any, ...node.all].map((check) => check.message).join(' ')).join('\\n    ')))`);
  return found;
}

const browser = await Browser.start(program);
const pages = readdirSync(folder).filter((name) => name.endsWith('.html')).sort();
let faults = 0;
let looked = 0;
try {
  for (const page of pages) {
    const url = pathToFileURL(resolve(folder, page)).href;
    for (const [at, [width, scheme]] of [...VIEWS, ...(pictures ? OTHERS : [])].entries()) {
      await browser.open(url, width, scheme, width === PAPER ? 'print' : 'screen');
      const found = await browser.value(`(${seen})()`);
      if (at < AXED) found.push(...await axed(browser), ...await heard(browser));
      const loaded = browser.requests.filter((request) => request !== url);
      found.push(...loaded.map((request) => `loads ${request}`));
      for (const fault of found) console.log(`${page}, ${width} pixels, ${scheme}: ${fault}`);
      faults += found.length;
      looked += 1;
      if (pictures) writeFileSync(join(folder, `${page}.${width}.${scheme}.png`), await browser.picture());
    }
    if (pictures) writeFileSync(join(folder, `${page}.pdf`), await browser.print());
  }
} finally {
  await browser.end();
}
console.log(`${pages.length} pages, ${looked} views, axe-core in ${pages.length * AXED}: ${faults} faults`);
process.exitCode = pages.length === 0 || faults > 0 ? 1 : 0;
