/** What the API says, in French, by the names that its sentences have there (chalicelib/contract/sentences.py). */
import administration from "./administration";
import all from "./all";
import background from "./background";
import bundles from "./bundles";
import competitions from "./competitions";
import discovery from "./discovery";
import forum from "./forum";
import judging from "./judging";
import leaderboards from "./leaderboards";
import library from "./library";
import mail from "./mail";
import people from "./people";
import queues from "./queues";
import runs from "./runs";
import submissions from "./submissions";
import webhooks from "./webhooks";

export default {
  ...administration,
  ...all,
  ...background,
  ...bundles,
  ...competitions,
  ...discovery,
  ...forum,
  ...judging,
  ...leaderboards,
  ...library,
  ...mail,
  ...people,
  ...queues,
  ...runs,
  ...submissions,
  ...webhooks,
} as const;
