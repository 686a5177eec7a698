/** The API's answers under short names. The one module that reads the generated schema. */
import type { components } from "./schema";

type Schemas = components["schemas"];
export type CompetitionCard = Schemas["CompetitionCard"];
export type Competitions = Schemas["Competitions"];
export type Competition = Schemas["Competition"];
export type Phase = Schemas["Phase"];
export type Column = Schemas["Column"];
export type Page = Schemas["Page"];
export type Leaderboard = Schemas["Leaderboard"];
export type Row = Schemas["Row"];
export type Leaderboards = Schemas["Leaderboards"];
