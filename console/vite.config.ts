/// <reference types="vitest/config" />
import { readdirSync, readFileSync } from "node:fs";
import { defineConfig, type Plugin, type ProxyOptions } from "vite";
import { bodies } from "./bodies.ts";
import { templates } from "./templates.ts";

/** The stack's address up to and including the stage, in AGON_API (`agon up` sets it). */
const api = process.env.AGON_API?.replace(/\/+$/, "");
/** Where the site's files are: the one other origin that images may come from. An emulator has them beside its API. */
const files = process.env.AGON_FILES;
/** Where scripts of result pages run: an origin for nothing else. Without one they never do. */
const pages = process.env.AGON_PAGES;
const servedFiles = files ?? (api ? new URL(api).origin : undefined);
/** Addresses of files. A person's name may have a dot, so the last part of a page's address tells nothing. */
const FILES = /^\/((assets|manual)\/.+|[^/]+\.\w+)$/;
const PLACE_OF_FILES = "%AGON_FILES%";
const PLACE_OF_PAGES = "%AGON_PAGES%";
const HEADERS = { "X-Content-Type-Options": "nosniff", "X-Frame-Options": "DENY", "Referrer-Policy": "no-referrer" };

const TESTS = readdirSync("src", { recursive: true, encoding: "utf-8" })
  .filter((file) => file.endsWith(".test.ts"))
  .map((file) => `src/${file}`);
/** Files of tests whose first line says that they need a document. */
const WITH_DOCUMENT = TESTS.filter((file) => readFileSync(file, "utf-8").startsWith("// @vitest-environment jsdom"));

/** The console asks `/api/v1/…` of its own origin. Behind CloudFront that is a behaviour of the distribution; here, a proxy. */
function proxy(): Record<string, ProxyOptions> {
  if (!api) return {};
  return { "/api": { target: api, changeOrigin: true, rewrite: (path) => path.replace(/^\/api/, "") } };
}

/**
 * Names the files' origin, and the pages', in the page's content security policy. A build that does not know it keeps the
 * place, and the preview fills it in: one build serves every stack.
 */
function filesOrigin(): Plugin {
  const named = (page: string, origin = ""): string =>
    origin ? page.replaceAll(PLACE_OF_FILES, origin).replaceAll(PLACE_OF_PAGES, pages ?? "") : page;
  return {
    name: "agon-files-origin",
    transformIndexHtml: { order: "pre", handler: (page, { server }) => named(page, server ? servedFiles : files) },
    configurePreviewServer({ config, middlewares }) {
      middlewares.use((request, response, next) => {
        const path = new URL(request.url ?? "/", "http://localhost").pathname;
        if (path.startsWith("/api/") || FILES.test(path)) {
          next();
          return;
        }
        response.setHeader("Content-Type", "text/html; charset=utf-8");
        response.setHeader("Cache-Control", "no-cache");
        for (const [name, value] of Object.entries(HEADERS)) response.setHeader(name, value);
        const page = named(readFileSync(`${config.build.outDir}/index.html`, "utf-8"), servedFiles);
        response.setHeader("Content-Security-Policy", policyOf(page));
        response.end(page);
      });
    },
  };
}

/** The policy that the page states, and what only a header can: nobody frames it. */
function policyOf(page: string): string {
  const [, stated] = /http-equiv="Content-Security-Policy"\s+content="([^"]+)"/.exec(page) ?? [];
  if (!stated) throw new Error("The page states no content security policy.");
  return `${stated}; frame-ancestors 'none'`;
}

export default defineConfig({
  base: "/",
  plugins: [filesOrigin(), bodies(), templates()],
  server: { proxy: proxy() },
  preview: { proxy: proxy(), headers: HEADERS },
  // Nothing may become a data: URL or an inline script: the page's content security policy allows neither.
  // A page stays a file by itself, whatever it shares with one other page.
  build: {
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    rolldownOptions: { experimental: { chunkOptimization: { mergeCommonChunks: false } } },
  },
  // Files of tests that need a document say so in their first line. One at a time: two, and the server that reads files for
  // them, are three on two cores, and what a test lets come in a few turns is late then.
  // How long one takes on a machine that does much else says nothing; what hangs is to end.
  test: {
    pool: "threads",
    maxWorkers: 1,
    testTimeout: 60_000,
    hookTimeout: 60_000,
    expect: { poll: { timeout: 30_000 } },
    projects: [
      { extends: true, test: { name: "plain", environment: "node", include: TESTS, exclude: WITH_DOCUMENT } },
      {
        extends: true,
        test: { name: "document", environment: "jsdom", include: WITH_DOCUMENT, setupFiles: "src/testing/page.ts" },
      },
    ],
  },
});
