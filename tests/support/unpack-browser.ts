import chromium from '@sparticuz/chromium';

/** Once before all files: two that unpack it at the same time start it while the other still writes. */
export default async function setup(): Promise<void> {
  await chromium.executablePath();
}
