/// <reference types="vitest/config" />
import { defineConfig, type ProxyOptions } from "vite";

/**
 * The console asks `/api/v1/…` of its own origin. Behind CloudFront that is a behaviour of the distribution; here it is
 * a proxy to AGON_API, the stack's address up to and including the stage (`agon up` sets it).
 */
function proxy(): Record<string, ProxyOptions> {
  const api = process.env.AGON_API?.replace(/\/+$/, "");
  if (!api) return {};
  return { "/api": { target: api, changeOrigin: true, rewrite: (path) => path.replace(/^\/api/, "") } };
}

export default defineConfig({
  base: "/",
  server: { proxy: proxy() },
  preview: { proxy: proxy(), headers: { "X-Content-Type-Options": "nosniff", "X-Frame-Options": "DENY" } },
  // Nothing may become a data: URL or an inline script: the page's content security policy allows neither.
  build: { assetsInlineLimit: 0, modulePreload: { polyfill: false } },
  test: { environment: "jsdom" },
});
