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
export type Case = Schemas["Case"];
export type Criterion = Schemas["Criterion"];
export type JudgedSubmission = Schemas["JudgedSubmission"];
export type JudgedTask = Schemas["JudgedTask"];
export type Judgement = Schemas["Judgement"];
export type Judgements = Schemas["Judgements"];
export type JudgingProgress = Schemas["JudgingProgress"];
export type Juries = Schemas["Juries"];
export type JurorProgress = Schemas["JurorProgress"];
export type Jury = Schemas["Jury"];
export type NextCase = Schemas["NextCase"];
export type Output = Schemas["Output"];
export type ShownFile = Schemas["ShownFile"];
export type Team = Schemas["Team"];
export type Teams = Schemas["Teams"];
