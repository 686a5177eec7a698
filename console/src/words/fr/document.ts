/** What the API's document says of settings, by its English: labels, as forms make them of names, and what stands below fields. */
export default {
  // Labels
  "Docker image": "Image Docker",
  Queue: "File d’attente",
  "Enable detailed results": "Résultats détaillés",
  "Show detailed results in submission panel": "Résultats détaillés avec la soumission",
  "Show detailed results in leaderboard": "Résultats détaillés depuis le classement",
  "Fact sheet": "Fiche descriptive",
  Reward: "Récompense",
  "Contact email": "Adresse de contact",
  "Forum enabled": "Forum",
  Expects: "Contenu attendu",
  Required: "Obligatoire",
  Count: "Nombre",
  "Max bytes": "Octets au plus",
  Rows: "Lignes",
  "Min rows": "Lignes au moins",
  "Max rows": "Lignes au plus",
  Fields: "Colonnes",
  Constraints: "Conditions",
  Unique: "Chacune une fois",
  Minimum: "Minimum",
  Maximum: "Maximum",
  "Fields match": "Autres colonnes",
  Header: "En-tête",
  Shape: "Forme",
  Others: "Autres fichiers",
  "Max files": "Nombre maximal de fichiers",
  Agon: "Agon",
  Start: "Début",
  End: "Fin",
  "Anonymous leaderboard": "Classement anonyme",
  "Max submission bytes": "Taille maximale d’une soumission, en octets",
  "Admin names": "Noms des administrateurs",
  "Enable teams": "Équipes",
  "Require team approval": "Équipes soumises à approbation",
  "Max team members": "Membres par équipe",
  "Team merges": "Fusions d’équipes",
  "Team merge deadline": "Date limite des fusions d’équipes",
  Timezone: "Fuseau horaire",
  Slug: "Nom court",
  Tags: "Mots-clés",
  "Allowed addresses": "Adresses admises",
  "Refused addresses": "Adresses refusées",
  "Registration questions": "Questions à l’inscription",
  "Max submissions per day": "Soumissions par jour",
  "Max submissions": "Soumissions en tout",
  "Execution time limit": "Durée maximale d’une étape",
  "Hide output": "Masquer les sorties",
  "Hide prediction output": "Masquer les prédictions",
  "Hide score output": "Masquer la sortie de l’évaluation",
  "Starting kit": "Kit de départ",
  "Public data": "Données publiques",
  "Freeze board at": "Geler le classement le",
  "Final board from": "Classement final tiré de",
  "Final selection": "Choix final",
  Phases: "Phases",
  "Though it is hidden, show participants the scores of their own submissions.":
    "Bien qu’il soit caché, montrer aux participants les scores de leurs propres soumissions.",
  "The indexes of the phases that have it; without one all do.":
    "Les numéros des phases qui l’ont ; sans aucun, toutes l’ont.",
  "Submission rule": "Règle de classement",
  "Max participant bytes": "Stockage par participant, en octets",
  "Max submissions per month": "Soumissions par mois",
  "Max concurrent submissions": "Soumissions simultanées",
  "Licence at end": "Licence à la fin",
  "Submission extensions": "Extensions des fichiers soumis",
  "Never ends": "Sans fin",
  "Judging start": "Début des jugements",
  "Judging end": "Fin des jugements",
  "Ingestion only during scoring": "Ingestion pendant l’évaluation",
  "Score failed predictions": "Évaluer les prédictions en échec",
  "Scoring image": "Image de l’évaluation",
  "Ingestion image": "Image de l’ingestion",
  Network: "Réseau",
  "Confidential data": "Données confidentielles",
  "Participants only": "Réservée aux participants",
  Path: "Chemin",
  Hidden: "Masqué",
  Sponsors: "Sponsors",
  "Error of": "Erreur de",
  Sorting: "Ordre",
  Precision: "Décimales",
  "Former keys": "Anciennes clés",
  "In team": "Dans une équipe",
  Submitted: "Ont soumis",
  Server: "Serveur",
  Active: "Actif",
  Archived: "Archivée",
  // Below fields
  "The competition's title, at most 256 characters.": "Le titre de la compétition, 256 caractères au plus.",
  "A few sentences for the list of competitions.": "Quelques phrases pour la liste des compétitions.",
  "Let everybody in who asks.": "Quiconque le demande participe.",
  "The Docker image that programs run in.": "L’image Docker dans laquelle les programmes s’exécutent.",
  "The id of the queue whose runners do the work.":
    "L’identifiant de la file d’attente dont les exécuteurs font le travail.",
  "Let participants download the programs.": "Les participants peuvent télécharger les programmes.",
  "Let participants download the input data.": "Les participants peuvent télécharger les données d’entrée.",
  "Show the page that scoring writes.": "Montre la page que l’évaluation écrit.",
  "Show it with the submission.": "La montre avec la soumission.",
  "Show it from the leaderboard.": "La montre depuis le classement.",
  "Run submissions at once; otherwise an organizer starts each.":
    "Les soumissions s’exécutent aussitôt ; sinon un organisateur lance chacune.",
  "Let participants show their submissions to all.": "Les participants peuvent montrer leurs soumissions à tous.",
  "Questions about each submission.": "Des questions sur chaque soumission.",
  "What is asked.": "Ce qui est demandé.",
  "The name of its answers in tables and for programs.": "Le nom de ses réponses dans les tableaux et pour les programmes.",
  "How it is answered.": "Comment on y répond.",
  "What can be chosen.": "Ce qui peut être choisi.",
  "Nothing is taken without its answer.": "Rien n’est accepté sans sa réponse.",
  "Boards tell the answers.": "Les classements montrent les réponses.",
  "What is to be won: it is shown on the list.": "Ce qu’il y a à gagner : montré dans la liste.",
  "Whom to ask, told to who is signed in; answers to mails go there.":
    "À qui s’adresser, pour les personnes connectées ; les réponses aux e-mails y arrivent.",
  "Have a forum.": "Ouvre un forum.",
  "Hide names on boards.": "Masque les noms dans les classements.",
  "The largest submission taken in any phase, in bytes.": "La plus grande soumission acceptée dans toute phase, en octets.",
  "Let participants form teams.": "Les participants peuvent former des équipes.",
  "Have an organizer approve teams.": "Un organisateur approuve les équipes.",
  "Let organizers make teams.": "Les organisateurs peuvent créer des équipes.",
  "The most members of a team, 25 at most.": "Le plus de membres par équipe, 25 au plus.",
  "Whether two teams may become one: while both together have used no more than one team could, always, or never.":
    "Si deux équipes peuvent fusionner : tant qu’ensemble elles n’ont pas plus soumis qu’une seule ne pouvait, toujours, ou jamais.",
  "Until when teams may merge; at any time without it.":
    "Jusqu’à quand les équipes peuvent fusionner ; à tout moment sans cette date.",
  "Show the phases' links.": "Montre les liens des phases.",
  "Keep it to be read: nobody joins, submits or posts any more, and lists leave it out.":
    "La garde en lecture : personne ne s’inscrit, ne soumet ni n’écrit plus, et les listes l’omettent.",
  "What a runner must have for every task.": "Ce qu’un exécuteur doit avoir pour toute tâche.",
  "The time zone whose days and months limits go by, such as Europe/Paris.":
    "Le fuseau horaire dont les jours et les mois comptent pour les limites, par exemple Europe/Paris.",
  "Take no submissions in any phase for now.": "N’accepte pour l’instant aucune soumission, dans aucune phase.",
  "Its name in addresses and commands, such as iris-2027, where nobody has it: else one like it. Without one it is made of the title.":
    "Son nom dans les adresses et les commandes, par exemple iris-2027, si personne ne l’a ; sinon un nom proche. Sans lui, il est tiré du titre.",
  "Words that it is found by, 10 at most, such as vision or medicine.":
    "Des mots pour la trouver, 10 au plus, par exemple vision ou médecine.",
  "E-mail addresses that alone may join, and domains with all below them, such as example.org.":
    "Les seules adresses e-mail admises, et des domaines avec tout ce qu’ils contiennent, par exemple example.org.",
  "E-mail addresses that alone submit here, and domains with all below them; without any, all participants do.":
    "Les seules adresses e-mail qui soumettent ici, et des domaines avec tout ce qu’ils contiennent ; sans aucune, tous les participants.",
  "E-mail addresses and domains that may not join.": "Les adresses e-mail et les domaines qui ne peuvent pas participer.",
  "Questions to those who join.": "Des questions à ceux qui s’inscrivent.",
  "Its name, at most 256 characters.": "Son nom, 256 caractères au plus.",
  "When it opens.": "Quand elle s’ouvre.",
  "When it closes; without one it never does. Dumps may write the second before it, and itself below `agon:`.":
    "Quand elle se ferme ; sans cette date, jamais. Les exports peuvent écrire la seconde d’avant, et la date elle-même sous `agon:`.",
  "The indexes of its tasks.": "Les numéros de ses tâches.",
  "What it is about.": "De quoi il s’agit.",
  "Submissions a participant may make a day; 0 or null is no limit.":
    "Les soumissions d’un participant par jour ; 0 ou rien : sans limite.",
  "Submissions a participant may make in all; 0 or null is no limit.":
    "Les soumissions d’un participant en tout ; 0 ou rien : sans limite.",
  "Seconds that each step of a run may take.": "Les secondes que peut prendre chaque étape d’une exécution.",
  "Bring participants' submissions over from the phase before.":
    "Reprend les soumissions des participants à la phase précédente.",
  "Show participants no output and no logs.": "Ne montre aux participants ni sorties ni journaux.",
  "Show participants no output of predictions.": "Ne montre pas aux participants la sortie des prédictions.",
  "Show participants no output of scoring.": "Ne montre pas aux participants la sortie de l’évaluation.",
  "What participants start from.": "Ce dont les participants partent.",
  "Data for participants.": "Des données pour les participants.",
  "Take predictions only, never code.": "N’accepte que des prédictions, jamais de code.",
  "Show participants no scores and no board while the phase is open.":
    "Ne montre aux participants ni scores ni classement tant que la phase est ouverte.",
  "From then to the phase's end participants see the board as it was.":
    "De ce moment à la fin de la phase, les participants voient le classement tel qu’il était.",
  "What ranks when the phase is over.": "Ce qui classe quand la phase est terminée.",
  "How many submissions participants may choose, 10 at most: the best of these counts when the phase is over.":
    "Combien de soumissions les participants peuvent choisir, 10 au plus : la meilleure d’entre elles compte quand la phase est terminée.",
  "How submissions get onto the board in this phase, in place of the board's own rule.":
    "Comment les soumissions entrent au classement dans cette phase, au lieu de la règle du classement.",
  "The largest submission taken, in bytes.": "La plus grande soumission acceptée, en octets.",
  "What a participant's submissions may take together, in bytes.":
    "Ce que les soumissions d’un participant peuvent occuper ensemble, en octets.",
  "Submissions a participant may make a month; 0 allows none.":
    "Les soumissions d’un participant par mois ; 0 n’en permet aucune.",
  "Seconds between two submissions of a participant.": "Les secondes entre deux soumissions d’un participant.",
  "Submissions of a participant that may be waiting or running at once; 0 allows none.":
    "Les soumissions d’un participant qui peuvent attendre ou s’exécuter en même temps ; 0 n’en permet aucune.",
  "Take no submissions for now.": "N’accepte pour l’instant aucune soumission.",
  "Which submission of the phase before comes over: a participant's last or best one.":
    "Quelle soumission de la phase précédente est reprise : la dernière d’un participant, ou sa meilleure.",
  "Delete a participant's finished submissions but the best and the last, and what is on the board or public.":
    "Supprime les soumissions terminées d’un participant, sauf la meilleure, la dernière, et ce qui est au classement ou public.",
  "A Docker image for this phase alone.": "Une image Docker pour cette seule phase.",
  "When the phase is over, everybody may have each submission that has finished under this licence, such as CC-BY-4.0. Without one each participant decides.":
    "À la fin de la phase, tout le monde peut avoir chaque soumission aboutie sous cette licence, par exemple CC-BY-4.0. Sans elle, chaque participant décide.",
  "It has no `end`, and is to go on while later phases are open.":
    "Elle n’a pas de fin, et continue pendant que des phases ultérieures sont ouvertes.",
  "Take one plain file with one of these extensions, such as csv, as it is; without any, submissions are zips.":
    "Prendre un seul fichier avec une de ces extensions, comme csv, tel quel ; sans extension, les soumissions sont des zips.",
  "When jurors can begin; without one, with the first submission.":
    "Quand les jurés peuvent commencer ; sans cette date, à la première soumission.",
  "When jurors can judge no more; without one they always can.":
    "Quand les jurés ne peuvent plus juger ; sans cette date, ils le peuvent toujours.",
  "What is to be done.": "Ce qu’il y a à faire.",
  "The program that writes the scores; needed unless people judge.":
    "Le programme qui écrit les scores ; nécessaire, sauf si des personnes jugent.",
  "The truth, which the scoring program alone sees.": "La vérité, que seul voit le programme d’évaluation.",
  "The data that code submissions work on.": "Les données sur lesquelles travaille le code soumis.",
  "The program that runs a code submission.": "Le programme qui exécute le code soumis.",
  "Run the ingestion program beside the scoring program, not before it.":
    "Exécute le programme d’ingestion pendant celui d’évaluation, et non avant lui.",
  "An existing task's id, instead of everything else.": "L’identifiant d’une tâche existante, au lieu de tout le reste.",
  "Whose program contract holds: 1 has the working directory /app in the shape of a CodaLab run.":
    "Quel contrat vaut pour les programmes : 1 a le dossier de travail /app sous la forme d’une exécution CodaLab.",
  "Score what there is when the prediction step exited with an error.":
    "Évalue ce qu’il y a quand l’étape de prédiction se termine par une erreur.",
  "A Docker image for scoring alone.": "Une image Docker pour la seule évaluation.",
  "A Docker image for ingestion alone.": "Une image Docker pour la seule ingestion.",
  "The containers that may use the network: ingestion, submission, scoring.":
    "Les conteneurs qui peuvent utiliser le réseau : ingestion, soumission, évaluation.",
  "The containers that see the runner's /app/data: ingestion, submission, scoring.":
    "Les conteneurs qui voient /app/data de l’exécuteur : ingestion, soumission, évaluation.",
  "What a runner must have for this task, besides what the competition asks for.":
    "Ce qu’un exécuteur doit avoir pour cette tâche, outre ce que demande la compétition.",
  "How people judge the outputs, beside the scoring program or in its place.":
    "Comment des personnes jugent les sorties, à côté du programme d’évaluation ou à sa place.",
  "The key of the leaderboard's column that the judgements fill. More is better there.":
    "La clé de la colonne du classement que les jugements remplissent. Plus y vaut mieux.",
  "rubric: jurors give each output marks. pairwise: they say which of two is better.":
    "Une grille : les jurés donnent des notes à chaque sortie. Par paires : ils disent laquelle de deux est la meilleure.",
  "How many jurors mark each submission; with pairwise, how many comparisons it stands in.":
    "Combien de jurés notent chaque soumission ; par paires, dans combien de comparaisons elle entre.",
  "The rubric's lines.": "Les lignes de la grille.",
  "The name that marks go by, at most 36 characters.": "Le nom sous lequel vont les notes, 36 caractères au plus.",
  "What jurors are asked.": "Ce qui est demandé aux jurés.",
  "The lowest and the highest mark, such as [1, 5].": "La note la plus basse et la plus haute, par exemple [1, 5].",
  "What a low mark means, and what a high one.": "Ce que dit une note basse, et une haute.",
  "How much it counts beside the others.": "Combien elle compte à côté des autres.",
  "What jurors should know, in Markdown.": "Ce que les jurés doivent savoir, en Markdown.",
  "Show a score as soon as a submission has its judgements; otherwise an organizer publishes them all.":
    "Montre un score dès qu’une soumission a ses jugements ; sinon un organisateur les publie tous.",
  "What its tab says.": "Ce que dit son onglet.",
  "Its text.": "Son texte.",
  "Markdown or HTML.": "Markdown ou HTML.",
  "Show the text to approved participants only; everybody sees the title.":
    "Ne montre le texte qu’aux participants acceptés ; tout le monde voit le titre.",
  "The indexes of the tasks that it solves.": "Les numéros des tâches qu’elle résout.",
  "Its name.": "Son nom.",
  "What it does.": "Ce qu’elle fait.",
  "A zip or a folder of the bundle.": "Un zip ou un dossier du paquet.",
  "An existing solution's id, instead of `path`.": "L’identifiant d’une solution existante, au lieu du chemin.",
  "Its title, at most 64 characters.": "Son titre, 64 caractères au plus.",
  "Its name in addresses, at most 36 characters.": "Son nom dans les adresses, 36 caractères au plus.",
  "Show it to organizers only.": "Ne le montre qu’aux organisateurs.",
  "How submissions get onto it.": "Comment les soumissions y entrent.",
  "The index of the column that ranks.": "Le numéro de la colonne qui classe.",
  "The columns that part equal primary scores, in order; null means all other visible ones but errors.":
    "Les colonnes qui départagent des scores principaux égaux, dans l’ordre ; rien : toutes les autres visibles, sauf les erreurs.",
  "The name under which the scoring program reports it.": "Le nom sous lequel le programme d’évaluation la donne.",
  "What the board's header says.": "Ce que dit l’en-tête du classement.",
  "`asc` when less is better.": "Si le plus bas ou le plus haut est le meilleur.",
  "Decimals that are shown.": "Les décimales montrées.",
  "Compute it: avg, sum, min, max of the scores, or avg_rank of fractional ranks. Below `agon:` also avg_dense_rank, weighted_dense_rank and mrr.":
    "La calcule : avg, sum, min, max des scores, ou avg_rank des rangs fractionnaires. Sous `agon:` aussi avg_dense_rank, weighted_dense_rank et mrr.",
  "The columns that it is computed from.": "Les colonnes dont elle est calculée.",
  "The weight of each of those, for weighted_dense_rank.": "Le poids de chacune, pour weighted_dense_rank.",
  "The key of the header group that it stands under.": "La clé du groupe d’en-tête sous lequel elle se trouve.",
  "The index of the column whose error this is: it stands behind that score, after ±, and in no column of its own.":
    "L’index de la colonne dont ceci est l’erreur : elle est montrée derrière ce score, après ±, et dans aucune colonne à elle.",
  "Those who pay for it, for its page to name.": "Ceux qui la financent, que sa page nomme.",
  "What they are called.": "Leur nom.",
  "Where their name leads: an https:// or http:// address.": "Où mène leur nom : une adresse https:// ou http://.",
  "Keys that it had before: what was scored under them stands under `key` now.":
    "Les clés qu’elle avait avant : ce qui a été évalué sous elles se trouve à présent sous sa clé.",
  "What submissions must hold, in place of what the competition says.":
    "Ce que les soumissions doivent contenir, à la place de ce que dit la compétition.",
  "What submissions must hold, in each phase that says nothing of its own.":
    "Ce que les soumissions doivent contenir, dans chaque phase qui n’en dit rien elle-même.",
  "The files, or patterns of files.": "Les fichiers, ou des motifs de fichiers.",
  "Take files that none of these are, too.": "Accepter aussi des fichiers qui n’en sont pas.",
  "The most files in a submission.": "Le nombre maximal de fichiers d’une soumission.",
  "Its path in the submission, such as predictions.csv; `*` is any part of a name, `**` any folders: `images/*.png`.":
    "Son chemin dans la soumission, par exemple predictions.csv ; `*` vaut toute partie d’un nom, `**` tous dossiers : `images/*.png`.",
  "What participants should know of it.": "Ce que les participants doivent en savoir.",
  "It must be there; of a pattern, one file at least.": "Il doit y être ; pour un motif, au moins un fichier.",
  "How many files the pattern is to find.": "Combien de fichiers le motif doit trouver.",
  "The most bytes of each.": "Le nombre maximal d’octets de chacun.",
  "What it is read as to be checked: csv, tsv, json, jsonl (a JSON object a line), npy (numpy.save) or text in UTF-8.":
    "Comment il est lu pour être vérifié : csv, tsv, json, jsonl (un objet JSON par ligne), npy (numpy.save) ou texte en UTF-8.",
  "How many rows: below the header, lines of a text, entries of a JSON array.":
    "Combien de lignes : sous l’en-tête, d’un texte, ou d’entrées d’un tableau JSON.",
  "The fewest rows.": "Le nombre minimal de lignes.",
  "The most rows.": "Le nombre maximal de lignes.",
  "Its columns, or the keys of each JSON object.": "Ses colonnes, ou les clés de chaque objet JSON.",
  "superset: others may be there, in any order; equal: these alone; exact: these alone, in this order.":
    "superset : d’autres sont permises, dans tout ordre ; equal : celles-ci seules ; exact : celles-ci seules, dans cet ordre.",
  "A table's first row names its columns; without, the fields are those in this order.":
    "La première ligne d’un tableau nomme ses colonnes ; sinon, ce sont les colonnes dans cet ordre.",
  "What a JSON file holds: object or array.": "Ce que contient un fichier JSON : un objet ou un tableau.",
  "The type of an array's values, as numpy calls it, such as float32.":
    "Le type des valeurs d’un tableau, comme numpy l’appelle, par exemple float32.",
  "The lengths of an array, such as [1000, 3]; -1 is any.":
    "Les longueurs d’un tableau, par exemple [1000, 3] ; -1 vaut toute longueur.",
  "The column's name in the header, or the key.": "Le nom de la colonne dans l’en-tête, ou la clé.",
  "What values are: any, string, integer, number (finite) or boolean.":
    "Ce que sont les valeurs : any (quelconques), string (texte), integer (entier), number (nombre fini) ou boolean (vrai ou faux).",
  "What must hold of each value.": "Ce que chaque valeur doit respecter.",
  "No value is missing: none is empty, and none is null.": "Aucune valeur ne manque : aucune n’est vide ni null.",
  "No value is there twice, such as of the column that identifies rows.":
    "Aucune valeur n’y est deux fois, comme dans la colonne qui identifie les lignes.",
  "The least number.": "Le plus petit nombre.",
  "The greatest number.": "Le plus grand nombre.",
  "The values that there may be.": "Les valeurs permises.",
  "competition or benchmark. A benchmark is a competition like others.":
    "Une compétition ou un banc d’essai, qui est une compétition comme les autres.",
  "When the competition as a whole begins. Only phases have starts that count.":
    "Quand la compétition commence dans son ensemble. Seuls comptent les débuts des phases.",
  "People whom the organizer named. Nobody becomes an organizer by a bundle. Add them on the competition's page.":
    "Des personnes que l’organisateur a nommées. Personne ne devient organisateur par un paquet : ajoutez-les sur la page de la compétition.",
  "Show the team of each participant's profile. Profiles have no team here. Those who compete as a team always stand under its name.":
    "Montrer l’équipe sur le profil de chaque participant. Les profils n’ont pas d’équipe ici ; qui participe en équipe figure toujours sous le nom de celle-ci.",
  "Groups of participants that have something of their own.": "Des groupes de participants qui ont quelque chose à eux.",
  "What it is called in commands and files: small letters, digits and `-`.":
    "Son nom dans les commandes et les fichiers : petites lettres, chiffres et `-`.",
  "What people read.": "Ce que lisent les gens.",
  "Have a leaderboard of its own beside the common one.": "Avoir un classement à lui à côté du classement commun.",
  "The id of the queue whose runners do its work; else the competition's.":
    "L’identifiant de la file dont les exécuteurs font son travail ; sinon celle de la compétition.",
  "The indexes of phases that are for this group: others do not see them, unless a group of theirs names them too.":
    "Les numéros des phases réservées à ce groupe : les autres ne les voient pas, sauf si un de leurs groupes les nomme aussi.",
  "Its limits, in place of the phases'.": "Ses limites, à la place de celles des phases.",
  "The index of the phase; without one they are those of every phase that has none here.":
    "Le numéro de la phase ; sans lui, ce sont celles de chaque phase qui n’en a pas ici.",
  "Submissions a participant may make a day.": "Les soumissions d’un participant par jour.",
  "Submissions a participant may make a month.": "Les soumissions d’un participant par mois.",
  "Submissions a participant may make in all.": "Les soumissions d’un participant en tout.",
  "Who joins with one of these e-mail addresses or domains is put here.":
    "Qui s’inscrit avec une de ces adresses e-mail ou un de ces domaines entre ici.",
  "The key of a question at registration that decides who is put here.":
    "La clé d’une question à l’inscription qui décide qui entre ici.",
  "The answers to it that do; of a checkbox `true` or `false`.":
    "Les réponses qui conviennent ; pour une case, `true` ou `false`.",
  "A colour for its tab. It is shown nowhere yet.": "Une couleur pour son onglet. Elle n’est encore montrée nulle part.",
  "Links that participants find beside the data.": "Des liens que les participants trouvent à côté des données.",
  "What the link says.": "Ce que dit le lien.",
  "Where it leads.": "Où il mène.",
  "What is to be found there.": "Ce qu’on y trouve.",
  "The dataset that it hands out, instead of `url`. A link without `url` is not shown: hand the file out as the phase's public data.":
    "Le jeu de données qu’il distribue, au lieu d’une adresse. Un lien sans adresse n’est pas montré : distribuez le fichier comme données publiques de la phase.",
  "Headers over columns.": "Des en-têtes au-dessus de colonnes.",
  "The name by which columns refer to it.": "Le nom par lequel les colonnes y renvoient.",
  "What the header says.": "Ce que dit l’en-tête.",
  "Processors.": "Des processeurs.",
  "Memory, in bytes.": "De la mémoire, en octets.",
  "GPUs.": "Des GPU.",
  "Labels that the queue's owner gave to runners, such as a100.":
    "Des étiquettes que le propriétaire de la file a données à des exécuteurs, par exemple a100.",
};
