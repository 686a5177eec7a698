/** The sentences of the API's document that its reference shows, in French, by the English. Loaded by who reads it in French. */
export default {
  "Make an account. A code to confirm it is mailed.": "Créer un compte. Un code de confirmation est envoyé par e-mail.",
  "What solves the `challenge` of a refusal: its text, a colon and a number. It is good once.":
    "Ce qui résout le `challenge` d’un refus : son texte, un deux-points et un nombre. Il sert une seule fois.",
  "Done.": "Fait.",
  "Not signed in": "Non connecté",
  "What was sent is wrong": "Ce qui a été envoyé est incorrect",
  "Too large": "Trop volumineux",
  "Too busy": "Trop occupé",
  "No attempt left": "Plus d’essai disponible",
  "Not possible now": "Impossible pour le moment",
  "Our fault": "Une erreur de notre part",
  "Confirm an account with the mailed code.": "Confirmer un compte avec le code reçu par e-mail.",
  "Mail the confirmation code again.": "Envoyer de nouveau le code de confirmation.",
  "Mail a code for a new password.": "Envoyer par e-mail un code pour un nouveau mot de passe.",
  "Set a new password with the mailed code. Every open session of the account ends; its personal tokens stay.":
    "Choisir un nouveau mot de passe avec le code reçu par e-mail. Toutes les sessions ouvertes du compte prennent fin ; ses jetons personnels restent.",
  "Sign in with user name and password. An account whose e-mail address is another account's is refused.":
    "Se connecter avec un nom d’utilisateur et un mot de passe. Un compte dont l’adresse e-mail est celle d’un autre compte est refusé.",
  "Not allowed": "Non autorisé",
  "List where you are signed in, the session that was used last first.":
    "Lister là où vous êtes connecté, la session utilisée en dernier d’abord.",
  "End every session of yours but the one that calls.": "Fermer toutes vos sessions sauf celle qui appelle.",
  "Get a new access token for a refresh token.": "Obtenir un nouveau jeton d’accès contre un jeton de rafraîchissement.",
  "Sign in from a page of the site's own: the refresh token goes into a cookie that no script can read.":
    "Se connecter depuis une page du site lui-même : le jeton de rafraîchissement va dans un cookie qu’aucun script ne peut lire.",
  "Shows that no page of another site calls.": "Montre que ce n’est pas une page d’un autre site qui appelle.",
  "Get a new access token for the refresh token that this browser keeps.":
    "Obtenir un nouveau jeton d’accès contre le jeton de rafraîchissement que garde ce navigateur.",
  "The refresh token that a sign-in of this browser left.":
    "Le jeton de rafraîchissement qu’une connexion de ce navigateur a laissé.",
  "End a session of yours, by its id or as `current`. Within ten seconds whoever has it is signed out, for good.":
    "Fermer une de vos sessions, par son identifiant ou comme `current`. Qui l’utilise est déconnecté en moins de dix secondes, pour de bon.",
  "Not found": "Introuvable",
  "Sign out everywhere.": "Se déconnecter partout.",
  "Say who is signed in.": "Dire qui est connecté.",
  "Change what you say of yourself, which everybody sees.": "Modifier ce que vous dites de vous, que tout le monde voit.",
  "List who did what with your queues, datasets, tasks and organizations, newest first.":
    "Lister qui a fait quoi de vos files, jeux de données, tâches et organisations, du plus récent au plus ancien.",
  "The `next` of the former page.": "Le `next` de la page précédente.",
  "Pack what the site knows of you and has by you, signed in with your password; once an hour at most.":
    "Rassembler ce que le site sait de vous et détient par vous, connecté avec votre mot de passe ; une fois par heure au plus.",
  "Show how far the export of your own data is, and where it can be downloaded for a day.":
    "Montrer où en est l’export de vos propres données, et où le télécharger pendant un jour.",
  "Show what somebody says of themselves, where they stood, what they organize and share, and who shows them.":
    "Montrer ce que quelqu’un dit de soi, ses résultats, ce qu’il organise et partage, et qui le montre.",
  "Tell whether your sign-in asks for a code of an authenticator.":
    "Dire si votre connexion demande un code d’une application d’authentification.",
  "Make a secret for an authenticator, by your password. Show a code of it next: until then nothing changes.":
    "Créer un secret pour une application d’authentification, avec votre mot de passe. Montrez-en ensuite un code : rien ne change avant.",
  "Have your sign-in ask for a code of the authenticator, of whose secret you show one.":
    "Faire demander à votre connexion un code de l’application d’authentification, dont vous montrez un code.",
  "Have your sign-in ask for no code any more, by your password and a code.":
    "Ne plus faire demander de code à votre connexion, avec votre mot de passe et un code.",
  "Have an account's sign-in ask for no code, as an administrator: its owner has lost the authenticator.":
    "Ne plus faire demander de code à la connexion d’un compte, en tant qu’administrateur : son propriétaire a perdu l’application d’authentification.",
  "Why; it stands in the audit log.": "Pourquoi ; cela figure dans le journal.",
  "Make a personal access token, shown this once.": "Créer un jeton d’accès personnel, montré cette seule fois.",
  "List your tokens with their last use, without their secrets.":
    "Lister vos jetons avec leur dernière utilisation, sans leurs secrets.",
  "Revoke a token of yours.": "Révoquer un de vos jetons.",
  "Begin an upload: learn where to send the file.": "Commencer un envoi : apprendre où envoyer le fichier.",
  "The progress of the upload: what has arrived, and fresh addresses for what lacks.":
    "L’avancement de l’envoi : ce qui est arrivé, et de nouvelles adresses pour ce qui manque.",
  "Forget an upload that was not used.": "Oublier un envoi qui n’a pas été utilisé.",
  "Commit an upload: its size and checksum are checked.":
    "Valider un envoi : sa taille et sa somme de contrôle sont vérifiées.",
  "List competitions, or search them.": "Lister les compétitions, ou en rechercher.",
  "`true` for those you organize, drafts too.": "`true` pour celles que vous organisez, brouillons compris.",
  "`true` for those you take part in, or have asked to.":
    "`true` pour celles auxquelles vous participez, ou avez demandé à participer.",
  "Words of its title, tags, organizer or description, or how they begin.":
    "Des mots de son titre, de ses étiquettes, de son organisateur ou de sa description, ou leurs débuts.",
  "`true` for those that have begun and have not ended.": "`true` pour celles qui ont commencé et ne sont pas terminées.",
  "`true` for those where there is something to be won.": "`true` pour celles où il y a quelque chose à gagner.",
  "`true` for those that administrators point to.": "`true` pour celles que les administrateurs mettent en avant.",
  "`true` for those that are there to be read alone; others leave these out.":
    "`true` pour celles qui ne sont plus là que pour être lues ; les autres listes les omettent.",
  "The order; without it by relevance for `search`, else the newest first.":
    "L’ordre ; sans lui, par pertinence pour `search`, sinon les plus récentes d’abord.",
  "Import an uploaded bundle as a new competition.": "Importer un paquet téléversé comme nouvelle compétition.",
  "Show a competition with its phases.": "Montrer une compétition avec ses phases.",
  "Its slug, such as iris-2027, or its id.": "Son nom d’adresse, comme iris-2027, ou son identifiant.",
  "The token of a draft's secret link.": "Le jeton du lien secret d’un brouillon.",
  "Delete a competition that is not published, with all that was handed in to it, as its owner.":
    "Supprimer une compétition non publiée, avec tout ce qui y a été soumis, en tant que propriétaire.",
  "The competition's slug, typed once more: what is deleted does not come back.":
    "Le nom d’adresse de la compétition, saisi une fois de plus : ce qui est supprimé ne revient pas.",
  "Show a page of a competition.": "Montrer une page d’une compétition.",
  "List the files that a competition's pages link to.":
    "Lister les fichiers vers lesquels pointent les pages d’une compétition.",
  "Put a competition on the public list, or have it wait for approval where the site wants that.":
    "Mettre une compétition dans la liste publique, ou la faire attendre une approbation là où le site le veut.",
  "Take a competition off the public list.": "Retirer une compétition de la liste publique.",
  "Make a draft's secret link, in the place of the former one.":
    "Créer le lien secret d’un brouillon, à la place du précédent.",
  "Have a draft's secret link open nothing any more.": "Faire que le lien secret d’un brouillon n’ouvre plus rien.",
  "List the competitions that wait for approval, newest first, as an administrator.":
    "Lister les compétitions qui attendent une approbation, les plus récentes d’abord, en tant qu’administrateur.",
  "Publish a competition that waits for approval, or refuse that with a reason, as an administrator.":
    "Publier une compétition qui attend une approbation, ou la refuser avec une raison, en tant qu’administrateur.",
  "Point to a competition: lists can be asked for what is featured.":
    "Mettre une compétition en avant : on peut demander aux listes ce qui l’est.",
  "Point to a competition no more.": "Ne plus mettre une compétition en avant.",
  "Tell the key that this site signs its list with.": "Donner la clé avec laquelle ce site signe sa liste.",
  "Sign with a new key, which the former one signs.": "Signer avec une nouvelle clé, que signe la précédente.",
  "Tell the public competitions of this site as a signed list, for other sites.":
    "Donner les compétitions publiques de ce site en une liste signée, pour d’autres sites.",
  "List competitions of other sites, or search them.": "Lister les compétitions d’autres sites, ou en rechercher.",
  "List the sites that are trusted.": "Lister les sites de confiance.",
  "Trust a site, with the key that it signs with.": "Faire confiance à un site, avec la clé avec laquelle il signe.",
  "Trust a site no more.": "Ne plus faire confiance à un site.",
  "Tell of the competitions that were published last, as a feed.":
    "Annoncer les compétitions publiées en dernier, sous forme de fil.",
  "The form of the feed.": "La forme du fil.",
  "It has not changed.": "Rien n’a changé.",
  "Tell what happens in a competition, as a feed.": "Annoncer ce qui se passe dans une compétition, sous forme de fil.",
  "Tell when a competition's phases begin and end, as a calendar.":
    "Donner le début et la fin des phases d’une compétition, sous forme de calendrier.",
  "Tell the deadlines of what somebody takes part in to who knows their private address.":
    "Donner les échéances de ce à quoi quelqu’un participe, à qui connaît son adresse privée.",
  "Make a private address of your calendar, shown this once; a former one opens nothing any more.":
    "Créer une adresse privée de votre calendrier, montrée cette seule fois ; une précédente n’ouvre plus rien.",
  "Take back the address of your calendar.": "Retirer l’adresse de votre calendrier.",
  "Describe a competition's data for machines, as Croissant (JSON-LD).":
    "Décrire les données d’une compétition pour des machines, en Croissant (JSON-LD).",
  "Show all settings of a competition, to its organizers.":
    "Montrer tous les réglages d’une compétition, à ses organisateurs.",
  "Change settings of the competition itself. Send their ETag as If-Match.":
    "Modifier les réglages de la compétition elle-même. Envoyez leur ETag en If-Match.",
  "Change nothing: the answer's `effects` say what the change would do to boards.":
    "Ne rien modifier : les `effects` de la réponse disent ce que la modification ferait aux classements.",
  "Change it though submissions have scores that no board shows any more then.":
    "Modifier bien que des soumissions aient des scores qu’aucun classement ne montrera plus.",
  "The ETag of the settings that are changed. Without it the answer is 428.":
    "L’ETag des réglages à modifier. Sans lui, la réponse est 428.",
  "Changed meanwhile": "Modifié entre-temps",
  "Say what you change": "Dites ce que vous modifiez",
  "Give a competition other terms. Send the settings' ETag as If-Match.":
    "Donner d’autres conditions à une compétition. Envoyez l’ETag des réglages en If-Match.",
  "Give a competition another logo. Send the settings' ETag as If-Match.":
    "Donner un autre logo à une compétition. Envoyez l’ETag des réglages en If-Match.",
  "Add a phase, task, page, solution or leaderboard. Send the settings' ETag as If-Match.":
    "Ajouter une phase, une tâche, une page, une solution ou un classement. Envoyez l’ETag des réglages en If-Match.",
  "Change a phase, task, page, solution or leaderboard. Send the settings' ETag as If-Match.":
    "Modifier une phase, une tâche, une page, une solution ou un classement. Envoyez l’ETag des réglages en If-Match.",
  "Remove a phase, task, page, solution or leaderboard. Send the settings' ETag as If-Match.":
    "Retirer une phase, une tâche, une page, une solution ou un classement. Envoyez l’ETag des réglages en If-Match.",
  "Add a column to a leaderboard. Send the settings' ETag as If-Match.":
    "Ajouter une colonne à un classement. Envoyez l’ETag des réglages en If-Match.",
  "Change a column of a leaderboard. Send the settings' ETag as If-Match.":
    "Modifier une colonne d’un classement. Envoyez l’ETag des réglages en If-Match.",
  "Remove a column of a leaderboard. Send the settings' ETag as If-Match.":
    "Retirer une colonne d’un classement. Envoyez l’ETag des réglages en If-Match.",
  "Keep an upload as a dataset.": "Garder un envoi comme jeu de données.",
  "List your datasets, those shared with you, or the public ones, newest first.":
    "Lister vos jeux de données, ceux partagés avec vous ou les publics, les plus récents d’abord.",
  "`true` for what others share with you.": "`true` pour ce que d’autres partagent avec vous.",
  "`true` for what everybody may use.": "`true` pour ce que tout le monde peut utiliser.",
  "Show a dataset and who uses it.": "Montrer un jeu de données et qui l’utilise.",
  "Change what is said of a dataset, or who may use it.":
    "Modifier ce qui est dit d’un jeu de données, ou qui peut l’utiliser.",
  "Remove a dataset that nothing uses.": "Supprimer un jeu de données que rien n’utilise.",
  "Get a signed URL of a dataset's file.": "Obtenir une URL signée du fichier d’un jeu de données.",
  "Make a task of datasets.": "Créer une tâche à partir de jeux de données.",
  "List your tasks, those shared with you, or the public ones, newest first.":
    "Lister vos tâches, celles partagées avec vous ou les publiques, les plus récentes d’abord.",
  "Make a task of an uploaded archive with a task.yaml.":
    "Créer une tâche à partir d’une archive téléversée contenant un task.yaml.",
  "Show a task.": "Montrer une tâche.",
  "Change a task. Other files or settings make a new version.":
    "Modifier une tâche. D’autres fichiers ou réglages font une nouvelle version.",
  "Take a task out of the bank.": "Retirer une tâche de la banque.",
  "Dump a competition as a bundle: with all files, or light, with the keys of its datasets.":
    "Sauvegarder une compétition en paquet : avec tous ses fichiers, ou léger, avec les clés de ses jeux de données.",
  "List the newest dumps of a competition.": "Lister les sauvegardes les plus récentes d’une compétition.",
  "Show how far a dump is, and where it can be downloaded.": "Montrer où en est une sauvegarde, et où la télécharger.",
  "Remove a dump, with its file.": "Supprimer une sauvegarde, avec son fichier.",
  "Make a draft with the same definition and data, without sending anything again.":
    "Créer un brouillon de même définition et de mêmes données, sans rien renvoyer.",
  "Find everything that is wrong with a bundle, without importing it.":
    "Trouver tout ce qui ne va pas dans un paquet, sans l’importer.",
  "Show the bundles that a competition was made from, as they were uploaded.":
    "Montrer les paquets dont une compétition a été faite, tels qu’ils ont été téléversés.",
  "Put a new bundle in the place of a competition's definition.":
    "Mettre un nouveau paquet à la place de la définition d’une compétition.",
  "Show how far an import is, and every complaint about the bundle.":
    "Montrer où en est un import, et chaque remarque sur le paquet.",
  "Join a competition, agreeing to its terms.": "Rejoindre une compétition, en acceptant ses conditions.",
  "List a competition's participants and what each has done in a phase, for its organizers.":
    "Lister les participants d’une compétition et ce que chacun a fait dans une phase, pour ses organisateurs.",
  "Those of one status alone.": "Ceux d’un seul statut.",
  "Those alone in whose name, or whose team's name, this stands.":
    "Seulement ceux dont le nom, ou le nom de l’équipe, contient ceci.",
  "Those alone in the group with this key.": "Seulement ceux du groupe qui a cette clé.",
  "The id of the phase whose attempts are told; else of the one that began last.":
    "L’identifiant de la phase dont les essais sont donnés ; sinon, de celle qui a commencé en dernier.",
  "Accept a competition's terms that have changed since one joined.":
    "Accepter les conditions d’une compétition, modifiées depuis qu’on l’a rejointe.",
  "Export a competition's participants to a file of CSV, for its organizers.":
    "Exporter les participants d’une compétition dans un fichier CSV, pour ses organisateurs.",
  "Approve or deny a participant, with a reason that they read.":
    "Approuver ou refuser un participant, avec une raison qu’il lit.",
  "Approve or deny several participants, with a reason that they read.":
    "Approuver ou refuser plusieurs participants, avec une raison qu’ils lisent.",
  "Give a participant attempts beside a phase's limits, with a reason.":
    "Donner à un participant des essais en plus des limites d’une phase, avec une raison.",
  "List what organizers decided about participants, newest first.":
    "Lister ce que les organisateurs ont décidé des participants, du plus récent au plus ancien.",
  "Invite people to a competition by their e-mail addresses, as an organizer.":
    "Inviter des personnes à une compétition par leur adresse e-mail, en tant qu’organisateur.",
  "List a competition's invitations and how they stand, for its organizers.":
    "Lister les invitations d’une compétition et où elles en sont, pour ses organisateurs.",
  "Revoke invitations that nobody has accepted yet.": "Révoquer des invitations que personne n’a encore acceptées.",
  "List what your confirmed e-mail address is invited to.": "Lister ce à quoi votre adresse e-mail confirmée est invitée.",
  "Have an account take part as a robot, with limits of its own, as an organizer.":
    "Faire participer un compte comme robot, avec ses propres limites, en tant qu’organisateur.",
  "Have a robot take part as anybody does, as an organizer.":
    "Faire participer un robot comme n’importe qui, en tant qu’organisateur.",
  "List a competition's owner, organizers and viewers, and who is asked to be one, for them.":
    "Lister le propriétaire, les organisateurs et les observateurs d’une compétition, et à qui l’on propose de l’être, pour eux.",
  "Offer somebody a role in a competition, or the whole of it, as its owner; what is less than theirs holds at once.":
    "Proposer à quelqu’un un rôle dans une compétition, ou la compétition entière, en tant que propriétaire ; un rôle moindre que le sien vaut aussitôt.",
  "Accept a role in a competition that you are offered.": "Accepter un rôle qui vous est proposé dans une compétition.",
  "Take somebody's role and what they are offered away, as the owner; or leave, or decline, yourself.":
    "Retirer à quelqu’un son rôle et ce qui lui est proposé, en tant que propriétaire ; ou partir, ou décliner, soi-même.",
  "`true` for what they are offered alone: a role that they have stays.":
    "`true` pour ce qui est seulement proposé : un rôle déjà tenu reste.",
  "List the roles in competitions that you are offered.": "Lister les rôles qui vous sont proposés dans des compétitions.",
  "List a competition's groups and the newest work on them, for its organizers and viewers.":
    "Lister les groupes d’une compétition et les travaux les plus récents sur eux, pour ses organisateurs et observateurs.",
  "Put participants in a group, or take them out. What they have handed in follows.":
    "Mettre des participants dans un groupe, ou les en retirer. Ce qu’ils ont soumis suit.",
  "Apply the rules of all groups to those who joined before.":
    "Appliquer les règles de tous les groupes à ceux qui ont rejoint avant.",
  "Make a team: your own, or as an organizer one for a participant.":
    "Créer une équipe : la vôtre, ou, en tant qu’organisateur, celle d’un participant.",
  "List a competition's teams, for its organizers.": "Lister les équipes d’une compétition, pour ses organisateurs.",
  "Join a team, by the code that its leader gave you.": "Rejoindre une équipe, par le code donné par son responsable.",
  "Show a team and its members.": "Montrer une équipe et ses membres.",
  "Approve, deny or rename a team, as an organizer.": "Approuver, refuser ou renommer une équipe, en tant qu’organisateur.",
  "Dissolve a team that has not submitted, as its leader; or disband any, as an organizer.":
    "Dissoudre une équipe qui n’a rien soumis, en tant que responsable ; ou n’importe laquelle, en tant qu’organisateur.",
  "Why an organizer disbands it, for the audit log.": "Pourquoi un organisateur la dissout, pour le journal.",
  "Put a participant in a team, as an organizer.": "Mettre un participant dans une équipe, en tant qu’organisateur.",
  "Leave a team, or take somebody out of it as its leader or an organizer.":
    "Quitter une équipe, ou en retirer quelqu’un en tant que responsable ou organisateur.",
  "Offer the lead to another member; as an organizer, make them the leader.":
    "Proposer la direction à un autre membre ; en tant qu’organisateur, en faire le responsable.",
  "Have another code let people into a team, and the former one nobody.":
    "Faire qu’un autre code ouvre une équipe, et que le précédent n’ouvre plus rien.",
  "Give a team attempts beside a phase's limits, with a reason.":
    "Donner à une équipe des essais en plus des limites d’une phase, avec une raison.",
  "List the invitations of a team and those to it, for who leads it.":
    "Lister les invitations d’une équipe et celles qui lui sont adressées, pour qui la dirige.",
  "Ask an account, or whoever has an e-mail address, into a team.":
    "Inviter dans une équipe un compte, ou la personne qui a une adresse e-mail.",
  "Take back an invitation of a team.": "Retirer une invitation d’une équipe.",
  "Ask another team to go into this one. It does when who leads that team accepts.":
    "Proposer à une autre équipe d’entrer dans celle-ci. Elle le fait quand son responsable accepte.",
  "List a competition's threads: the pinned ones, then those in which somebody wrote last.":
    "Lister les fils d’une compétition : les épinglés, puis ceux où l’on a écrit en dernier.",
  "Begin a thread, as a participant or an organizer.": "Ouvrir un fil, en tant que participant ou organisateur.",
  "Show a thread and one page of its posts.": "Montrer un fil et une page de ses messages.",
  "The page, from 1.": "La page, à partir de 1.",
  "The number of a post: the page on which it stands, instead of `page`.":
    "Le numéro d’un message : la page où il se trouve, au lieu de `page`.",
  "Which posts come first.": "Quels messages viennent d’abord.",
  "Pin or lock a thread, as an organizer; say which post answers it, as its author too.":
    "Épingler ou fermer un fil, en tant qu’organisateur ; dire quel message y répond, aussi en tant qu’auteur du fil.",
  "Write in a thread, as a participant or an organizer.": "Écrire dans un fil, en tant que participant ou organisateur.",
  "Change what your post says. What it said before stays readable to you and the organizers.":
    "Modifier ce que dit votre message. Ce qu’il disait avant reste lisible pour vous et les organisateurs.",
  "Delete your post, or anybody's as an organizer, with all that it said before.":
    "Supprimer votre message, ou celui de n’importe qui en tant qu’organisateur, avec tout ce qu’il disait avant.",
  "Of an organizer: why, for the audit log.": "D’un organisateur : pourquoi, pour le journal.",
  "Tell what a post said before it was changed, to its author and the organizers.":
    "Montrer ce que disait un message avant d’être modifié, à son auteur et aux organisateurs.",
  "Find the posts of a competition's forum in which all of some words stand, newest first.":
    "Trouver les messages du forum d’une compétition où se trouvent tous les mots donnés, du plus récent au plus ancien.",
  "Words of a post or a title, in any order, whatever their case and accents.":
    "Des mots d’un message ou d’un titre, dans n’importe quel ordre, sans égard à la casse ni aux accents.",
  "Be told of a thread's new posts.": "Être prévenu des nouveaux messages d’un fil.",
  "Be told of a thread's new posts no more, whatever you write there.":
    "Ne plus être prévenu des nouveaux messages d’un fil, quoi que vous y écriviez.",
  "List what you, or whoever has your e-mail address, are asked into.":
    "Lister ce à quoi vous êtes invité, vous ou la personne qui a votre adresse e-mail.",
  "Accept an invitation.": "Accepter une invitation.",
  "Decline an invitation.": "Décliner une invitation.",
  "Report a post to the organizers.": "Signaler un message aux organisateurs.",
  "List the reports that no organizer has decided about.": "Lister les signalements dont aucun organisateur n’a décidé.",
  "Report a competition, or who runs it, to the administrators.":
    "Signaler une compétition, ou qui l’organise, aux administrateurs.",
  "Delete a reported post, or let it stand, with a reason in the audit log.":
    "Supprimer un message signalé, ou le laisser, avec une raison dans le journal.",
  "List a competition's announcements, newest first.": "Lister les annonces d’une compétition, les plus récentes d’abord.",
  "Announce something to all who take part in a competition, as its organizer.":
    "Annoncer quelque chose à tous les participants d’une compétition, en tant qu’organisateur.",
  "Take a competition's announcement back.": "Retirer une annonce d’une compétition.",
  "Change what a competition's announcement says. Nobody is mailed again.":
    "Modifier ce que dit une annonce d’une compétition. Aucun e-mail n’est renvoyé.",
  "List the site's announcements, newest first.": "Lister les annonces du site, les plus récentes d’abord.",
  "Announce something to everybody on the site. It is mailed where you say so.":
    "Annoncer quelque chose à tous sur le site. C’est envoyé par e-mail si vous le dites.",
  "Change what an announcement of the site says. Nobody is mailed again.":
    "Modifier ce que dit une annonce du site. Aucun e-mail n’est renvoyé.",
  "Take an announcement of the site back.": "Retirer une annonce du site.",
  "List what you are told of, newest first: posts that mention you, and those in threads that you follow.":
    "Lister ce dont vous êtes prévenu, du plus récent au plus ancien : les messages qui vous mentionnent, et ceux des fils que vous suivez.",
  "List the newest announcement of the site, and of each competition that you take part in.":
    "Lister l’annonce la plus récente du site, et de chaque compétition à laquelle vous participez.",
  "Say how far you have read your inbox.": "Dire jusqu’où vous avez lu votre boîte.",
  "Make an organization, which you own.": "Créer une organisation, dont vous êtes propriétaire.",
  "List the organizations in which you are.": "Lister les organisations dont vous faites partie.",
  "Show an organization.": "Montrer une organisation.",
  "Change what an organization says of itself, as its owner or a manager.":
    "Modifier ce qu’une organisation dit d’elle-même, en tant que propriétaire ou gestionnaire.",
  "Delete an organization, as its owner.": "Supprimer une organisation, en tant que propriétaire.",
  "List an organization's members; strangers see those who agreed to be shown.":
    "Lister les membres d’une organisation ; les inconnus voient ceux qui ont accepté d’être montrés.",
  "List the competitions in which somebody has competed for an organization for all to see.":
    "Lister les compétitions où quelqu’un a concouru publiquement pour une organisation.",
  "List who changed what in an organization, for its owner and managers.":
    "Lister qui a modifié quoi dans une organisation, pour son propriétaire et ses gestionnaires.",
  "List whom an organization has asked in, for its owner and managers.":
    "Lister qui une organisation a invité, pour son propriétaire et ses gestionnaires.",
  "Ask an account, or whoever has an e-mail address, into an organization.":
    "Inviter dans une organisation un compte, ou la personne qui a une adresse e-mail.",
  "Take back an invitation of an organization.": "Retirer une invitation d’une organisation.",
  "Change a member's role, as the owner; or say whether strangers see that you are in it.":
    "Modifier le rôle d’un membre, en tant que propriétaire ; ou dire si les inconnus voient que vous en faites partie.",
  "Leave an organization, or take somebody out of it as its owner or a manager.":
    "Quitter une organisation, ou en retirer quelqu’un en tant que propriétaire ou gestionnaire.",
  "Offer an organization to another member, as its owner. It is theirs when they accept.":
    "Proposer une organisation à un autre membre, en tant que propriétaire. Elle est à lui quand il accepte.",
  "Get download links for a phase's starting kit and public data.":
    "Obtenir les liens de téléchargement du kit de départ et des données publiques d’une phase.",
  "Its competition's slug and its index, such as iris-2027-0, or its id.":
    "Le nom d’adresse de sa compétition et son indice, comme iris-2027-0, ou son identifiant.",
  "Tell what is left of your limits in a phase, and when the next attempt opens.":
    "Dire ce qui reste de vos limites dans une phase, et quand s’ouvre le prochain essai.",
  "The key of your group whose limits are told, if you are in several.":
    "La clé de votre groupe dont les limites sont données, si vous êtes dans plusieurs.",
  "Show which submissions would go along into a phase, for organizers.":
    "Montrer quelles soumissions seraient emmenées dans une phase, pour les organisateurs.",
  "The phase that submissions come from.": "La phase d’où viennent les soumissions.",
  "`last` or `best`.": "`last` (la dernière) ou `best` (la meilleure).",
  "The former page's `next`.": "Le `next` de la page précédente.",
  "Have submissions go along into a phase, as an organizer.":
    "Emmener des soumissions dans une phase, en tant qu’organisateur.",
  "Repeat the best submissions of a phase, as its organizer, to see whether they come to the same scores.":
    "Répéter les meilleures soumissions d’une phase, en tant qu’organisateur, pour voir si elles obtiennent les mêmes scores.",
  "Show what the latest check of a phase's determinism came to, for organizers.":
    "Montrer ce qu’a donné la dernière vérification du déterminisme d’une phase, pour les organisateurs.",
  "List the newest migrations and re-runs of a phase and its retention, with how far each is or why it failed.":
    "Lister les dernières soumissions emmenées et relances d’une phase ainsi que sa conservation, avec l’avancement de chacune ou la raison de son échec.",
  "Submit an uploaded file to a phase. Sent again after a lost answer, it gives the submission that there is.":
    "Soumettre à une phase un fichier téléversé. Renvoyé après une réponse perdue, cela donne la soumission qui existe déjà.",
  "A submission to be brought from another `site`, a host name, where its number was `id` and its participant `owner`.":
    "Une soumission à apporter d’un autre `site`, un nom d’hôte, où son numéro était `id` et son participant `owner`.",
  "`address` is that of their account there: who joins with it here, confirmed, may collect the submission. `upload` is its file. `scores` has by task what that site scored, by columns' keys; what is computed of them is computed again. `on_board`: it stood on the leaderboard there, which decides where participants choose what stands there.":
    "`address` est celle de son compte là-bas : qui participe ici avec elle, confirmée, peut reprendre la soumission. `upload` est son fichier. `scores` donne par tâche les scores de ce site, par clés de colonnes ; ce qui en est calculé l’est à nouveau. `on_board` : elle figurait au classement là-bas, ce qui décide là où les participants choisissent ce qui y figure.",
  "The number of submissions that are the caller's own now, and of those that are left for another time.":
    "Le nombre de soumissions qui sont maintenant celles de l’appelant, et de celles qui restent pour une autre fois.",
  "Bring a submission from another site into a draft, with the scores it had there, as an organizer. Twice is once.":
    "Apporter dans un brouillon une soumission d’un autre site, avec les scores qu’elle y avait, en tant qu’organisateur. Deux fois valent une.",
  "Have as your own what was brought from another site under your confirmed address.":
    "Faire vôtre ce qui a été apporté d’un autre site sous votre adresse confirmée.",
  "List your submissions in a phase, or everybody's for organizers.":
    "Lister vos soumissions dans une phase, ou celles de tous pour les organisateurs.",
  "`true` for everybody's, if you organize.": "`true` pour celles de tous, si vous organisez.",
  "Show a submission: its status, scores and notes.": "Montrer une soumission : son statut, ses scores et ses notes.",
  "Change a submission's name, description, method, answers to the fact sheet, or whether it is public.":
    "Modifier le nom, la description, la méthode ou les réponses à la fiche descriptive d’une soumission, ou si elle est publique.",
  "Delete your submission for good, or withdraw somebody's as an organizer.":
    "Supprimer définitivement votre soumission, ou retirer celle de quelqu’un en tant qu’organisateur.",
  "Get download links for a submission's files.": "Obtenir les liens de téléchargement des fichiers d’une soumission.",
  "The number of an earlier attempt.": "Le numéro d’un essai antérieur.",
  "Result pages are to be shown, not saved: copies that run, load and open nothing.":
    "Les pages de résultats sont à montrer, non à enregistrer : des copies qui n’exécutent, ne chargent et n’ouvrent rien.",
  "List a submission's earlier attempts.": "Lister les essais antérieurs d’une soumission.",
  "Run a submission again, as its organizer: a new attempt, which is not charged.":
    "Relancer une soumission, en tant qu’organisateur : un nouvel essai, qui n’est pas décompté.",
  "Run several submissions of a phase again, as its organizer.":
    "Relancer plusieurs soumissions d’une phase, en tant qu’organisateur.",
  "Start several submissions of a phase that wait for their organizers to do so.":
    "Démarrer plusieurs soumissions d’une phase qui attendent que leurs organisateurs le fassent.",
  "Cancel several submissions of a phase.": "Annuler plusieurs soumissions d’une phase.",
  "Mark several submissions of a phase as failed, as their organizer, and give their attempts back.":
    "Marquer plusieurs soumissions d’une phase comme échouées, en tant qu’organisateur, et rendre leurs essais.",
  "Delete several of your submissions for good, or withdraw somebody's as an organizer.":
    "Supprimer définitivement plusieurs de vos soumissions, ou retirer celles de quelqu’un en tant qu’organisateur.",
  "Run all submissions of a phase again, as its organizer.":
    "Relancer toutes les soumissions d’une phase, en tant qu’organisateur.",
  "Start a submission that waits for its organizers to do so.":
    "Démarrer une soumission qui attend que ses organisateurs le fassent.",
  "Mark a submission as failed, as its organizer, and give its attempt back.":
    "Marquer une soumission comme échouée, en tant qu’organisateur, et rendre son essai.",
  "Take back that a submission was withdrawn, as its organizer.":
    "Annuler le retrait d’une soumission, en tant qu’organisateur.",
  "Read what a submission's programs have printed, also while they run.":
    "Lire ce qu’ont affiché les programmes d’une soumission, aussi pendant leur exécution.",
  "Cancel a submission.": "Annuler une soumission.",
  "Have a sealed queue's runner send the logs and outputs of a submission.":
    "Faire envoyer par l’exécuteur d’une file scellée les journaux et les sorties d’une soumission.",
  "Run a solution on its tasks, to see that they work.":
    "Exécuter une solution sur ses tâches, pour voir qu’elles fonctionnent.",
  "List the code that participants of a phase share.": "Lister le code que partagent les participants d’une phase.",
  "`newest`, or `likes` for what people like, the most liked first.":
    "`newest` (les plus récents), ou `likes` pour ce qui plaît, le plus aimé d’abord.",
  "Show shared code, and what it was started from.": "Montrer un code partagé, et ce dont il est parti.",
  "Get a download link for shared code. You are counted once.":
    "Obtenir un lien de téléchargement d’un code partagé. Vous êtes compté une fois.",
  "Like shared code of somebody else.": "Aimer le code partagé de quelqu’un d’autre.",
  "Take back that you like shared code.": "Ne plus aimer un code partagé.",
  "Pack a phase's submissions, or chosen ones, with their outputs and logs, as their organizer.":
    "Empaqueter les soumissions d’une phase, ou certaines, avec leurs sorties et leurs journaux, en tant qu’organisateur.",
  "List the newest exports of a phase's submissions.": "Lister les exports les plus récents des soumissions d’une phase.",
  "Show how far an export is, and where its zips can be downloaded.":
    "Montrer où en est un export, et où télécharger ses zips.",
  "List a phase's leaderboards, and how submissions get onto them.":
    "Lister les classements d’une phase, et comment les soumissions y arrivent.",
  "Read a page of a phase's leaderboard. Send its ETag as If-None-Match to learn whether it changed.":
    "Lire une page du classement d’une phase. Envoyez son ETag en If-None-Match pour savoir s’il a changé.",
  "Which page, from 1.": "Quelle page, à partir de 1.",
  "`true` for the rows as columns, in `packed`: about a quarter of what they else take.":
    "`true` pour avoir les lignes en colonnes, dans `packed` : environ le quart de ce qu’elles prennent sinon.",
  "The board's key. Without it the first one.": "La clé du classement. Sans elle, le premier.",
  "The group's key, for a board of its own. Without it everybody's.":
    "La clé du groupe, pour son propre classement. Sans elle, celui de tous.",
  "`true` for the final ranking, if you organize.": "`true` pour le classement final, si vous organisez.",
  "Export leaderboards to a file, for organizers.": "Exporter des classements dans un fichier, pour les organisateurs.",
  "Tell where a participant stands.": "Dire où se trouve un participant.",
  "Tell a participant's scores over time.": "Donner les scores d’un participant au fil du temps.",
  "Tell where a team stands.": "Dire où se trouve une équipe.",
  "Tell how the first of a phase's leaderboard got there. Send its ETag as If-None-Match to learn whether it changed.":
    "Dire comment les premiers du classement d’une phase y sont arrivés. Envoyez son ETag en If-None-Match pour savoir s’il a changé.",
  "So many of the first.": "Autant des premiers.",
  "The first of a board in their order, baselines left out, and how they got there, as far as the board has shown that. `column` is the one that ranks, or, where that is computed from everybody's ranks, the first that it is computed from.":
    "Les premiers d’un classement dans leur ordre, sans les références, et comment ils y sont arrivés, pour autant que le classement l’ait montré. `column` est celle qui classe, ou, quand elle est calculée à partir des rangs de tous, la première dont elle est calculée.",
  "Tell a team's scores over time.": "Donner les scores d’une équipe au fil du temps.",
  "Put a submission on the leaderboard.": "Mettre une soumission au classement.",
  "Take a submission off the leaderboard.": "Retirer une soumission du classement.",
  "Get the address at which the scripts of a result page run, as an organizer: for a frame of the console.":
    "Obtenir l’adresse à laquelle s’exécutent les scripts d’une page de résultats, en tant qu’organisateur : pour un cadre de la console.",
  "The address at which a result page's scripts run, good until `expires_at`, and in a frame of the console alone.":
    "L’adresse à laquelle s’exécutent les scripts d’une page de résultats, valable jusqu’à `expires_at`, et dans un cadre de la console seulement.",
  "The page's name, such as curve.html. Without it detailed_results.html.":
    "Le nom de la page, comme curve.html. Sans lui, detailed_results.html.",
  "Get the pages of detailed results behind a leaderboard's row.":
    "Obtenir les pages de résultats détaillés derrière une ligne d’un classement.",
  "Mark a submission as a baseline, verified or disqualified, as an organizer.":
    "Marquer une soumission comme référence, vérifiée ou disqualifiée, en tant qu’organisateur.",
  "Set a submission's scores by hand, as an organizer.":
    "Fixer à la main les scores d’une soumission, en tant qu’organisateur.",
  "List what was done to a phase's leaderboards by hand, for organizers.":
    "Lister ce qui a été fait à la main aux classements d’une phase, pour les organisateurs.",
  "Invite somebody to judge a competition's submissions, by their user name.":
    "Inviter quelqu’un à juger les soumissions d’une compétition, par son nom d’utilisateur.",
  "List a competition's jury, for its organizers.": "Lister le jury d’une compétition, pour ses organisateurs.",
  "Count a juror's judgements, or exclude them.": "Compter les jugements d’un juré, ou les exclure.",
  "Take somebody off a jury. What they have judged counts.": "Retirer quelqu’un d’un jury. Ce qu’il a jugé compte.",
  "List the juries that you are on.": "Lister les jurys dont vous faites partie.",
  "Get the next output, or pair of outputs, to judge: for jurors, and the same until it is judged.":
    "Obtenir la prochaine sortie, ou paire de sorties, à juger : pour les jurés, et la même jusqu’à ce qu’elle soit jugée.",
  "List your judgements in a phase, newest first.": "Lister vos jugements dans une phase, du plus récent au plus ancien.",
  "Show what you were given to judge, with your judgement.": "Montrer ce qui vous a été donné à juger, avec votre jugement.",
  "Judge, or change your judgement, as long as judging goes on.":
    "Juger, ou modifier votre jugement, tant que le jugement est en cours.",
  "Leave what you were given to others: you know whose it is, or cannot judge it.":
    "Laisser à d’autres ce qui vous a été donné : vous savez de qui c’est, ou ne pouvez pas le juger.",
  "Show how far a jury is and how far it agrees, for organizers.":
    "Montrer où en est un jury et à quel point il s’accorde, pour les organisateurs.",
  "Put the scores of a jury's judgements on the leaderboard.":
    "Mettre au classement les scores tirés des jugements d’un jury.",
  "Take the scores of a jury's judgements off the leaderboard.":
    "Retirer du classement les scores tirés des jugements d’un jury.",
  "Make a queue for runners of your own.": "Créer une file pour vos propres exécuteurs.",
  "List your queues, those shared with you, or the public ones, newest first.":
    "Lister vos files, celles partagées avec vous ou les publiques, les plus récentes d’abord.",
  "Show a queue: what waits on it, and to its owner who serves it.":
    "Montrer une file : ce qui y attend, et à son propriétaire qui la sert.",
  "Change what is said of a queue, or who may use it.": "Modifier ce qui est dit d’une file, ou qui peut l’utiliser.",
  "Remove a queue that nothing uses.": "Supprimer une file que rien n’utilise.",
  "Make a token for runners of a queue, shown this once.":
    "Créer un jeton pour les exécuteurs d’une file, montré cette seule fois.",
  "List a queue's runner tokens, without their secrets.": "Lister les jetons d’exécuteur d’une file, sans leurs secrets.",
  "Revoke a runner token.": "Révoquer un jeton d’exécuteur.",
  "Store the sign-in that runners pull a competition's images with.":
    "Enregistrer les identifiants avec lesquels les exécuteurs récupèrent les images d’une compétition.",
  "Show which sign-in a competition has, without its password.":
    "Montrer quels identifiants a une compétition, sans le mot de passe.",
  "Forget a competition's sign-in.": "Oublier les identifiants d’une compétition.",
  "Store the sign-in that a queue's runners pull with where a competition has none.":
    "Enregistrer les identifiants qu’utilisent les exécuteurs d’une file là où une compétition n’en a pas.",
  "Show which sign-in a queue has, without its password.": "Montrer quels identifiants a une file, sans le mot de passe.",
  "Forget a queue's sign-in.": "Oublier les identifiants d’une file.",
  "Make a webhook. The answer has its secret, this once.":
    "Créer un webhook. La réponse contient son secret, cette seule fois.",
  "List a competition's webhooks, without their secrets.": "Lister les webhooks d’une compétition, sans leurs secrets.",
  "Change a webhook, switch it off or on.": "Modifier un webhook, le désactiver ou le réactiver.",
  "Forget a webhook. Nothing more is sent by it.": "Oublier un webhook. Il n’envoie plus rien.",
  "Give a webhook another secret. For a day the former one signs too.":
    "Donner un autre secret à un webhook. Pendant un jour, le précédent signe aussi.",
  "List what a webhook sent in the last two weeks, and what waits.":
    "Lister ce qu’un webhook a envoyé ces deux dernières semaines, et ce qui attend.",
  "Have a webhook send a test.": "Faire envoyer un test par un webhook.",
  "Show one delivery.": "Montrer une livraison.",
  "Send a delivery once more, under its id.": "Envoyer une livraison encore une fois, sous son identifiant.",
  "Exchange a queue's runner token for credentials to that queue.":
    "Échanger le jeton d’exécuteur d’une file contre des identifiants pour cette file.",
  "Another version is needed": "Une autre version est nécessaire",
  "Tell that a runner is there, and learn what it could do.":
    "Dire qu’un exécuteur est là, et apprendre ce qu’il pourrait faire.",
  "Claim what waits: the first submission in line that fits, whosever message the runner has.":
    "Prendre ce qui attend : la première soumission de la file qui convient, quel que soit le message que l’exécuteur détient.",
  "What waits does not fit this runner, or others were faster: leave the message to them.":
    "Ce qui attend ne convient pas à cet exécuteur, ou d’autres ont été plus rapides : laissez-leur le message.",
  "Extend the lease, and learn whether to go on.": "Prolonger le bail, et apprendre s’il faut continuer.",
  "Get fresh upload URLs for a long job.": "Obtenir de nouvelles adresses d’envoi pour un long travail.",
  "End an attempt with its outcome.": "Terminer un essai avec son résultat.",
  "Give an attempt back that could not be finished.": "Rendre un essai qui n’a pas pu être terminé.",
  "Get upload URLs for what a sealed job left, once it is released.":
    "Obtenir les adresses d’envoi de ce qu’un travail scellé a laissé, une fois libéré.",
  "Tell what of a released job was sent.": "Dire ce qui a été envoyé d’un travail libéré.",
  "Tell which kinds of mail one gets.": "Dire quels types d’e-mails on reçoit.",
  "Switch kinds of mail on and off.": "Activer et désactiver des types d’e-mails.",
  "Show what a mail's link switches off, and a button that does it.":
    "Montrer ce que désactive le lien d’un e-mail, et un bouton qui le fait.",
  "What the link of a mail has.": "Ce que contient le lien d’un e-mail.",
  "Switch off the kind of mail that a link names, for its reader.":
    "Désactiver le type d’e-mail que nomme un lien, pour son lecteur.",
  "Write to participants of a competition, as its organizer. It is sent in the background.":
    "Écrire aux participants d’une compétition, en tant qu’organisateur. L’envoi se fait en arrière-plan.",
  "List what was written to a competition's participants, and how far it is, for its organizers.":
    "Lister ce qui a été écrit aux participants d’une compétition, et où cela en est, pour ses organisateurs.",
  "Show a letter to participants as it would be sent, and count them.":
    "Montrer une lettre aux participants telle qu’elle serait envoyée, et les compter.",
  "List the addresses to which nothing is sent, because mail bounced or its reader complained.":
    "Lister les adresses auxquelles rien n’est envoyé, parce qu’un e-mail est revenu ou que son lecteur s’est plaint.",
  "Send mail to an address again.": "Envoyer de nouveau des e-mails à une adresse.",
  "Tell whether the site takes submissions, and whether competitions wait for approval.":
    "Dire si le site accepte des soumissions, et si les compétitions attendent une approbation.",
  "Pause submissions on the whole site, or let them go on; have competitions wait for approval, or not.":
    "Suspendre les soumissions sur tout le site, ou les reprendre ; faire attendre une approbation aux compétitions, ou non.",
  "Tell the version of the schema, and how far what is stored has it, as an administrator.":
    "Donner la version du schéma, et jusqu’où ce qui est stocké la suit, en tant qu’administrateur.",
  "Have all that is stored looked through for what a former build left, as an administrator.":
    "Faire parcourir tout ce qui est stocké à la recherche de ce qu’une version antérieure a laissé, en tant qu’administrateur.",
  "Tell what one stores oneself, how much one may, and what could be removed.":
    "Dire ce que l’on stocke soi-même, combien l’on peut stocker, et ce qui pourrait être supprimé.",
  "Tell what a competition stores, how much it may, and what could be removed.":
    "Dire ce que stocke une compétition, combien elle peut stocker, et ce qui pourrait être supprimé.",
  "Give a competition a quota of its own, as an administrator.":
    "Donner à une compétition un quota à elle, en tant qu’administrateur.",
  "Tell what somebody stores, as an administrator.": "Dire ce que quelqu’un stocke, en tant qu’administrateur.",
  "Give somebody a quota of their own, as an administrator.":
    "Donner à quelqu’un un quota à lui, en tant qu’administrateur.",
  "Tell who stores the most, the quotas of the site, and the newest reviews, as an administrator.":
    "Dire qui stocke le plus, les quotas du site et les derniers contrôles, en tant qu’administrateur.",
  "Who stores it.": "Qui le stocke.",
  "Change the quotas of those who have none of their own, as an administrator.":
    "Modifier les quotas de ceux qui n’en ont pas à eux, en tant qu’administrateur.",
  "List where the last review found something else than was counted, as an administrator.":
    "Lister où le dernier contrôle a trouvé autre chose que ce qui était compté, en tant qu’administrateur.",
  "Compare what the buckets hold with what was counted, and set that right when asked to, as an administrator.":
    "Comparer ce que contiennent les espaces de stockage à ce qui était compté, et le corriger sur demande, en tant qu’administrateur.",
  "List what was reported on the site, posts in forums too, as an administrator.":
    "Lister ce qui a été signalé sur le site, messages de forum compris, en tant qu’administrateur.",
  "Those to be decided about, or those that are.": "Ceux dont il faut décider, ou ceux qui le sont.",
  "Resolve a report of a competition or its organizer, or dismiss it, as an administrator.":
    "Résoudre un signalement d’une compétition ou de son organisateur, ou le rejeter, en tant qu’administrateur.",
  "Tell what happened on the site day by day in a month, as an administrator.":
    "Dire ce qui s’est passé sur le site jour par jour en un mois, en tant qu’administrateur.",
  "Such as 2026-11; absent, it is this one.": "Comme 2026-11 ; absent, c’est le mois en cours.",
  "List what came to nothing in the background, as an administrator.":
    "Lister ce qui n’a pas abouti en arrière-plan, en tant qu’administrateur.",
  "Have something tried again within a minute, as an administrator.":
    "Faire réessayer quelque chose dans la minute, en tant qu’administrateur.",
  "Tell whether each part of the site answers, as it was seen within ten seconds.":
    "Dire si chaque partie du site répond, telle qu’elle a été vue il y a moins de dix secondes.",
  "Not well": "En difficulté",
  "Tell how the site does, as an administrator: its health, what waits and who serves it, what failed.":
    "Dire comment va le site, en tant qu’administrateur : son état, ce qui attend et qui le sert, ce qui a échoué.",
  "Show what stays and what goes when you remove your account, and what is in the way.":
    "Montrer ce qui reste et ce qui disparaît quand vous supprimez votre compte, et ce qui l’empêche.",
  "Remove your account, by your password. Nobody signs in with it from now on, and it does not come back.":
    "Supprimer votre compte, avec votre mot de passe. Personne ne s’en sert plus pour se connecter, et il ne revient pas.",
  "Show what stays and what goes of an account that is removed, and how far that is, as an administrator.":
    "Montrer ce qui reste et ce qui disparaît d’un compte supprimé, et où cela en est, en tant qu’administrateur.",
  "Remove an account on request, as an administrator.": "Supprimer un compte sur demande, en tant qu’administrateur.",
  "Show what becomes of an account that is merged into another, and what is in the way, as an administrator.":
    "Montrer ce que devient un compte fusionné dans un autre, et ce qui l’empêche, en tant qu’administrateur.",
  "The user name of the account that goes on.": "Le nom d’utilisateur du compte qui continue.",
  "Merge an account into another one of the same person, as an administrator.":
    "Fusionner un compte dans un autre de la même personne, en tant qu’administrateur.",
  "List the accounts that are banned, as an administrator.": "Lister les comptes bannis, en tant qu’administrateur.",
  "Find an account by its exact user name or address, as an administrator. Its address is not told.":
    "Trouver un compte par son nom d’utilisateur ou son adresse exacts, en tant qu’administrateur. Son adresse n’est pas donnée.",
  "Ban an account, as an administrator: its sessions end, its tokens go, what it has in progress is cancelled.":
    "Bannir un compte, en tant qu’administrateur : ses sessions prennent fin, ses jetons disparaissent, ce qu’il a en cours est annulé.",
  "Let a banned account in again, as an administrator.": "Réadmettre un compte banni, en tant qu’administrateur.",
  "List what administrators did, newest first, as an administrator.":
    "Lister ce que les administrateurs ont fait, du plus récent au plus ancien, en tant qu’administrateur.",
  "Describe this API, as OpenAPI 3.1.": "Décrire cette API, en OpenAPI 3.1.",
  "A new account.": "Un nouveau compte.",
  "An account that was just made. Until `confirmed` it cannot sign in.":
    "Un compte qui vient d’être créé. Tant qu’il n’est pas `confirmed`, il ne peut pas se connecter.",
  "The code of the confirmation mail.": "Le code de l’e-mail de confirmation.",
  "An account is confirmed and can sign in.": "Un compte est confirmé et peut se connecter.",
  "An account by its user name.": "Un compte, par son nom d’utilisateur.",
  "The account that was meant. Says nothing about whether it exists.": "Le compte visé. Ne dit rien de son existence.",
  "A new password, with the code of the mail.": "Un nouveau mot de passe, avec le code de l’e-mail.",
  "User name and password; and a code of the authenticator, where the account asks for one.":
    "Nom d’utilisateur et mot de passe ; et un code de l’application d’authentification, là où le compte en demande un.",
  "A sign-in. Send the access token as `Authorization: Bearer …`.":
    "Une connexion. Envoyez le jeton d’accès comme `Authorization: Bearer …`.",
  "A list of sign-ins that go on.": "Une liste de connexions ouvertes.",
  "The answer of what is done and has nothing to tell.": "La réponse à ce qui est fait et n’a rien à dire.",
  "A sign-in's refresh token.": "Le jeton de rafraîchissement d’une connexion.",
  "A sign-in of a browser, which keeps the refresh token as a cookie.":
    "La connexion d’un navigateur, qui garde le jeton de rafraîchissement dans un cookie.",
  "The account that is signed in, and how. One that `lacks_second_step` would be an administrator with a code.":
    "Le compte connecté, et comment. Avec `lacks_second_step`, il serait administrateur avec un code.",
  "Other words of an account on itself, for all to see, and whether its page tells where it stood in phases that are over. What is not sent stays as it is.":
    "D’autres mots d’un compte sur lui-même, visibles de tous, et si sa page dit ses résultats des phases terminées. Ce qui n’est pas envoyé reste tel quel.",
  "The page of an account: what it says of itself, empty where it says nothing, and where everybody sees it anyway.":
    "La page d’un compte : ce qu’il dit de lui-même, vide là où il ne dit rien, et là où tout le monde le voit de toute façon.",
  "`results` has where it stood, the latest first, where it `shows_results`.":
    "`results` contient ses résultats, le plus récent d’abord, là où il le veut (`shows_results`).",
  "One page of what was done by hand, newest first.":
    "Une page de ce qui a été fait à la main, du plus récent au plus ancien.",
  "Export of what the site knows of an account and has by it, as JSON in a zip, or in several when it is much.":
    "Export de ce que le site sait d’un compte et détient par lui, en JSON dans un zip, ou dans plusieurs quand c’est beaucoup.",
  "Its zips are there once it is finished, until `expires_at`. `reason` says why it failed.":
    "Ses zips sont là une fois qu’il est terminé, jusqu’à `expires_at`. `reason` dit pourquoi il a échoué.",
  "The export of an account, if there is one: a newer one takes its place.":
    "L’export d’un compte, s’il y en a un : un plus récent prend sa place.",
  "Whether a sign-in asks for a code of an authenticator, beside the password.":
    "Si une connexion demande un code d’une application d’authentification, en plus du mot de passe.",
  "The password of who wants a second step.": "Le mot de passe de qui veut une deuxième étape.",
  "A secret for an authenticator, in base 32, shown this once; and as the address that such apps open.":
    "Un secret pour une application d’authentification, en base 32, montré cette seule fois ; et sous la forme de l’adresse qu’ouvrent ces applications.",
  "A code of the authenticator that has the new secret.":
    "Un code de l’application d’authentification qui a le nouveau secret.",
  "The password, and a code of the authenticator.": "Le mot de passe, et un code de l’application d’authentification.",
  "A token's name, for its owner to know it by, and its life.":
    "Le nom d’un jeton, auquel son propriétaire le reconnaît, et sa durée.",
  "A token that was just made. `token` is shown this once and never again.":
    "Un jeton qui vient d’être créé. `token` est montré cette seule fois et jamais plus.",
  "A list of personal access tokens.": "Une liste de jetons d’accès personnels.",
  "A file that is about to be sent. Above 100 MiB with the sha256 of each part, in their order.":
    "Un fichier sur le point d’être envoyé. Au-delà de 100 Mio, avec le sha256 de chaque partie, dans leur ordre.",
  "Parts have 64 MiB, the last one what is left; of a file above 125 GiB each has a 2,000th, rounded up. A submission is a zip, or `plain`: one file as it is, for a phase that takes files with its extension.":
    "Les parties font 64 Mio, la dernière ce qui reste ; d’un fichier de plus de 125 Gio, chacune fait un 2000e, arrondi vers le haut. Une soumission est un zip, ou `plain` : un fichier tel quel, pour une phase qui prend des fichiers de son extension.",
  "The addresses that a file is sent to: by `post`, or in `parts` above 100 MB. The URLs die at `expires_at`.":
    "Les adresses auxquelles un fichier est envoyé : par `post`, ou en `parts` au-delà de 100 Mo. Les URL expirent à `expires_at`.",
  "The progress of an upload. `arrived` has the parts that storage has; `parts`, or `post`, say where to send what lacks.":
    "L’avancement d’un envoi. `arrived` contient les parties que le stockage a reçues ; `parts`, ou `post`, disent où envoyer ce qui manque.",
  "The URLs are fresh, and die at `expires_at`. There are none once it is committed.":
    "Les URL sont neuves et expirent à `expires_at`. Il n’y en a plus une fois l’envoi validé.",
  "The parts of an upload in parts; empty for a single one.":
    "Les parties d’un envoi en parties ; vide pour un envoi simple.",
  "A file that has arrived and was checked.": "Un fichier qui est arrivé et a été vérifié.",
  "One page of competitions, newest first unless another order was asked for.":
    "Une page de compétitions, les plus récentes d’abord à moins qu’un autre ordre n’ait été demandé.",
  "Send `next` as `cursor` for the following page.": "Envoyez `next` comme `cursor` pour la page suivante.",
  "A committed upload that is a bundle.": "Un envoi validé qui est un paquet.",
  "A bundle on its way to becoming `competition`. `done` of `total` files are copied.":
    "Un paquet en train de devenir `competition`. `done` fichiers sur `total` sont copiés.",
  "A competition as one caller sees it. `my_status` is null for who does not take part; a juror judges its phases. `my_reason` is what the organizers said when they decided about the caller. `my_role` is theirs in running it: the owner and administrators have the status of organizers, and viewers that of participants, or none.":
    "Une compétition telle que la voit qui appelle. `my_status` est null pour qui n’y participe pas ; un juré juge ses phases. `my_reason` est ce qu’ont dit les organisateurs en décidant de qui appelle. `my_role` est son rôle dans l’organisation : le propriétaire et les administrateurs ont le statut d’organisateurs, et les observateurs celui de participants, ou aucun.",
  "`link_made_at`: since when a secret link opens it as a draft, for those who run it. They alone read, too, since when it waits for the approval that publishes it, or why that was refused.":
    "`link_made_at` : depuis quand un lien secret l’ouvre comme brouillon, pour ceux qui l’organisent. Eux seuls lisent aussi depuis quand elle attend l’approbation qui la publie, ou pourquoi elle a été refusée.",
  "With `teams` participants may form some, which merge by the rule `team_merges` until `team_merge_deadline`. `my_team` is the id of the caller's, null for who is in none.":
    "Avec `teams`, les participants peuvent former des équipes, qui fusionnent selon la règle `team_merges` jusqu’à `team_merge_deadline`. `my_team` est l’identifiant de celle de qui appelle, null pour qui n’en a pas.",
  "`participant_groups` are those that organizers put participants in, `my_groups` the keys of the caller's.":
    "`participant_groups` sont les groupes dans lesquels les organisateurs mettent les participants, `my_groups` les clés de ceux de qui appelle.",
  "`leaderboard` is null where the organizers keep all of them to themselves. `brought`: submissions came from another site, and who made them may collect them.":
    "`leaderboard` est null là où les organisateurs gardent tous les classements pour eux. `brought` : des soumissions sont venues d’un autre site, et qui les a faites peut les reprendre.",
  "`contact` is an address for questions, told to who is signed in. Days of limits are counted in `timezone`.":
    "`contact` est une adresse pour les questions, donnée à qui est connecté. Les jours des limites sont comptés dans `timezone`.",
  "A page's text, as its organizer wrote it. Clean HTML before showing it.":
    "Le texte d’une page, tel que l’a écrit son organisateur. Nettoyez le HTML avant de le montrer.",
  "`assets` has a signed URL, good for an hour, of each file of the bundle's assets/ that the text names.":
    "`assets` contient une URL signée, valable une heure, de chaque fichier du dossier assets/ du paquet que nomme le texte.",
  "The files that a competition's pages link to.": "Les fichiers vers lesquels pointent les pages d’une compétition.",
  "A draft's secret link: whoever sends `token` as the header `Agon-Link` sees and joins it. It is told this once.":
    "Le lien secret d’un brouillon : qui envoie `token` dans l’en-tête `Agon-Link` le voit et le rejoint. Il est donné cette seule fois.",
  "A decision about a competition that waits to be published. A refusal has a reason.":
    "Une décision sur une compétition qui attend d’être publiée. Un refus a une raison.",
  "The key that this site signs its list with (ed25519, in hex).":
    "La clé avec laquelle ce site signe sa liste (ed25519, en hexadécimal).",
  "Competitions of other sites, and how many there are in all: the newest of them are told.":
    "Les compétitions d’autres sites, et combien il y en a en tout : les plus récentes sont données.",
  "The sites that are trusted.": "Les sites de confiance.",
  "The address of another site's API, and the key that it is to sign with.":
    "L’adresse de l’API d’un autre site, et la clé avec laquelle il doit signer.",
  "Another site whose competitions are listed here. `problem` says why its last list was not taken, null when it was.":
    "Un autre site dont les compétitions sont listées ici. `problem` dit pourquoi sa dernière liste n’a pas été prise, null quand elle l’a été.",
  "The private address of one's own calendar, below the API's. Who knows it reads it, so it is for nobody else.":
    "L’adresse privée de son propre calendrier, sous celle de l’API. Qui la connaît le lit : elle n’est donc pour personne d’autre.",
  "The settings of a competition, as its bundle would say them in version 2. `revision` is their ETag.":
    "Les réglages d’une compétition, comme son paquet les dirait en version 2. `revision` est leur ETag.",
  "`effects`, of a preview: what the change would do to the phases' boards; none where it does nothing to them. `ranking`, of the preview of a board or column: its first rows, null where they stay as they are or are too many to tell.":
    "`effects`, d’un aperçu : ce que la modification ferait aux classements des phases ; rien là où elle ne leur fait rien. `ranking`, de l’aperçu d’un classement ou d’une colonne : ses premières lignes, null là où elles restent telles quelles ou sont trop nombreuses pour le dire.",
  "Settings to change, by their keys; null puts one back to its default.":
    "Les réglages à modifier, par leurs clés ; null en ramène un à sa valeur par défaut.",
  "A text to be shown.": "Un texte à montrer.",
  "An image of at most 500 KB, in base64.": "Une image de 500 Ko au plus, en base64.",
  "A committed upload that is to be kept, and what is said of it.":
    "Un envoi validé qui doit être gardé, et ce qui en est dit.",
  "A program, data or solution. Its file never changes. `uses` counts the competitions and tasks that use it.":
    "Un programme, des données ou une solution. Son fichier ne change jamais. `uses` compte les compétitions et les tâches qui l’utilisent.",
  "One page of datasets, newest first. Send `next` as `cursor` for the following page.":
    "Une page de jeux de données, les plus récents d’abord. Envoyez `next` comme `cursor` pour la page suivante.",
  "A dataset; to its owner also with whom it is shared and who uses it.":
    "Un jeu de données ; à son propriétaire aussi avec qui il est partagé et qui l’utilise.",
  "The description of a dataset, and who may use it: ids of accounts in `shared_with`, when it is shared.":
    "La description d’un jeu de données, et qui peut l’utiliser : des identifiants de comptes dans `shared_with`, quand il est partagé.",
  "A signed URL, good for a few minutes.": "Une URL signée, valable quelques minutes.",
  "A task of datasets. `settings` are those of a task of a bundle, such as `ingestion_only_during_scoring`.":
    "Une tâche faite de jeux de données. `settings` sont ceux d’une tâche d’un paquet, comme `ingestion_only_during_scoring`.",
  "A task of the bank. `validated`: a solution of it was run with this version and got scores.":
    "Une tâche de la banque. `validated` : une de ses solutions a été exécutée avec cette version et a obtenu des scores.",
  "`lends` has those of its files that not all who may use the task may read: competitions run on them, and hand them to nobody. It is told where one task is asked for alone or changed, and null in lists.":
    "`lends` contient ceux de ses fichiers que ne peuvent pas lire tous ceux qui peuvent utiliser la tâche : les compétitions s’exécutent avec eux, et ne les donnent à personne. C’est dit là où une seule tâche est demandée ou modifiée, et null dans les listes.",
  "One page of tasks, newest first. Send `next` as `cursor` for the following page.":
    "Une page de tâches, les plus récentes d’abord. Envoyez `next` comme `cursor` pour la page suivante.",
  "The changes of a task. Files that are not named stay.":
    "Les modifications d’une tâche. Les fichiers qui ne sont pas nommés restent.",
  "The kind of a dump: with all files, or light.": "Le type d’une sauvegarde : avec tous ses fichiers, ou légère.",
  "A competition on its way to being a bundle again. `complaints` name files that are gone; `url` is short-lived.":
    "Une compétition en train de redevenir un paquet. `complaints` nomme les fichiers disparus ; `url` dure peu.",
  "The newest dumps of a competition.": "Les sauvegardes les plus récentes d’une compétition.",
  "The clone's title; without one it is called a copy.": "Le titre de la copie ; sans lui, elle est appelée copie.",
  "A bundle to look at: an upload of one's own, or a manifest with the names of the files that stand beside it.":
    "Un paquet à examiner : un de ses propres envois, ou un manifeste avec les noms des fichiers qui l’accompagnent.",
  "With a `competition`, an id or a slug, also what it would do to that one's boards.":
    "Avec une `competition`, par son identifiant ou son nom d’adresse, aussi ce qu’il ferait à ses classements.",
  "The content of a bundle, in numbers of its parts, and every complaint about it. Without errors it can be imported.":
    "Le contenu d’un paquet, en nombres de ses parties, et chaque remarque à son sujet. Sans erreurs, il peut être importé.",
  "`effects`: what it would do to the boards of the competition that it was checked for.":
    "`effects` : ce qu’il ferait aux classements de la compétition pour laquelle il a été vérifié.",
  "The bundles that a competition was made from, the newest first.":
    "Les paquets dont une compétition a été faite, les plus récents d’abord.",
  "A participant's agreement to the terms, of the version that they have read; without one, to those that hold.":
    "L’accord d’un participant aux conditions, dans la version qu’il a lue ; sans elle, à celles en vigueur.",
  "`answers` are those to the competition's questions at registration, by their keys.":
    "`answers` sont ses réponses aux questions de la compétition à l’inscription, par leurs clés.",
  "A participant of a competition. `team` is the name of theirs, `groups` has the keys of those that they are in, `reason` is what the organizers said when they decided.":
    "Un participant d’une compétition. `team` est le nom de son équipe, `groups` les clés de ses groupes, `reason` ce qu’ont dit les organisateurs en décidant.",
  "One page of the table of participants. `column` is the title of the score that ranks.":
    "Une page du tableau des participants. `column` est le titre du score qui classe.",
  "Of those looked for few may stand on a page, or none, and more on the `next`.":
    "De ceux que l’on cherche, il peut y avoir peu sur une page, ou aucun, et davantage sur la suivante (`next`).",
  "A participant's agreement to other terms than those that they accepted before, of the version that they have read.":
    "L’accord d’un participant à d’autres conditions que celles qu’il avait acceptées, dans la version qu’il a lue.",
  "The participants of an export, by status, group and by what stands in their or their team's name; and of which phase attempts are told.":
    "Les participants d’un export, par statut, par groupe et par ce que contient leur nom ou celui de leur équipe ; et de quelle phase les essais sont donnés.",
  "`addresses`: with their e-mail addresses. That is noted in the audit log.":
    "`addresses` : avec leurs adresses e-mail. Cela est noté dans le journal.",
  "An organizer's decision about a participant, and a reason that the participant reads.":
    "La décision d’un organisateur sur un participant, et une raison que le participant lit.",
  "One decision about several participants, by the ids of their accounts.":
    "Une seule décision sur plusieurs participants, par les identifiants de leurs comptes.",
  "The submissions or participants, of several, that it was done to, and why not to the others, by their ids.":
    "Les soumissions ou les participants, parmi plusieurs, à qui cela a été fait, et pourquoi pas aux autres, par leurs identifiants.",
  "Attempts beside a phase's limits, and a reason. They count today, this month and in all; below 0: taken back.":
    "Des essais en plus des limites d’une phase, et une raison. Ils comptent aujourd’hui, ce mois-ci et en tout ; en dessous de 0 : retirés.",
  "The attempts that somebody has beside a phase's limits.": "Les essais que quelqu’un a en plus des limites d’une phase.",
  "Addresses that may take part, for how long, and a line of the organizers' for the mail.":
    "Les adresses qui peuvent participer, pour combien de temps, et une ligne des organisateurs pour l’e-mail.",
  "The invitations that were made; of the other addresses, why not.":
    "Les invitations qui ont été faites ; des autres adresses, pourquoi non.",
  "One page of a competition's invitations.": "Une page des invitations d’une compétition.",
  "Guests to revoke, by their ids.": "Les invités à révoquer, par leurs identifiants.",
  "One page of what the caller is invited to.": "Une page de ce à quoi est invité qui appelle.",
  "An account that takes part as a robot, with limits in place of the phases': null for none. Why, for the audit log.":
    "Un compte qui participe comme robot, avec des limites à la place de celles des phases : null pour aucune. Pourquoi, pour le journal.",
  "The people who run a competition, the owner first, and those who are offered a role in it.":
    "Les personnes qui organisent une compétition, le propriétaire d’abord, et celles à qui un rôle y est proposé.",
  "A role in a competition for somebody, and why. Its former owner goes on as an organizer.":
    "Un rôle dans une compétition pour quelqu’un, et pourquoi. Son ancien propriétaire reste comme organisateur.",
  "A person who runs a competition, in a `role`, or who is `offered` one: `by` whom and since when.":
    "Une personne qui organise une compétition, dans un `role`, ou à qui il est proposé (`offered`) : par qui (`by`) et depuis quand.",
  "The role that one was offered and takes on.": "Le rôle qui a été proposé et que l’on prend.",
  "One page of the roles that the caller is offered.": "Une page des rôles proposés à qui appelle.",
  "A competition's groups, and the newest work on them.":
    "Les groupes d’une compétition, et les travaux les plus récents sur eux.",
  "A group to put participants in, by the ids of their accounts, or with `remove` to take them out of; and why.":
    "Un groupe où mettre des participants, par les identifiants de leurs comptes, ou avec `remove` d’où les retirer ; et pourquoi.",
  "Work on groups: `rules` puts those who joined before where the rules put them, `move` takes along what people have handed in. `done` were looked at; `reason` says why it failed.":
    "Un travail sur les groupes : `rules` met ceux qui avaient rejoint avant là où les règles les mettent, `move` emmène ce qui a été soumis. `done` ont été regardés ; `reason` dit pourquoi il a échoué.",
  "A team's name; and, where an organizer makes it, the user name of the participant who leads it.":
    "Le nom d’une équipe ; et, là où un organisateur la crée, le nom d’utilisateur du participant qui la dirige.",
  "A team of a competition, the leader first. Who has the `code` may join; its leader alone is told.":
    "Une équipe d’une compétition, le responsable d’abord. Qui a le `code` peut la rejoindre ; il n’est donné qu’à son responsable.",
  "`submitted`: it has submitted, so it cannot be dissolved any more. Of one that was `merged` or `disbanded` nobody is a member, and `merged_into` is the id of the team that it went into.":
    "`submitted` : elle a soumis, et ne peut donc plus être dissoute. D’une équipe fusionnée (`merged`) ou dissoute (`disbanded`), personne n’est membre, et `merged_into` est l’identifiant de l’équipe où elle est entrée.",
  "One page of a competition's teams.": "Une page des équipes d’une compétition.",
  "The code that a team's leader gives to those who are to join.":
    "Le code que le responsable d’une équipe donne à ceux qui doivent la rejoindre.",
  "A decision of organizers about a team, or another name for it, with a reason for the audit log.":
    "Une décision des organisateurs sur une équipe, ou un autre nom pour elle, avec une raison pour le journal.",
  "Invitations, the newest first.": "Des invitations, les plus récentes d’abord.",
  "The one who is asked: the user name of an account, or an e-mail address to which the invitation is bound.":
    "Qui est invité : le nom d’utilisateur d’un compte, ou une adresse e-mail à laquelle l’invitation est liée.",
  "A question to somebody (`invited`: a user name, an address, or a team's name), asked by an account, until it is over.":
    "Une question posée à quelqu’un (`invited` : un nom d’utilisateur, une adresse ou le nom d’une équipe) par un compte, jusqu’à ce qu’elle soit close.",
  "`team`: a place in the team `subject`, called `name`; `lead`: to lead it; `merger`: to go into it as a team. `organization`: a place in that, in a `role`; `owner`: to own it.":
    "`team` : une place dans l’équipe `subject`, appelée `name` ; `lead` : la diriger ; `merger` : y entrer en tant qu’équipe. `organization` : une place dans celle-ci, dans un `role` ; `owner` : en être propriétaire.",
  "The team that is to go into this one, by its name or its id.":
    "L’équipe qui doit entrer dans celle-ci, par son nom ou par son identifiant.",
  "One page of a forum's threads: the pinned ones, then those in which somebody wrote last.":
    "Une page des fils d’un forum : les épinglés, puis ceux où l’on a écrit en dernier.",
  "A thread's title, and its first post in Markdown.": "Le titre d’un fil, et son premier message en Markdown.",
  "Place of what was posted: the thread, and the post's number in it.":
    "L’endroit de ce qui a été écrit : le fil, et le numéro du message dans celui-ci.",
  "A thread and one page of its posts. `subscribed`: you are told of new ones.":
    "Un fil et une page de ses messages. `subscribed` : vous êtes prévenu des nouveaux.",
  "Marks of a thread: pinned and locked, by organizers; and the number of the post that answers it, null for none.":
    "Les marques d’un fil : épinglé et fermé, par les organisateurs ; et le numéro du message qui y répond, null pour aucun.",
  "A thread of a competition's forum. `posts` counts all numbers that are taken, `deleted` the posts that are no more.":
    "Un fil du forum d’une compétition. `posts` compte tous les numéros pris, `deleted` les messages qui ne sont plus.",
  "`answer` is the number of the post that answers it. `title` is empty once its first post is deleted.":
    "`answer` est le numéro du message qui y répond. `title` est vide une fois son premier message supprimé.",
  "A post, in Markdown with formulas. `@name` tells a participant of it.":
    "Un message, en Markdown avec des formules. `@name` en prévient un participant.",
  "Words that one's post has from now on; and the thread's title, of its first post alone.":
    "Les mots que dit désormais son propre message ; et le titre du fil, pour son premier message seulement.",
  "Versions of a post before each of its changes, the oldest first.":
    "Les versions d’un message avant chacune de ses modifications, la plus ancienne d’abord.",
  "One page of the posts that were found, newest first. It may be empty while `next` leads to older ones.":
    "Une page des messages trouvés, du plus récent au plus ancien. Elle peut être vide alors que `next` mène à de plus anciens.",
  "Your wish to be told of a thread's new posts.": "Votre souhait d’être prévenu des nouveaux messages d’un fil.",
  "Reason why the organizers should look at a post.":
    "La raison pour laquelle les organisateurs devraient regarder un message.",
  "A report that the organizers have now.": "Un signalement que les organisateurs ont maintenant.",
  "One page of a competition's open reports, newest first.":
    "Une page des signalements ouverts d’une compétition, les plus récents d’abord.",
  "Reason why the administrators should look at a competition, or at who runs it.":
    "La raison pour laquelle les administrateurs devraient regarder une compétition, ou qui l’organise.",
  "Decision about a report, whether the post is deleted or kept, and its reason, for the audit log.":
    "La décision sur un signalement, message supprimé ou gardé, et sa raison, pour le journal.",
  "One page of announcements, newest first.": "Une page d’annonces, les plus récentes d’abord.",
  "Title and text, in Markdown, of a word to all who take part. `mail`: they are mailed too, but for who wants none.":
    "Le titre et le texte, en Markdown, d’un mot à tous les participants. `mail` : il leur est aussi envoyé, sauf à qui n’en veut pas.",
  "A word to everybody, in Markdown. `competition` is null for one of the site's administrators.":
    "Un mot à tous, en Markdown. `competition` est null pour un mot des administrateurs du site.",
  "`edited_at` is null for one that says what it always said.":
    "`edited_at` est null pour un mot qui dit ce qu’il a toujours dit.",
  "Title and text that an announcement has from now on, and why, for the audit log.":
    "Le titre et le texte que porte désormais une annonce, et pourquoi, pour le journal.",
  "Title and text, in Markdown, of a word to everybody on the site. `mail`: all are mailed, but for who wants none.":
    "Le titre et le texte, en Markdown, d’un mot à tous sur le site. `mail` : il est envoyé à tous, sauf à qui n’en veut pas.",
  "One page of what you are told of, newest first.": "Une page de ce dont vous êtes prévenu, du plus récent au plus ancien.",
  "The id of the newest notification that was read: it and all older ones are.":
    "L’identifiant de la notification la plus récente qui a été lue : elle et toutes les plus anciennes le sont.",
  "An organization's name, and what it says of itself.": "Le nom d’une organisation, et ce qu’elle dit d’elle-même.",
  "An organization as it says itself. `my_role` is null for who is not in it.":
    "Une organisation telle qu’elle se présente. `my_role` est null pour qui n’en fait pas partie.",
  "The organizations of an account.": "Les organisations d’un compte.",
  "Other words of an organization. What is not sent stays as it is.":
    "D’autres mots d’une organisation. Ce qui n’est pas envoyé reste tel quel.",
  "One page of an organization's members.": "Une page des membres d’une organisation.",
  "One page of such competitions, the newest first.": "Une page de ces compétitions, les plus récentes d’abord.",
  "The one who is asked, and the role that they are to have.": "Qui est invité, et le rôle qu’il doit avoir.",
  "A member's role, or whether strangers see that they are there. What is not sent stays as it is.":
    "Le rôle d’un membre, ou si les inconnus voient qu’il en fait partie. Ce qui n’est pas envoyé reste tel quel.",
  "A member of an organization. Strangers see those alone who are `shown`.":
    "Un membre d’une organisation. Les inconnus ne voient que ceux qui sont montrés (`shown`).",
  "Signed URLs of what a phase hands out, good for a few minutes; null for what there is not.":
    "Des URL signées de ce que distribue une phase, valables quelques minutes ; null pour ce qu’il n’y a pas.",
  "`tasks` has the programs and the input data that the organizers let participants have, by the task's name. `sizes` has the bytes of each file, by its kind, and of a task's by `TASK/KIND`. `links` are addresses of elsewhere.":
    "`tasks` contient les programmes et les données d’entrée que les organisateurs laissent aux participants, par le nom de la tâche. `sizes` donne les octets de chaque fichier, par son genre, et de ceux d’une tâche par `TASK/KIND`. `links` sont des adresses d’ailleurs.",
  "The attempts that a participant still has in a phase; null for what has no limit.":
    "Les essais qu’un participant a encore dans une phase ; null pour ce qui n’a pas de limite.",
  "`opens_at` is when the next attempt opens, now when one is left, null when no time opens one; `reason` says then why. Days and months are those of `timezone`. `extra` attempts were given by the organizers beside the limits. `group` is the key of the group whose limits these are.":
    "`opens_at` est quand s’ouvre le prochain essai : maintenant s’il en reste un, null si aucun moment n’en ouvre ; `reason` dit alors pourquoi. Les jours et les mois sont ceux de `timezone`. `extra` essais ont été donnés par les organisateurs en plus des limites. `group` est la clé du groupe dont ce sont les limites.",
  "The submissions that go along into a phase, from which, by which rule; one page of participants.":
    "Les soumissions emmenées dans une phase, depuis laquelle, selon quelle règle ; une page de participants.",
  "`status` is null when it was never begun; `done` counts the submissions that it made; `reason` says why it failed. `starts_by_itself`: at the phase's start.":
    "`status` est null quand cela n’a jamais commencé ; `done` compte les soumissions qui en ont été faites ; `reason` dit pourquoi cela a échoué. `starts_by_itself` : au début de la phase.",
  "The phase that submissions come from, without one the phase before; and which, without it as the phase says.":
    "La phase d’où viennent les soumissions, sans elle la phase d’avant ; et lesquelles, sans cela comme le dit la phase.",
  "The number of the best that are to be repeated.": "Le nombre des meilleures à répéter.",
  "A phase's latest check: what was `repeated`, how much is in progress yet, and why some was `refused`, by its id.":
    "La dernière vérification d’une phase : ce qui a été répété (`repeated`), combien est encore en cours, et pourquoi certaines ont été refusées (`refused`), par leur identifiant.",
  "The newest jobs of a phase, and those of retention that are not done.":
    "Les travaux les plus récents d’une phase, et ceux de conservation qui ne sont pas terminés.",
  "A committed upload to be scored, and what its participant says of it. Without `tasks`: all of the phase's.":
    "Un envoi validé à évaluer, et ce que son participant en dit. Sans `tasks` : toutes celles de la phase.",
  "`forked_from` is shared code of the competition that it was started from; without an `upload` that is run as it is. `fact_sheet` has the answers to the competition's questions, by their keys. `group` is the key of the group for which it is, needed from who is in several. `organization` is the id of one of the participant's, for which it is handed in.":
    "`forked_from` est le code partagé de la compétition dont il est parti ; sans `upload`, celui-ci est exécuté tel quel. `fact_sheet` contient les réponses aux questions de la compétition, par leurs clés. `group` est la clé du groupe pour lequel il est, nécessaire de la part de qui est dans plusieurs. `organization` est l’identifiant d’une des organisations du participant, pour laquelle il est soumis.",
  "A submission and what became of it. `fault` says whose a failure was; `reason` says it in words.":
    "Une soumission et ce qu’elle est devenue. `fault` dit à qui la faute d’un échec ; `reason` le dit en mots.",
  "`ran_with` is for organizers, and null for others. In a phase with several tasks `scores` has their means, and each task's own under `task/key`; `tasks` says more of each, where one submission is asked for. `parent` and `task` are set for one such task. `team` is the name of the team for which it was made, `group` the key of the group, `forked_from` the shared code that it was started from. `queue` is told of one that waits, where it is asked for alone: of several tasks, the first in line. `origin` is set where it was brought from another site: its first attempt is what that site told. `chosen`: it is to count when the phase is over; null where nobody chooses.":
    "`ran_with` est pour les organisateurs, et null pour les autres. Dans une phase à plusieurs tâches, `scores` contient leurs moyennes, et ceux de chaque tâche sous `task/key` ; `tasks` en dit plus sur chacune, là où une seule soumission est demandée. `parent` et `task` sont donnés pour une telle tâche. `team` est le nom de l’équipe pour laquelle elle a été faite, `group` la clé du groupe, `forked_from` le code partagé dont elle est partie. `queue` est dit de celle qui attend, là où elle est demandée seule : de plusieurs tâches, la première de la file. `origin` est présent quand elle a été apportée d’un autre site : son premier essai est ce que ce site a dit. `chosen` : elle doit compter quand la phase est terminée ; null là où personne ne choisit.",
  "One page of submissions, newest first. `selection` is told of your own, where you may choose.":
    "Une page de soumissions, les plus récentes d’abord. `selection` est dit des vôtres, là où vous pouvez choisir.",
  "The submissions that a participant or a team chose, at most so many: until `closes_at`, when the best of them counts.":
    "Les soumissions qu’un participant ou une équipe a choisies, au plus tant : jusqu’à `closes_at`, où la meilleure d’entre elles compte.",
  "Who chooses none has on the board what its rule says. Of more than `most`, the first so many count.":
    "Qui n’en choisit aucune a au classement ce que dit sa règle. De plus de `most`, les premières comptent, jusqu’à ce nombre.",
  "Choose one of your submissions to count when the phase is over. Of those that you choose, the best does.":
    "Choisir une de vos soumissions pour compter quand la phase est terminée. De celles que vous choisissez, la meilleure compte.",
  "Take back that you chose a submission.": "Revenir sur le choix d’une soumission.",
  "The description of a submission. What is not sent stays as it is. To be public it needs a `licence`, such as MIT.":
    "La description d’une soumission. Ce qui n’est pas envoyé reste tel quel. Pour être publique, il lui faut une `licence`, comme MIT.",
  "Signed URLs of a submission's files, good for a few minutes; null for what there is not, or is not for you.":
    "Des URL signées des fichiers d’une soumission, valables quelques minutes ; null pour ce qu’il n’y a pas, ou qui n’est pas pour vous.",
  "`results` has the pages and images that scoring made, by their names; participants get them and `detailed_results` where the competition shows them. `private_output` is for organizers alone. `extension` is that of the submission's file, which is a zip unless its phase took it as it is. `live`: you may have the scripts of pages run, by `live-page`.":
    "`results` contient les pages et les images que l’évaluation a faites, par leurs noms ; les participants les obtiennent, avec `detailed_results`, là où la compétition les montre. `private_output` est pour les organisateurs seuls. `extension` est celle du fichier de la soumission, qui est un zip à moins que sa phase ne l’ait pris tel quel. `live` : vous pouvez faire exécuter les scripts des pages, par `live-page`.",
  "A submission's earlier attempts, the oldest first.": "Les essais antérieurs d’une soumission, le plus ancien d’abord.",
  "Submissions of a phase, several at once.": "Des soumissions d’une phase, plusieurs à la fois.",
  "Submissions of a phase, several at once, and a reason that their participants read.":
    "Des soumissions d’une phase, plusieurs à la fois, et une raison que lisent leurs participants.",
  "A reason that its participant reads.": "Une raison que lit son participant.",
  "The text that the latest attempt's programs have printed so far: of each log that there is, by its name, the end.":
    "Le texte qu’ont affiché jusqu’ici les programmes du dernier essai : de chaque journal qu’il y a, par son nom, la fin.",
  "A log is at most 128 KiB here, and while it grows it is its beginning and its end; `files` has the whole.":
    "Un journal fait ici 128 Kio au plus, et tant qu’il grandit ce sont son début et sa fin ; `files` contient le tout.",
  "One page of shared code. A page may be short, and another come after it.":
    "Une page de code partagé. Une page peut être courte, et une autre venir après elle.",
  "A finished submission that others may see, have under its licence, and start from.":
    "Une soumission terminée que d’autres peuvent voir, avoir sous sa licence, et dont ils peuvent partir.",
  "`scores` are those that participants see in the phase at this moment. `participant` is null on an anonymous board. `downloads` counts people, `forks` submissions. `liked` and `mine` are about who asks. `lineage` has what it was started from, the farthest first, where one is asked for alone. `extension` is that of its file.":
    "`scores` sont ceux que les participants voient dans la phase en ce moment. `participant` est null sur un classement anonyme. `downloads` compte des personnes, `forks` des soumissions. `liked` et `mine` concernent qui demande. `lineage` contient ce dont elle est partie, le plus lointain d’abord, là où une seule est demandée. `extension` est celle de son fichier.",
  "The submissions that are to be packed; without a list all of the phase.":
    "Les soumissions à empaqueter ; sans liste, toutes celles de la phase.",
  "A phase's submissions with their outputs and logs, in one zip, or in several when they are large.":
    "Les soumissions d’une phase avec leurs sorties et leurs journaux, en un zip, ou en plusieurs quand elles sont volumineuses.",
  "`submissions` counts those packed so far. Zips can be had as soon as they are listed, until `expires_at`. `reason` says why it failed.":
    "`submissions` compte celles déjà empaquetées. Les zips peuvent être pris dès qu’ils sont listés, jusqu’à `expires_at`. `reason` dit pourquoi cela a échoué.",
  "The newest exports of a phase.": "Les exports les plus récents d’une phase.",
  "The leaderboards of a phase, and how submissions get onto them.":
    "Les classements d’une phase, et comment les soumissions y arrivent.",
  "`blind`: scores are not shown to the caller before the phase's end. `freezes_at`: from then to the phase's end participants see the boards as they were. `has_final`: at the phase's end another ranking takes their place. `groups` have boards of their own: each of these, of their rows alone.":
    "`blind` : les scores ne sont pas montrés à qui appelle avant la fin de la phase. `freezes_at` : de là à la fin de la phase, les participants voient les classements tels qu’ils étaient. `has_final` : à la fin de la phase, un autre classement prend leur place. `groups` ont leurs propres classements : chacun de ceux-ci, de leurs seules lignes.",
  "One page of a leaderboard's snapshot. `rebuilt_at` is null while there is nothing on it.":
    "Une page de l’instantané d’un classement. `rebuilt_at` est null tant qu’il n’y a rien dessus.",
  "`frozen_at`: it is shown as it was then, until the phase ends. `final`: it ranks as it does once the phase is over. `final_phase`: these are the rows of that phase, which has the final board of this one. `disqualified` has the rows that are out of the ranking, on the first page for organizers. `detailed_results`: each row leads to its submission's. `organizer`: the caller sees all that organizers see. `group`: it is the board of that group alone. `grouped`: rows say of which group they are. `packed` has the rows where that was asked for, and `rows` none. `tie_breaks` has the keys of the columns that decide in this order between equal scores in the primary one: rows that are equal in those as well share a rank, and the next ranks are skipped.":
    "`frozen_at` : il est montré tel qu’il était alors, jusqu’à la fin de la phase. `final` : il classe comme une fois la phase terminée. `final_phase` : ce sont les lignes de cette phase, qui a le classement final de celui-ci. `disqualified` contient les lignes hors classement, sur la première page pour les organisateurs. `detailed_results` : chaque ligne mène à ceux de sa soumission. `organizer` : qui appelle voit tout ce que voient les organisateurs. `group` : c’est le classement de ce seul groupe. `grouped` : les lignes disent de quel groupe elles sont. `packed` contient les lignes là où c’était demandé, et `rows` aucune. `tie_breaks` contient les clés des colonnes qui départagent, dans cet ordre, les scores égaux de la colonne principale : les lignes égales en celles-ci aussi partagent un rang, et les rangs suivants sont sautés.",
  "The form that a leaderboard is exported in. csv and json are of one board, the first one without `board`, with `group` that of a group.":
    "La forme sous laquelle un classement est exporté. csv et json sont d’un seul classement, le premier sans `board`, avec `group` celui d’un groupe.",
  "zip has a CSV for each phase and board of the competition, and for each group that has boards of its own. `final`: as it ranks once the phase is over. `rounded`: scores with their columns' decimals, as boards show them; json has all their digits.":
    "zip contient un CSV pour chaque phase et classement de la compétition, et pour chaque groupe qui a ses propres classements. `final` : comme il classe une fois la phase terminée. `rounded` : les scores avec les décimales de leurs colonnes, comme les classements les montrent ; json a tous leurs chiffres.",
  "The ranks of a participant or a team among `count` rows. More than one place where one may have several rows.":
    "Les rangs d’un participant ou d’une équipe parmi `count` lignes. Plus d’une place là où l’on peut avoir plusieurs lignes.",
  "A participant's or a team's scores over time, the oldest first. `truncated`: there are more before these.":
    "Les scores d’un participant ou d’une équipe au fil du temps, le plus ancien d’abord. `truncated` : il y en a d’autres avant ceux-ci.",
  "`opens`: the caller may open these submissions.": "`opens` : qui appelle peut ouvrir ces soumissions.",
  "A submission as the boards take it. `original_scores` are the scoring program's own, when some were set by hand.":
    "Une soumission telle que la prennent les classements. `original_scores` sont ceux du programme d’évaluation, quand certains ont été fixés à la main.",
  "The pages of detailed results behind a leaderboard's row.":
    "Les pages de résultats détaillés derrière une ligne d’un classement.",
  "The marks that organizers give a submission. What is left out stays; who disqualifies says why.":
    "Les marques que les organisateurs donnent à une soumission. Ce qui est omis reste ; qui disqualifie dit pourquoi.",
  "Scores to set, by column key; of several tasks by `{task}/{key}`. null takes one away.":
    "Les scores à fixer, par clé de colonne ; de plusieurs tâches, par `{task}/{key}`. null en retire un.",
  "A member of a competition's jury. The judgements of one who is excluded do not count.":
    "Un membre du jury d’une compétition. Les jugements de qui est exclu ne comptent pas.",
  "A competition's jury.": "Le jury d’une compétition.",
  "The counting of a juror's judgements, or not.": "La prise en compte des jugements d’un juré, ou non.",
  "One page of the juries that one is on, those of the newest competitions first.":
    "Une page des jurys dont on fait partie, ceux des compétitions les plus récentes d’abord.",
  "The case that a juror is to decide about next; null when there is nothing now. `done` counts what one has decided or passed.":
    "Le cas dont un juré doit décider ensuite ; null quand il n’y a rien pour le moment. `done` compte ce que l’on a décidé ou passé.",
  "`made` and `wanted` count the judgements of the whole jury, a few seconds ago. `ends_at` null: judging never ends.":
    "`made` et `wanted` comptent les jugements de tout le jury, il y a quelques secondes. `ends_at` null : le jugement ne finit jamais.",
  "One page of one's judgements in a phase, newest first.":
    "Une page de ses jugements dans une phase, du plus récent au plus ancien.",
  "A thing that a juror is to decide about: one output to be marked (rubric), or two to be compared (pairwise).":
    "Ce dont un juré doit décider : une sortie à noter (rubric), ou deux à comparer (pairwise).",
  "It is kept for the juror until `held_until`, which is null for what was decided before. `judgement` is one's own.":
    "C’est gardé pour le juré jusqu’à `held_until`, qui est null pour ce qui a été décidé avant. `judgement` est le sien.",
  "A juror's decision: whole marks by criterion where there is a rubric, or which of two outputs is better.":
    "La décision d’un juré : des notes entières par critère là où il y a une grille, ou laquelle de deux sorties est la meilleure.",
  "A decision of one's own: marks by criterion, or which of two outputs is better, in the order in which one sees them.":
    "Sa propre décision : des notes par critère, ou laquelle de deux sorties est la meilleure, dans l’ordre où on les voit.",
  "The jury's progress with a phase, for organizers. `published`: participants see the scores.":
    "L’avancement du jury dans une phase, pour les organisateurs. `published` : les participants voient les scores.",
  "The publication of judging: whether participants see the scores of a phase's judgements.":
    "La publication du jugement : si les participants voient les scores tirés des jugements d’une phase.",
  "A queue for runners of one's own. Of a sealed one only scores leave the runners.":
    "Une file pour ses propres exécuteurs. D’une file scellée, seuls les scores quittent les exécuteurs.",
  "A queue of runners. `sealed`: logs and outputs stay on its runners. `uses` counts the competitions that use it.":
    "Une file d’exécuteurs. `sealed` : les journaux et les sorties restent sur son exécuteur. `uses` compte les compétitions qui l’utilisent.",
  "Images come from these `registries`, and a step of a run may take `max_time_limit_seconds`.":
    "Les images viennent de ces `registries`, et une étape d’une exécution peut prendre `max_time_limit_seconds`.",
  "One page of queues, newest first. Send `next` as `cursor` for the following page.":
    "Une page de files, les plus récentes d’abord. Envoyez `next` comme `cursor` pour la page suivante.",
  "A queue and how it does. `waiting`, `runners` and `shared_with` are told to its owner.":
    "Une file et comment elle va. `waiting`, `runners` et `shared_with` sont dits à son propriétaire.",
  "`depth` is what waits, counted up to 5,000; `oldest_at` is since when the longest waiting of it waits.":
    "`depth` est ce qui attend, compté jusqu’à 5 000 ; `oldest_at` est depuis quand attend ce qui attend le plus longtemps.",
  "The description of a queue, and who may use it: ids of accounts in `shared_with`, when it is shared.":
    "La description d’une file, et qui peut l’utiliser : des identifiants de comptes dans `shared_with`, quand elle est partagée.",
  "Its jobs get images of these `registries` alone, and each of their steps `max_time_limit_seconds` at most.":
    "Ses travaux n’obtiennent des images que de ces `registries`, et chacune de leurs étapes `max_time_limit_seconds` au plus.",
  "A list of tokens.": "Une liste de jetons.",
  "A sign-in to a private registry of Docker images. `server` is its host, such as registry.lab.example.":
    "Des identifiants pour un registre privé d’images Docker. `server` est son hôte, comme registry.lab.example.",
  "A sign-in to a private registry of images. Its password is told to nobody.":
    "Des identifiants pour un registre privé d’images. Leur mot de passe n’est dit à personne.",
  "A webhook: where events of some kinds are sent, and in which form. `url` begins with https.":
    "Un webhook : où sont envoyés des événements de certains types, et sous quelle forme. `url` commence par https.",
  "A webhook's secret, which is told this once. Until `former_until` signatures by the former one are sent too.":
    "Le secret d’un webhook, donné cette seule fois. Jusqu’à `former_until`, des signatures avec le précédent sont envoyées aussi.",
  "All webhooks of a competition, the oldest first.": "Tous les webhooks d’une compétition, le plus ancien d’abord.",
  "Another address, other kinds of events, another description; and whether anything is sent at all.":
    "Une autre adresse, d’autres types d’événements, une autre description ; et si quelque chose est envoyé du tout.",
  "A webhook, without its secret. `target` is the host of its address and how that ends.":
    "Un webhook, sans son secret. `target` est l’hôte de son adresse et comment celle-ci finit.",
  "One that is not `active` gets nothing. `reason` says why, when nobody switched it off. `failing_since` is there while nothing gets through.":
    "Un webhook qui n’est pas `active` ne reçoit rien. `reason` dit pourquoi, quand personne ne l’a désactivé. `failing_since` est là tant que rien ne passe.",
  "One page of deliveries, newest first. Send `next` as `cursor` for the following page.":
    "Une page de livraisons, les plus récentes d’abord. Envoyez `next` comme `cursor` pour la page suivante.",
  "An event that was sent by a webhook, or waits to be. `code`, `answer`, `error` and `seconds` are of the latest try.":
    "Un événement qu’un webhook a envoyé, ou qui attend de l’être. `code`, `answer`, `error` et `seconds` sont de la dernière tentative.",
  "`answer` is how the body of the receiver's answer begins.":
    "`answer` est le début du corps de la réponse du destinataire.",
  "A runner introduces itself, with the version of the protocol that it would speak.":
    "Un exécuteur se présente, avec la version du protocole qu’il voudrait parler.",
  "The credentials that a runner needs to poll its queue until `expires_at`.":
    "Les identifiants dont un exécuteur a besoin pour interroger sa file jusqu’à `expires_at`.",
  "`protocol` is the version that both speak until then. `notice` is for the runner's log: what its operator is to do.":
    "`protocol` est la version que tous deux parlent jusque-là. `notice` est pour le journal de l’exécuteur : ce que doit faire son opérateur.",
  "A runner is there: what it is, has and does.": "Un exécuteur est là : ce qu’il est, a et fait.",
  "The submission that an idle runner should claim, should its wake-up have been lost: the first in line that fits, or null.":
    "La soumission qu’un exécuteur inoccupé devrait prendre, au cas où son réveil se serait perdu : la première de la file qui convient, ou null.",
  "`release` has the submissions whose logs and outputs this runner keeps, and is to send now.":
    "`release` contient les soumissions dont cet exécuteur garde les journaux et les sorties, et qu’il doit maintenant envoyer.",
  "The runner that claims, and what it can do. `protocol` is what the session agreed on; 1 knew no such field.":
    "L’exécuteur qui prend, et ce qu’il sait faire. `protocol` est ce dont la session a convenu ; 1 ne connaissait pas ce champ.",
  "The whole that a runner needs for one attempt of one submission.":
    "Tout ce dont un exécuteur a besoin pour un essai d’une soumission.",
  '`token` is the attempt\'s own: every later call carries it, and it dies with the attempt. `archive` is the submission as it was sent: a zip, or with a `plain_file` one file that programs find under that name, and that is never unpacked. `contract` says whose program contract holds: "1" has the working directory /app in the shape of a run of CodaLab, "2" has /app/program (FORMATS 0). Without `score_failed_predictions` a prediction that exits with an error ends the attempt. `sealed`: logs and outputs stay on the runner, so `uploads` is empty. `registries` are the hosts that the queue\'s owner lets jobs have images of; `site_image` is what the site gives jobs that name none, wherever it is from. `tells_errors`: the reason of a failure may quote a program\'s error output, for who reads the one may read the other. `tells_predictions`: participants may have what an ingestion program put out, so they are told what it says of them. `expects` is what the submission must hold, else nothing of it runs; None where anything will do. `record` is what a scoring program of contract "1" reads of the submission, by CodaLab\'s keys; empty for "2".':
    '`token` est propre à l’essai : chaque appel suivant le porte, et il meurt avec l’essai. `archive` est la soumission telle qu’envoyée : un zip, ou avec un `plain_file` un fichier que les programmes trouvent sous ce nom, et qui n’est jamais décompressé. `contract` dit le contrat de programme de qui vaut : "1" a le dossier de travail /app sous la forme d’une exécution de CodaLab, "2" a /app/program (FORMATS 0). Sans `score_failed_predictions`, une prédiction qui se termine par une erreur met fin à l’essai. `sealed` : les journaux et les sorties restent sur l’exécuteur, donc `uploads` est vide. `registries` sont les hôtes dont le propriétaire de la file laisse les travaux avoir des images ; `site_image` est ce que le site donne aux travaux qui n’en nomment pas, d’où qu’elle vienne. `tells_errors` : la raison d’un échec peut citer la sortie d’erreur d’un programme, car qui lit l’une peut lire l’autre. `tells_predictions` : les participants peuvent avoir ce qu’un programme d’ingestion a produit, et on leur dit donc ce qu’il dit d’eux. `expects` est ce que la soumission doit contenir, sinon rien n’en est exécuté ; None là où tout convient. `record` est ce qu’un programme d’évaluation du contrat "1" lit de la soumission, par les clés de CodaLab ; vide pour "2".',
  '`uploads` may have: "output" (of scoring), "private_output", "prediction_output", "detailed_results", "results" (other pages and images) and each step\'s logs, such as "scoring_stdout" and "scoring_stderr".':
    '`uploads` peut contenir : "output" (de l’évaluation), "private_output", "prediction_output", "detailed_results", "results" (autres pages et images) et les journaux de chaque étape, comme "scoring_stdout" et "scoring_stderr".',
  "The progress of a job.": "L’avancement d’un travail.",
  "The answer to a heartbeat: whether to go on.": "La réponse à un signe de vie : s’il faut continuer.",
  "Presigned POSTs for the same objects as a Job's.": "Des POST présignés pour les mêmes objets que ceux d’un Job.",
  "An Outcome. Scores that are no finite number are judged later, not refused here.":
    "Un Outcome. Les scores qui ne sont pas des nombres finis sont jugés plus tard, et non refusés ici.",
  "The status that a submission has now.": "Le statut que porte maintenant une soumission.",
  "The reason why a runner could not do it.": "La raison pour laquelle un exécuteur n’a pas pu le faire.",
  "The runner that is about to send what it keeps, and of which attempt.":
    "L’exécuteur qui va envoyer ce qu’il garde, et de quel essai.",
  "The files of it that were sent.": "Ses fichiers qui ont été envoyés.",
  "The kinds of mail, and which of them one gets, in which language. A site that sends no mail says so: `sends_mail`.":
    "Les types d’e-mails, lesquels on reçoit, et en quelle langue. Un site qui n’envoie pas d’e-mails le dit : `sends_mail`.",
  "Kinds of mail, by their names, that are to be sent or not, and the language of all mail. What is not named stays as it is.":
    "Des types d’e-mails, par leurs noms, à envoyer ou non, et la langue de tous. Ce qui n’est pas nommé reste tel quel.",
  "A letter of organizers to those whom they have admitted, its text in Markdown.":
    "Une lettre d’organisateurs à ceux qu’ils ont admis, son texte en Markdown.",
  "`team` is a team's name; `in_team` says that it is for those in a team, or in none. `submitted`: for those who have submitted, or have not, in `phase`, without it in any. `group` is the key of one.":
    "`team` est le nom d’une équipe ; `in_team` dit qu’elle est pour ceux d’une équipe, ou d’aucune. `submitted` : pour ceux qui ont soumis, ou non, dans `phase`, sans elle dans n’importe laquelle. `group` est la clé d’un groupe.",
  "A letter to participants, by an organizer, or by the site itself. `left_out` want none, or have no address that takes mail; of `uncertain` nobody knows whether they got it.":
    "Une lettre à des participants, d’un organisateur ou du site lui-même. `left_out` n’en veulent pas, ou n’ont pas d’adresse qui reçoive des e-mails ; de `uncertain`, personne ne sait s’ils l’ont reçue.",
  "One page of a competition's letters, newest first.": "Une page des lettres d’une compétition, les plus récentes d’abord.",
  "A letter as it would be sent, and to how many; to more than those who were counted where that is not `complete`.":
    "Une lettre telle qu’elle serait envoyée, et à combien ; à davantage que ceux qui ont été comptés là où ce n’est pas `complete`.",
  "Some of them may want no letters.": "Certains d’entre eux peuvent ne vouloir aucune lettre.",
  "One page of such addresses.": "Une page de ces adresses.",
  "The site's pause: while it lasts, the site takes no submissions; `message` says why.":
    "La pause du site : tant qu’elle dure, le site n’accepte pas de soumissions ; `message` dit pourquoi.",
  "With `approval` what organizers publish waits until an administrator has approved it.":
    "Avec `approval`, ce que publient les organisateurs attend qu’un administrateur l’ait approuvé.",
  "A change of the site: a pause of submissions or its end, and why; whether competitions wait for approval.":
    "Une modification du site : une pause des soumissions ou sa fin, et pourquoi ; si les compétitions attendent une approbation.",
  "The version of the schema that this build writes, and how far the table is; null where that has not begun.":
    "La version du schéma qu’écrit cette version, et jusqu’où en est la table ; null là où cela n’a pas commencé.",
  "The walk through the table that gives today's shape to what a former build stored. It looked at `seen` items so far; `migrated` ones have another shape now, `left` ones were written meanwhile.":
    "Le parcours de la table qui donne sa forme d’aujourd’hui à ce qu’une version antérieure a stocké. Il a regardé `seen` éléments jusqu’ici ; `migrated` ont maintenant une autre forme, `left` ont été écrits entre-temps.",
  "The bytes that an account or a competition stores, by kind: uploads that nobody has used yet, submissions, datasets, bundles and pages, outputs of runs (as the last review found them), and exports.":
    "Les octets que stocke un compte ou une compétition, par type : envois que personne n’a encore utilisés, soumissions, jeux de données, paquets et pages, sorties d’exécutions (telles que le dernier contrôle les a trouvées), et exports.",
  "`quota_bytes` is what it may store, null without an end; with `own_quota` an administrator has said so of it alone.":
    "`quota_bytes` est ce qui peut être stocké, null sans limite ; avec `own_quota`, un administrateur l’a dit de lui seul.",
  "The bytes that one account or competition may store; null has the site's quota hold for it again.":
    "Les octets qu’un compte ou une compétition peut stocker ; null fait valoir de nouveau le quota du site.",
  "The quotas of those who have none of their own, the newest reviews, and one page of who stores the most.":
    "Les quotas de ceux qui n’en ont pas à eux, les derniers contrôles, et une page de qui stocke le plus.",
  "The bytes that whoever has no quota of their own may store; null lets them store without an end.":
    "Les octets que peut stocker qui n’a pas de quota à lui ; null laisse stocker sans limite.",
  "One page of them.": "Une page de ceux-ci.",
  "Whether counts that differ from what the buckets hold are set right.":
    "Si les comptes qui diffèrent de ce que contiennent les espaces de stockage sont corrigés.",
  "A look through the buckets. `site_bytes` are of no account and no competition, such as boards.":
    "Un examen des espaces de stockage. `site_bytes` ne sont d’aucun compte ni d’aucune compétition, comme les classements.",
  "`unclaimed` objects are of no row, with some of their keys. Of those who store something `differing` had another count, `moving` ones were counted meanwhile, so they are looked at the next time, and `mended` ones were set right.":
    "`unclaimed` objets ne sont d’aucune ligne, avec certaines de leurs clés. De ceux qui stockent quelque chose, `differing` avaient un autre compte, `moving` ont été comptés entre-temps, et sont donc regardés la prochaine fois, et `mended` ont été corrigés.",
  "One page of what was reported on the site, newest first.":
    "Une page de ce qui a été signalé sur le site, du plus récent au plus ancien.",
  "Decision about a report: something was done about it, or nothing is to be done; and why, for the audit log.":
    "La décision sur un signalement : quelque chose a été fait, ou rien n’est à faire ; et pourquoi, pour le journal.",
  "The days of a month, up to today.": "Les jours d’un mois, jusqu’à aujourd’hui.",
  "One page of what came to nothing in the background.": "Une page de ce qui n’a pas abouti en arrière-plan.",
  "Whether each part that the site stands on answers: the table, the buckets of files and of runs, the tasks queue and the user pool. `seconds_since_sweep` is the age of the last sweep, of which there is one each minute; null before the first.":
    "Si chaque partie sur laquelle repose le site répond : la table, les espaces de stockage des fichiers et des exécutions, la file des tâches et le groupe d’utilisateurs. `seconds_since_sweep` est l’âge du dernier balayage, dont il y a un chaque minute ; null avant le premier.",
  "The site as administrators look after it. `version` is the functions'; `looked_at` are the items that the last sweep found due. `lines` has the site's own queue, and those on which something waited. `tasks_waiting` is null where the queue does not answer. Of `failures`, counted up to 100, `given_up` are tried no more by themselves. `days` are today and yesterday.":
    "Le site tel que s’en occupent les administrateurs. `version` est celle des fonctions ; `looked_at` sont les éléments que le dernier balayage a trouvés à échéance. `lines` contient la file du site, et celles où quelque chose attendait. `tasks_waiting` est null là où la file ne répond pas. De `failures`, comptés jusqu’à 100, `given_up` ne sont plus réessayés d’eux-mêmes. `days` sont aujourd’hui et hier.",
  "The end of an account that is removed, or merged `into` another, as far as that can be told before.":
    "La fin d’un compte qui est supprimé, ou fusionné dans un autre (`into`), pour autant que cela puisse être dit avant.",
  "`known_as` is the name of what stays. `status` is that of the job once it was ordered; `reason` is why it failed. `competitions` counts those in which the account takes part, up to 1,000.":
    "`known_as` est le nom de ce qui reste. `status` est celui du travail une fois ordonné ; `reason` est pourquoi il a échoué. `competitions` compte celles auxquelles le compte participe, jusqu’à 1 000.",
  "The password of the account that calls, to be sure that its owner does.":
    "Le mot de passe du compte qui appelle, pour être sûr que c’est son propriétaire.",
  "The reason why an administrator removes an account: who asked for it, and how that was made sure of.":
    "La raison pour laquelle un administrateur supprime un compte : qui l’a demandé, et comment cela a été vérifié.",
  "The user name of the account that goes on, and why it is known that both are one person's.":
    "Le nom d’utilisateur du compte qui continue, et pourquoi l’on sait que tous deux sont de la même personne.",
  "One page of accounts.": "Une page de comptes.",
  "An account's exact user name, or its exact address.": "Le nom d’utilisateur exact d’un compte, ou son adresse exacte.",
  "An account as administrators find it, without its address. `ban` is null for who is let in.":
    "Un compte tel que le trouvent les administrateurs, sans son adresse. `ban` est null pour qui est admis.",
  "The reason why an account is let in no more. It is told so, and administrators are.":
    "La raison pour laquelle un compte n’est plus admis. Elle lui est dite, ainsi qu’aux administrateurs.",
} as Readonly<Record<string, string>>;
