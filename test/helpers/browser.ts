import { existsSync } from 'node:fs';
import { type Browser, chromium as playwright } from 'playwright-core';

const installed = [
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
];

/** Software WebGL, so that the map is drawn on machines without a graphics card. */
const flags = [
  '--no-sandbox',
  '--use-gl=angle',
  '--use-angle=swiftshader',
  '--enable-unsafe-swiftshader',
  '--ignore-gpu-blocklist',
  '--disable-dev-shm-usage',
  '--lang=en-GB',
];

/** A headless Chromium that draws WebGL: `CHROME_PATH`, an installed one, else the one of `@sparticuz/chromium`. */
export async function launchBrowser(): Promise<Browser> {
  const path = process.env.CHROME_PATH ?? installed.find((candidate) => existsSync(candidate));
  return playwright.launch({ executablePath: path ?? (await packagedChromium()), args: flags, headless: true });
}

async function packagedChromium(): Promise<string> {
  const { default: chromium } = await import('@sparticuz/chromium');
  return chromium.executablePath();
}
