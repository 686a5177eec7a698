/// <reference types="vitest/config" />
import { readFileSync } from "node:fs";
import { defineConfig, type Plugin, type ProxyOptions } from "vite";

/** The stack's address up to and including the stage, in AGON_API (`agon up` sets it). */
const api = process.env.AGON_API?.replace(/\/+$/, "");
/** Where the site's files are: the one other origin that images may come from. An emulator has them beside its API. */
const files = process.env.AGON_FILES;
const servedFiles = files ?? (api ? new URL(api).origin : undefined);
const PLACE_OF_FILES = "%AGON_FILES%";
const HEADERS = { "X-Content-Type-Options": "nosniff", "X-Frame-Options": "DENY" };

/** The console asks `/api/v1/…` of its own origin. Behind CloudFront that is a behaviour of the distribution; here, a proxy. */
function proxy(): Record<string, ProxyOptions> {
  if (!api) return {};
  return { "/api": { target: api, changeOrigin: true, rewrite: (path) => path.replace(/^\/api/, "") } };
}

/**
 * Names the files' origin in the page's content security policy. A build that does not know it keeps the place, and the
 * preview fills it in: one build serves every stack.
 */
function filesOrigin(): Plugin {
  const named = (page: string, origin = ""): string => (origin ? page.replaceAll(PLACE_OF_FILES, origin) : page);
  return {
    name: "agon-files-origin",
    transformIndexHtml: { order: "pre", handler: (page, { server }) => named(page, server ? servedFiles : files) },
    configurePreviewServer({ config, middlewares }) {
      middlewares.use((request, response, next) => {
        const path = new URL(request.url ?? "/", "http://localhost").pathname;
        if (path.startsWith("/api/") || /\.\w+$/.test(path)) {
          next();
          return;
        }
        response.setHeader("Content-Type", "text/html; charset=utf-8");
        response.setHeader("Cache-Control", "no-cache");
        for (const [name, value] of Object.entries(HEADERS)) response.setHeader(name, value);
        response.end(named(readFileSync(`${config.build.outDir}/index.html`, "utf-8"), servedFiles));
      });
    },
  };
}

export default defineConfig({
  base: "/",
  plugins: [filesOrigin()],
  server: { proxy: proxy() },
  preview: { proxy: proxy(), headers: HEADERS },
  // Nothing may become a data: URL or an inline script: the page's content security policy allows neither.
  build: { assetsInlineLimit: 0, modulePreload: { polyfill: false } },
  test: { environment: "jsdom" },
});
