import { createHash } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import type { PageAssets } from './read-page-assets.ts';
import type { ReportData } from './report-data.ts';

/**
 * One page with all that it needs. Its policy forbids it to load or send anything, and to run any other
 * script; the data are packed, so nothing in them is read as HTML.
 */
export function printPage(data: ReportData, { page, engine, style }: PageAssets): string {
  const packed = gzipSync(JSON.stringify(data), { level: 9 }).toString('base64');
  const script = inScript(page);
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policyFor(script, style)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<title>kube-rules report</title>
<style>${style}</style>
</head>
<body>
<noscript><p>This report works out everything in the page itself, and needs JavaScript for that.</p></noscript>
<script type="text/plain" id="data">${packed}</script>
<script type="text/plain" id="engine">${inScript(engine)}</script>
<script>${script}</script>
</body>
</html>
`;
}

function policyFor(script: string, style: string): string {
  return [
    "default-src 'none'",
    `script-src '${hashOf(script)}'`,
    `style-src '${hashOf(style)}'`,
    'worker-src blob:',
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');
}

function hashOf(text: string): string {
  return `sha256-${createHash('sha256').update(text).digest('base64')}`;
}

/** These words would end the element or begin a comment in it; in strings and patterns the backslash changes nothing. */
function inScript(code: string): string {
  return code.replaceAll(/<(?=\/script|script|!--)/gi, String.raw`\x3c`);
}
