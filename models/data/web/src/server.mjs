// Serves the files of node_modules, the sources' style sheets, and the page that is drawn now.
import fs from 'node:fs';
import http from 'node:http';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const HERE = path.dirname(fileURLToPath(import.meta.url));
const MODULES = path.join(HERE, '..', 'node_modules');
const PHOTOS = path.join(HERE, '..', 'photos');
const TYPES = {
  '.js': 'text/javascript', '.mjs': 'text/javascript', '.css': 'text/css', '.svg': 'image/svg+xml',
  '.json': 'application/json', '.woff': 'font/woff', '.woff2': 'font/woff2', '.png': 'image/png',
  '.ttf': 'font/ttf', '.jpg': 'image/jpeg',
};

/** Starts on a free port of the loopback address. `state.html` is served as /page. */
export async function startServer() {
  const state = { html: '', missing: [] };
  const server = http.createServer((request, response) => {
    const url = decodeURIComponent(new URL(request.url, 'http://localhost').pathname);
    if (url === '/page') {
      response.setHeader('content-type', 'text/html; charset=utf-8');
      response.end(state.html);
      return;
    }
    const [, first] = url.split('/');
    const root = { src: HERE, photos: PHOTOS }[first] ?? MODULES;
    const file = path.join(root, root === MODULES ? url : url.slice(first.length + 1));
    if (!file.startsWith(root)) return void response.writeHead(403).end();
    fs.readFile(file, (error, bytes) => {
      if (error) {
        if (url !== '/favicon.ico') state.missing.push(`${url} (${error.code})`);
        response.writeHead(404).end();
        return;
      }
      response.setHeader('content-type', TYPES[path.extname(file)] ?? 'application/octet-stream');
      response.setHeader('cache-control', 'max-age=86400, immutable');
      response.end(bytes);
    });
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { state, origin: `http://127.0.0.1:${server.address().port}`, close: () => server.close() };
}
