/** The API's answers under short names. The one module that reads the generated schema, which `npm run types` makes. */
import type { components, operations } from "./schema";
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
export type Invitation = Schemas["Invitation"];
export type Thread = Schemas["Thread"];
export type ForumPost = Schemas["ForumPost"];
export type FoundPost = Schemas["FoundPost"];
export type PostReport = Schemas["PostReport"];
export type Team = Schemas["Team"];
export type UploadInProgress = Schemas["UploadInProgress"];
export type CommittedUpload = Schemas["CommittedUpload"];
export type Files = Schemas["Files"];
export type Question = Schemas["Question"];
export type Quota = Schemas["Quota"];
export type BundleCheck = Schemas["Check"];
export type BundleComplaint = BundleCheck["errors"][number];
export type Import = Schemas["Import"];
export type Settings = Schemas["Settings"];
export type Submission = Schemas["Submission"];
export type Session = Schemas["Session"];
export type Announcement = Schemas["Announcement"];
export type AuditEntry = Schemas["AuditEntry"];
export type AuditLog = Schemas["AuditLog"];
export type BulkResult = Schemas["BulkResult"];
export type Profile = Schemas["Profile"];
export type Dataset = Schemas["Dataset"];
export type DatasetInFull = Schemas["DatasetInFull"];
export type Delivery = Schemas["Delivery"];
export type Determinism = Schemas["Determinism"];
export type Dump = Schemas["Dump"];
export type ExportZip = Schemas["ExportZip"];
export type Group = Schemas["Group"];
export type Guest = Schemas["Guest"];
export type Mailing = Schemas["Mailing"];
export type MailingPreview = Schemas["MailingPreview"];
export type Migrating = Schemas["Migrating"];
export type Migration = Schemas["Migration"];
export type Original = Schemas["Original"];
export type Offer = Schemas["Offer"];
export type Organizer = Schemas["Organizer"];
export type ParticipantRow = Schemas["ParticipantRow"];
export type PhaseJob = Schemas["PhaseJob"];
export type Queue = Schemas["Queue"];
export type QueueInFull = Schemas["QueueInFull"];
export type Runner = Schemas["Runner"];
export type StoredRegistry = Schemas["StoredRegistry"];
export type SubmissionExport = Schemas["SubmissionExport"];
export type Task = Schemas["Task"];
export type Token = Schemas["Token"];
export type Webhook = Schemas["Webhook"];
export type WebhookSecret = Schemas["WebhookSecret"];
export type Me = Schemas["Me"];
export type NewSecondStep = Schemas["NewSecondStep"];
export type NewToken = Schemas["NewToken"];
export type OwnToken = Schemas["OwnToken"];
export type MailKind = Schemas["MailKind"];
export type AccountExport = Schemas["AccountExport"];
export type Departure = Schemas["Departure"];
export type Organization = Schemas["Organization"];
export type OrganizationEntry = Schemas["OrganizationEntry"];
export type OrganizationMember = Schemas["OrganizationMember"];
export type KnownAccount = Schemas["KnownAccount"];
export type Storage = Schemas["Storage"];
export type SiteStorage = Schemas["SiteStorage"];
export type StorageHolder = Schemas["StorageHolder"];
export type StorageReview = Schemas["StorageReview"];
export type StorageDifference = Schemas["StorageDifference"];
export type UsageDay = Schemas["UsageDay"];
export type SiteReport = Schemas["SiteReport"];
export type Suppression = Schemas["Suppression"];
export type QueueLine = Schemas["QueueLine"];
export type SiteStatus = Schemas["SiteStatus"];
export type SweepFailure = Schemas["SweepFailure"];
export type TrustedSite = Schemas["TrustedSite"];
export type GuestList = Schemas["GuestList"];
export type Notification = Schemas["Notification"];
export type ForeignCompetition = Schemas["ForeignCompetition"];
export type Handouts = Schemas["Handouts"];

/** An operation of the document that is sent a body. */
export type Operation = {
  [Id in keyof operations]: operations[Id] extends { requestBody: object } ? Id : never;
}[keyof operations];
/** What is sent to an operation. */
export type BodyOf<Id extends Operation> = operations[Id] extends {
  requestBody: { content: { "application/json": infer Body } };
}
  ? Body
  : never;

/** What is sent, by the same names as in the document. */
export type Handed = Schemas["SubmitBody"];
export type Said = Schemas["ChangeSubmissionBody"];
