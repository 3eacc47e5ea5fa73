// A headless Chromium spoken to over two pipes, by its own DevTools protocol: no port is opened and no library is needed.
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const ARGUMENTS = [
  '--headless', '--remote-debugging-pipe', '--no-first-run', '--no-default-browser-check', '--disable-gpu',
  '--disable-extensions', '--disable-background-networking', '--disable-component-update', '--disable-sync',
  '--force-color-profile=srgb', '--hide-scrollbars', '--lang=en',
];

export class Browser {
  static async start(program) {
    const profile = mkdtempSync(join(tmpdir(), 'opensim-page-'));
    // The sandbox takes an ordinary user; what is shown here is our own.
    const sandbox = process.getuid() === 0 ? ['--no-sandbox'] : [];
    const child = spawn(program, [...ARGUMENTS, ...sandbox, `--user-data-dir=${profile}`, 'about:blank'], {
      stdio: ['ignore', 'ignore', 'ignore', 'pipe', 'pipe'],
    });
    const browser = new Browser(child, profile);
    const { targetInfos } = await browser.send('Target.getTargets');
    const { targetId } = targetInfos.find((target) => target.type === 'page');
    const { sessionId } = await browser.send('Target.attachToTarget', { targetId, flatten: true });
    browser.session = sessionId;
    await browser.send('Page.enable');
    await browser.send('Network.enable');
    return browser;
  }

  constructor(child, profile) {
    Object.assign(this, { child, profile, asked: new Map(), waiting: [], last: 0, left: '', requests: [] });
    const fail = (error) => {
      for (const { reject } of [...this.asked.values(), ...this.waiting]) reject(error);
    };
    child.on('error', fail);
    child.on('exit', () => fail(new Error('the browser ended')));
    child.stdio[4].setEncoding('utf8').on('data', (text) => this.#read(text));
  }

  // Asks one thing; the answer's result, or its error thrown.
  send(method, params = {}) {
    const id = ++this.last;
    this.child.stdio[3].write(`${JSON.stringify({ id, method, params, sessionId: this.session })}\0`);
    return new Promise((resolve, reject) => this.asked.set(id, { resolve, reject, method }));
  }

  // The next event of this name.
  event(method) {
    return new Promise((resolve, reject) => this.waiting.push({ method, resolve, reject }));
  }

  #read(text) {
    const messages = (this.left + text).split('\0');
    this.left = messages.pop();
    for (const message of messages.map(JSON.parse)) {
      if (message.id) {
        const { resolve, reject, method } = this.asked.get(message.id);
        this.asked.delete(message.id);
        if (message.error) reject(new Error(`${method}: ${message.error.message}`));
        else resolve(message.result);
      } else {
        if (message.method === 'Network.requestWillBeSent') this.requests.push(message.params.request.url);
        const found = this.waiting.filter((one) => one.method === message.method);
        this.waiting = this.waiting.filter((one) => one.method !== message.method);
        for (const { resolve } of found) resolve(message.params);
      }
    }
  }

  // Opens a page in a window this wide, light or dark, on a screen or as it is printed.
  async open(url, width, scheme, media = 'screen') {
    await this.send('Emulation.setDeviceMetricsOverride', {
      width, height: 900, deviceScaleFactor: 1, mobile: width < 600,
    });
    await this.send('Emulation.setEmulatedMedia', {
      media, features: [{ name: 'prefers-color-scheme', value: scheme }],
    });
    this.requests = [];
    const loaded = this.event('Page.loadEventFired');
    await this.send('Page.navigate', { url });
    await loaded;
  }

  // The value of an expression in the page.
  async value(expression) {
    const asked = { expression, awaitPromise: true, returnByValue: true };
    const { result, exceptionDetails: fault } = await this.send('Runtime.evaluate', asked);
    if (fault) throw new Error(fault.exception?.description ?? fault.text);
    return result.value;
  }

  // The whole page as PNG.
  async picture() {
    const { cssContentSize: { width, height } } = await this.send('Page.getLayoutMetrics');
    const clip = { x: 0, y: 0, width, height, scale: 1 };
    const asked = { format: 'png', captureBeyondViewport: true, clip };
    return Buffer.from((await this.send('Page.captureScreenshot', asked)).data, 'base64');
  }

  // As it is printed on A4.
  async print() {
    // Of what the window is like nothing may be left.
    await this.send('Emulation.clearDeviceMetricsOverride');
    await this.send('Emulation.setEmulatedMedia', { media: '', features: [] });
    const asked = { preferCSSPageSize: true, printBackground: false };
    return Buffer.from((await this.send('Page.printToPDF', asked)).data, 'base64');
  }

  async end() {
    const gone = new Promise((resolve) => this.child.once('exit', resolve));
    await this.send('Browser.close').catch(() => this.child.kill());
    await gone;
    rmSync(this.profile, { recursive: true, force: true });
  }
}
