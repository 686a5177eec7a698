/** What the compiler refuses of a call, for each build to find: a line that it lets through is an error. Nothing here is run. */
import { ask, reading } from "./client";

export const refused = (): unknown[] => [
  // @ts-expect-error A path that is not there.
  ask("get", "/v1/jury"),
  // @ts-expect-error A method that the path does not have.
  ask("delete", "/v1/juries"),
  // @ts-expect-error A parameter in the path, left out.
  ask("get", "/v1/judging/{case}"),
  // @ts-expect-error A parameter of the query that the path does not have.
  ask("get", "/v1/juries", { params: { query: { colour: "red" } } }),
  // @ts-expect-error A body, left out.
  ask("post", "/v1/sessions"),
  // @ts-expect-error A field that the body does not have.
  ask("post", "/v1/sessions", { body: { username: "ada", password: "secret", colour: "red" } }),
  // @ts-expect-error A body where none is read.
  ask("post", "/v1/submissions/{submission}/start", { params: { path: { submission: "s" } }, body: {} }),
  // @ts-expect-error A field that the answer does not have.
  ask("get", "/v1/juries").then(({ colour }): unknown => colour),
  // @ts-expect-error A read by a path that only takes.
  reading("/v1/sessions/end"),
];
