"""Every limit of what people send and what is kept of it, each with its unit and its reason: one module for all.

The check of a bundle, its import, the editor, a clone, a dump and the runner go by these, so what one takes the others
take. Page sizes, time-outs and what a machine's owner may set are no rules of this kind and stand where they are used.
"""

KIB, MIB, GIB, TIB = 1024, 1024**2, 1024**3, 1024**4

# DynamoDB's own.

#: Bytes of one item: the names of its attributes and their values in UTF-8.
ITEM_BYTES = 400 * KIB
#: Items of one TransactWriteItems.
TRANSACTION_ITEMS = 100
#: Keys of one BatchGetItem.
KEYS_A_CALL = 100

# A competition.

#: Organizers and viewers beside the owner, and those who are asked to be one. Their ids stand on its row.
MAX_ORGANIZERS = 50
#: Of one competition: more than a day of mail to strangers is a nuisance.
MAX_INVITATIONS_A_DAY = 1000

#: Characters of a slug: short enough to be typed, and longer than any word that means something else.
MIN_SLUG_CHARACTERS = 3
MAX_SLUG_CHARACTERS = 60
#: Slugs that a competition had before. All of them lead to it, so nobody else gets them.
MAX_FORMER_SLUGS = 10

#: An update stores a competition, its phases, those that go and the marks of their boards in one transaction.
MAX_PHASES = 30
#: A submission and its runs on each task change together, in one transaction.
MAX_TASKS_OF_A_PHASE = 40
#: Nobody has so many; they bound what one page of settings shows, whatever the bytes.
MAX_TASKS = 200
MAX_SOLUTIONS = 200
MAX_PAGES = 200
MAX_LEADERBOARDS = 50
#: Of one board. A runner reports no more scores than MAX_SCORES.
MAX_COLUMNS = 200
MAX_FORMER_KEYS = 10
#: Files of any kind: pages, terms, logo, assets, and those of tasks, phases and solutions. Each has its progress on an
#: import's row.
MAX_FILES = 1000
#: Bytes of the row of a competition or a phase, by a generous estimate: the rest of an item is for what comes later.
MAX_ROW_BYTES = 350_000
#: Bytes of the progress of an import's files, on one row with its complaints.
MAX_PROGRESS_BYTES = 300_000
#: Bytes of an import's errors, and of its warnings, as JSON. Further ones are counted.
MAX_COMPLAINTS_BYTES = 45_000
#: More errors, or more warnings, than this are counted and not listed: nobody reads on.
MAX_COMPLAINTS = 200
#: Characters of a complaint's place and of its sentence.
MAX_COMPLAINT_CHARACTERS = 400
#: Bundles that a competition was made from: what is older is thrown away.
MAX_ORIGINALS = 100

# A team.

#: Members: more than anybody needs, and few enough to change all of them in one transaction.
MAX_TEAM_MEMBERS = 25
#: Submissions of a phase that one may choose to count at its end.
MAX_CHOSEN = 10
#: Invitations of one team, or of one organization, that nobody has answered.
MAX_INVITATIONS = 50

# An organization.

#: Members, and organizations of one account.
MAX_ORGANIZATION_MEMBERS = 500
MAX_ORGANIZATIONS = 20

# A manifest.

#: Bytes of a manifest that is read, and of one that a dump writes. Real ones have some ten thousand.
MANIFEST_BYTES = MIB
#: Levels of lists and mappings, and values of any kind with what aliases stand for. Real manifests have six levels and
#: some hundred values.
MANIFEST_DEPTH = 32
MANIFEST_NODES = 50_000
#: Numbers in a manifest are limits, indexes and seconds. A larger one is a slip, and no table could keep it.
MAX_NUMBER = 10**9
#: Bytes of a size that can be written, such as of the largest submission or of a runner's memory.
MAX_SIZE_BYTES = 5 * TIB
#: Characters of a description.
MAX_TEXT_CHARACTERS = 100_000
#: Characters of titles and names, of what addresses and scores are named by, and of the names of images.
MAX_NAME_CHARACTERS = 256
MAX_KEY_CHARACTERS = 36
MAX_BOARD_TITLE_CHARACTERS = 64
MAX_IMAGE_CHARACTERS = 256
#: Characters of the competition's image where Codabench has it; a longer one stands below `agon:`.
MAX_IMAGE_CHARACTERS_ON_CODABENCH = 128
#: Characters of a fact sheet as JSON, as on Codabench.
MAX_FACT_SHEET_CHARACTERS = 4096
#: Characters of a list of addresses that may join, or may not: it is read with the competition, also to submit.
MAX_ADDRESS_LIST_CHARACTERS = 20_000
#: Tags of a competition, and characters of one.
MAX_TAGS = 10
MAX_TAG_CHARACTERS = 40
#: Sponsors that a competition's page names.
MAX_SPONSORS = 30
#: Groups of participants: a submission reads the queue of each with its competition.
MAX_GROUPS = 20
#: Processors and GPUs that a job may ask for.
MAX_CPUS = 10_000.0
MAX_GPUS = 1000
#: A rubric's criteria, and jurors for one submission.
MAX_CRITERIA = 20
MAX_JUDGEMENTS = 50
MAX_CRITERION_WEIGHT = 1000.0
#: Marks of a scale: nobody tells 101 of them apart.
MAX_STEPS_OF_A_SCALE = 100

# An archive.

#: Entries, and bytes of the directory that lists them, which is read into memory at once.
MAX_ENTRIES = 100_000
MAX_DIRECTORY_BYTES = 64 * MIB
#: Folders, whether they have an entry or are only named by what lies in them.
MAX_FOLDERS = 100_000
#: Bytes that an archive unpacks to which a runner unpacks: a submission, a program, data.
MAX_UNPACKED_BYTES = 20 * GIB
#: Bytes that any other unpacks to: a bundle, and what is handed out to participants. They are read in pieces.
MAX_BUNDLE_UNPACKED_BYTES = 100 * GIB
#: An entry that unpacks to more than so many times its size is blown up.
MAX_RATIO = 200
#: Bytes that all such entries may have together: a file of zeros is just a file of zeros, and honest entries beside a
#: bomb excuse nothing. A runner bears more of a submission than an import takes of a bundle.
MAX_BLOWN_UP_BYTES = 100 * MIB
MAX_BLOWN_UP_BYTES_OF_A_RUN = 256 * MIB
#: Folders around a file and the file itself; bytes of each of their names, as of every file system's; and of the path,
#: of which Linux takes 4096 together with the folder that a runner unpacks into.
MAX_PATH_PARTS = 65
MAX_PART_BYTES = 255
MAX_PATH_BYTES = 3072
#: Archives in archives: how deep they may stand in a program or in data, and bytes of them that are looked into.
MAX_NESTED = 3
MAX_NESTED_BYTES = 64 * MIB

# What a submission is expected to hold.

#: Files, or patterns of files, that are expected; and characters of all that is expected, as JSON: it is read with the
#: competition, and goes to runners with each job.
MAX_EXPECTED_FILES = 50
MAX_EXPECTED_CHARACTERS = 20_000
#: Bytes of all files of a submission that are read to their ends to be checked, and of one of JSON: as values in memory it
#: may be twenty times as large.
MAX_CHECKED_BYTES = GIB
MAX_CHECKED_JSON_BYTES = 32 * MIB
#: Bytes of a row, however many lines it has: longer ones are no row of a table.
MAX_CHECKED_ROW_BYTES = MIB
#: Values of one file that are told apart where none may be there twice in its column: they are kept in memory.
MAX_UNIQUE_VALUES = 2_000_000
#: Lists and objects of a JSON file, one in another.
MAX_CHECKED_DEPTH = 100
#: Complaints about one submission. Who has so many to mend checks it again.
MAX_COMPLAINTS = 20

# An upload.

#: Characters of a file's name, of which the end is kept, and of what its sender calls it.
MAX_FILENAME_CHARACTERS = 200
MAX_LABEL_CHARACTERS = 100

#: Uploads of one account that are neither used nor removed, and their bytes: several of the largest bundles.
MAX_UPLOADS = 50
MAX_UPLOADED_BYTES = 100 * GIB

# An account.

#: Personal access tokens: so many machines and scripts nobody has.
MAX_TOKENS = 50
#: Sign-ins of an account that go on at once: of more, the one that was unused for longest ends.
MAX_SESSIONS = 50

# A mail.

MAX_SUBJECT_CHARACTERS = 200
#: Characters of what organizers write: some ten pages.
MAX_LETTER_CHARACTERS = 30_000
#: Letters of the organizers of one competition to participants.
MAX_MAILINGS_PER_DAY = 5

# A webhook.

#: Webhooks of a competition: each event is read once, and sent by all of them.
MAX_WEBHOOKS = 10
#: Deliveries that one webhook tries in a minute. What is more waits for the next.
MAX_DELIVERIES_A_MINUTE = 120

# A run.

#: Seconds that a step may take: the most that a queue's owner may allow, and what they allow who say nothing of it.
MAX_TIME_LIMIT_SECONDS = 30 * 24 * 3600
DEFAULT_MAX_TIME_LIMIT_SECONDS = 7 * 24 * 3600
#: Bytes of a scores file (FORMATS 0), and scores in it; characters of a score's name.
MAX_SCORES_BYTES = MIB
MAX_SCORES = 1000
MAX_SCORE_CHARACTERS = 200
#: Characters that are shown of what a program says is wrong with a submission.
MAX_SUBMISSION_ERROR_CHARACTERS = 1000
#: Folders that a program may nest in what it writes: an archive of it is one that can be unpacked.
MAX_OUTPUT_FOLDERS = 64

# A forum.

#: Characters of a thread's title, and of a post or an announcement. A page of the longest posts is one answer still.
MAX_THREAD_TITLE_CHARACTERS = 200
MAX_POST_CHARACTERS = 10_000
#: Posts of a thread: their numbers have six digits. Nobody reads on long before.
MAX_POSTS = 999_999
#: How often a post is changed: with it, all that it was before goes in one transaction, and is read in one answer.
MAX_POST_VERSIONS = 30
#: People whom one post may mention, so that it cannot be used to call everybody.
MAX_MENTIONS = 10
#: Posts and changes of posts of one account in all forums: a person's pace, not a program's.
MAX_POSTS_A_MINUTE = 10
MAX_POSTS_A_DAY = 200
#: Announcements of one competition, or of the site, on one day: each may be mailed to everybody.
MAX_ANNOUNCEMENTS_A_DAY = 20
#: Organizers who are told of new threads and of reports.
MAX_TOLD_ORGANIZERS = 50
