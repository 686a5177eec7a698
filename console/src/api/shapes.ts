/** The API's answers under short names. The one module that reads the generated schema, which `npm run types` makes. */
import type { components } from "./schema";
export type { paths } from "./schema";

type Schemas = components["schemas"];
export type CompetitionCard = Schemas["CompetitionCard"];
export type Competition = Schemas["Competition"];
export type Phase = Schemas["Phase"];
export type Column = Schemas["Column"];
export type Page = Schemas["Page"];
export type Leaderboard = Schemas["Leaderboard"];
export type Row = Schemas["Row"];
export type Ancestor = Schemas["Ancestor"];
export type SharedCode = Schemas["SharedCode"];
export type DetailedResults = Schemas["DetailedResults"];
export type History = Schemas["History"];
export type Point = Schemas["Point"];
export type Case = Schemas["Case"];
export type Criterion = Schemas["Criterion"];
export type JudgedSubmission = Schemas["JudgedSubmission"];
export type JudgedTask = Schemas["JudgedTask"];
export type Judgement = Schemas["Judgement"];
export type JudgingProgress = Schemas["JudgingProgress"];
export type JurorProgress = Schemas["JurorProgress"];
export type Jury = Schemas["Jury"];
export type Output = Schemas["Output"];
export type ShownFile = Schemas["ShownFile"];
export type Team = Schemas["Team"];
export type BegunUpload = Schemas["BegunUpload"];
export type CommittedUpload = Schemas["CommittedUpload"];
export type Files = Schemas["Files"];
export type Question = Schemas["Question"];
export type Quota = Schemas["Quota"];
export type Submission = Schemas["Submission"];
export type Session = Schemas["Session"];

/** What is sent, by the same names as in the document. */
export type Handed = Schemas["SubmitBody"];
export type Said = Schemas["ChangeSubmissionBody"];
