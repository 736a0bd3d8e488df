import { existsSync } from 'node:fs';
import { chromium, type Browser } from 'playwright-core';

/** Set to the path of an installed Chromium to use it instead of the one that an npm package carries. */
const OWN_BROWSER = 'WATERFALL_CHROMIUM';

/** A headless Chromium that starts on a bare machine: unpacked from @sparticuz/chromium, no root, no display. */
export async function launchChromium(): Promise<Browser> {
  const own = process.env[OWN_BROWSER];
  if (own !== undefined) {
    if (!existsSync(own)) throw new Error(`${OWN_BROWSER} names ${own}, and there is no such file`);
    return chromium.launch({ executablePath: own, args: ['--no-sandbox'] });
  }
  const { default: packed } = await import('@sparticuz/chromium');
  return chromium.launch({ executablePath: await packed.executablePath(), args: packed.args });
}
