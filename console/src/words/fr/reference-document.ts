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
  "End a session of yours. Whoever has it is signed out within ten seconds, and does not go on with it.":
    "Fermer une de vos sessions. Qui l’utilise est déconnecté en moins de dix secondes et ne peut pas la poursuivre.",
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
  "The board's key. Without it the first one.": "La clé du classement. Sans elle, le premier.",
  "The group's key, for a board of its own. Without it everybody's.":
    "La clé du groupe, pour son propre classement. Sans elle, celui de tous.",
  "`true` for the final ranking, if you organize.": "`true` pour le classement final, si vous organisez.",
  "Export leaderboards to a file, for organizers.": "Exporter des classements dans un fichier, pour les organisateurs.",
  "Tell where a participant stands.": "Dire où se trouve un participant.",
  "Tell a participant's scores over time.": "Donner les scores d’un participant au fil du temps.",
  "Tell where a team stands.": "Dire où se trouve une équipe.",
  "Tell a team's scores over time.": "Donner les scores d’une équipe au fil du temps.",
  "Put a submission on the leaderboard.": "Mettre une soumission au classement.",
  "Take a submission off the leaderboard.": "Retirer une soumission du classement.",
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
} as Readonly<Record<string, string>>;
