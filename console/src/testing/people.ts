/** Who is signed in, in tests. */
import { CHANGED } from "../api/session";

/** Another tab tells that somebody has signed in, or out. */
export async function become(username: string | null): Promise<void> {
  const heard = new Promise((resolve) => window.addEventListener(CHANGED, resolve, { once: true }));
  const tabs = new BroadcastChannel(CHANGED);
  tabs.postMessage(username);
  await heard;
  tabs.close();
}
