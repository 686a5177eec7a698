import type { Server } from "node:http";
import type { AddressInfo } from "node:net";

/** Vitest's own name for the page of a file of tests. */
declare const jsdom: { reconfigure: (options: { url: string }) => void };

/** Has a server listen on a port of its own, as the origin of this page: what it answers is the site. The origin. */
export async function servedBy(server: Server): Promise<string> {
  await new Promise<void>((listening) => void server.listen(0, "127.0.0.1", listening));
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  jsdom.reconfigure({ url: `${origin}/` });
  return origin;
}
