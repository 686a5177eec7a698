"""The sentences that letters are made of, in each language that a reader may have chosen.

What stands in braces is put in as Markdown: who puts in a stranger's words makes them plain first (letters.py).
"""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Literal, NamedTuple, get_args

from chalicelib.domain import zones

Language = Literal["en", "fr"]
LANGUAGES: tuple[Language, ...] = get_args(Language)
DEFAULT: Language = "en"
_FRENCH_MONTHS = (
    *("janvier", "février", "mars", "avril", "mai", "juin"),
    *("juillet", "août", "septembre", "octobre", "novembre", "décembre"),
)


class Sentence(NamedTuple):
    """A sentence in each language."""

    en: str
    fr: str


class Speech:
    """The words of one language."""

    def __init__(self, language: Language) -> None:
        self.language = language

    def __call__(self, name: str, /, **values: object) -> str:
        """A sentence of the catalogue, with what stands in its braces."""
        text: str = getattr(SENTENCES[name], self.language)
        return text.format(**values)

    def moment(self, at: datetime, zone: str) -> str:
        """A time by the clock of a zone, with its name, and by UTC's: "1 March 2026, 09:30 (Europe/Vienna), 08:30 UTC"."""
        there, utc = at.astimezone(zones.zone(zone)), at.astimezone(UTC)
        universal = f"{utc:%H:%M} UTC" if there.date() == utc.date() else f"{self._day(utc)}, {utc:%H:%M} UTC"
        if zone == "UTC":
            return f"{self._day(utc)}, {utc:%H:%M} UTC"
        return f"{self._day(there)}, {there:%H:%M} ({zone}), {universal}"

    def _day(self, at: datetime) -> str:
        if self.language == "fr":
            return f"{'1er' if at.day == 1 else at.day} {_FRENCH_MONTHS[at.month - 1]} {at.year}"
        return f"{at.day} {at:%B %Y}"


def language_of(said: str | None) -> Language:
    """A language that was chosen; the default one for who has chosen none, or one of another build."""
    return next((one for one in LANGUAGES if one == said), DEFAULT)


SENTENCES: Mapping[str, Sentence] = {
    "off": Sentence(
        "[Send me no more of this kind]({link}), or choose with `agon mail preferences`.",
        "[Ne plus recevoir ce genre de messages]({link}), ou choisissez avec `agon mail preferences`.",
    ),
    "applied.subject": Sentence("People ask to take part in {title}", "Des personnes demandent à participer à {title}"),
    "applied": Sentence(
        "People ask to take part in {competition}."
        " See who waits with `agon participants list {id} --status pending`, and decide.",
        "Des personnes demandent à participer à {competition}."
        " Voyez qui attend avec `agon participants list {id} --status pending`, et décidez.",
    ),
    "let in.subject": Sentence("You may take part in {title}", "Vous pouvez participer à {title}"),
    "let in": Sentence("You may take part in {competition}.", "Vous pouvez participer à {competition}."),
    "kept out.subject": Sentence("You may not take part in {title}", "Vous ne pouvez pas participer à {title}"),
    "kept out": Sentence("You may not take part in {competition}.", "Vous ne pouvez pas participer à {competition}."),
    "organizers say": Sentence("The organizers say:", "Les organisateurs disent :"),
    "they say": Sentence("They say:", "Ils disent :"),
    "published.subject": Sentence("{title} is published", "{title} est publiée"),
    "published": Sentence(
        "The site's administrators have approved {competition}: it is published.",
        "Les administrateurs du site ont approuvé {competition} : elle est publiée.",
    ),
    "not published.subject": Sentence("{title} was not approved", "{title} n’a pas été approuvée"),
    "not published": Sentence(
        "The site's administrators have not approved {competition}: it is still a draft.",
        "Les administrateurs du site n’ont pas approuvé {competition} : elle reste un brouillon.",
    ),
    "ask again": Sentence(
        "Change it and ask again: `agon competitions publish {id}`.",
        "Modifiez-la et demandez à nouveau : `agon competitions publish {id}`.",
    ),
    "scored.subject": Sentence("Your submission {called} was scored", "Votre soumission {called} a été évaluée"),
    "scored": Sentence(
        "Your submission {submission} to {title} was scored. See it with `agon submissions show {id}`.",
        "Votre soumission {submission} à {title} a été évaluée. Voyez-la avec `agon submissions show {id}`.",
    ),
    "failed.subject": Sentence("Your submission {called} has failed", "Votre soumission {called} a échoué"),
    "failed": Sentence(
        "Your submission {submission} to {title} has failed. `agon submissions show {id}` says why,"
        " and `agon logs {id}` what it printed.",
        "Votre soumission {submission} à {title} a échoué. `agon submissions show {id}` dit pourquoi,"
        " et `agon logs {id}` ce qu’elle a affiché.",
    ),
    "own fault": Sentence("This is wrong with it: {why}", "Voici ce qui ne va pas : {why}"),
    "begun.subject": Sentence("{title}: the phase “{phase}” has begun", "{title} : la phase « {phase} » a commencé"),
    "begun": Sentence(
        "The phase “{phase}” of {competition} has begun.", "La phase « {phase} » de {competition} a commencé."
    ),
    "until": Sentence("It ends on {until}.", "Elle se termine le {until}."),
    "ending.subject": Sentence(
        "{title}: the phase “{phase}” ends soon", "{title} : la phase « {phase} » se termine bientôt"
    ),
    "ending": Sentence(
        "The phase “{phase}” of {competition} ends on {until}.",
        "La phase « {phase} » de {competition} se termine le {until}.",
    ),
    "over.subject": Sentence("{title}: the phase “{phase}” has ended", "{title} : la phase « {phase} » est terminée"),
    "over": Sentence(
        "The phase “{phase}” of {competition} ended on {until}.",
        "La phase « {phase} » de {competition} s’est terminée le {until}.",
    ),
    "choose": Sentence(
        "Until {until} you choose among [your submissions]({page}) up to {most} that are to count.",
        "Jusqu’au {until}, choisissez parmi [vos soumissions]({page}) celles qui doivent compter, {most} au plus.",
    ),
    "chosen none": Sentence(
        "You have chosen none: then the leaderboard goes by its rule, as it does now.",
        "Vous n’en avez choisi aucune : le classement suit alors sa règle, comme à présent.",
    ),
    "chosen": Sentence("You have chosen {count}:", "Vous en avez choisi {count} :"),
    "counted none": Sentence(
        "You have chosen none of your submissions, so what counts is what [the leaderboard]({board}) says by its rule.",
        "Vous n’avez choisi aucune de vos soumissions : c’est ce que [le classement]({board}) dit par sa règle qui compte.",
    ),
    "counted": Sentence(
        "Of your submissions the best of those that you chose counts, and stands on [the leaderboard]({board}):",
        "De vos soumissions, c’est la meilleure de celles que vous avez choisies qui compte ;"
        " elle est sur [le classement]({board}) :",
    ),
    "judging.subject": Sentence(
        "{title}: submissions wait for your judgement", "{title} : des soumissions attendent votre jugement"
    ),
    "judging": Sentence(
        "Judging of the phase “{phase}” of {competition} ends on {until}, and submissions wait for you."
        " Judge them on the competition's page, or with `agon judge {id}`.",
        "Le jugement de la phase « {phase} » de {competition} se termine le {until}, et des soumissions vous attendent."
        " Jugez-les sur la page de la compétition, ou avec `agon judge {id}`.",
    ),
    "asks.team": Sentence("asks you into the team", "vous demande de rejoindre l’équipe"),
    "asks.lead": Sentence("offers you to lead the team", "vous propose de diriger l’équipe"),
    "asks.merger": Sentence("asks your team to go into the team", "demande à votre équipe de rejoindre l’équipe"),
    "asks.organization": Sentence("asks you into the organization", "vous demande de rejoindre l’organisation"),
    "asks.owner": Sentence("offers you to own the organization", "vous propose de devenir propriétaire de l’organisation"),
    "asked.subject": Sentence("{by} {asks} {name}", "{by} {asks} {name}"),
    "asked": Sentence("{by} {asks} **{name}**.", "{by} {asks} **{name}**."),
    "asked there": Sentence(
        "{by} {asks} **{name}** in [this competition]({page}).", "{by} {asks} **{name}** dans [cette compétition]({page})."
    ),
    "answer": Sentence(
        "Answer until {until}, signed in to the account that was asked or, if it was an address, to one with this address:"
        " `agon team accept {id}` or `agon team decline {id}`.",
        "Répondez jusqu’au {until}, connecté au compte qui a été invité ou, si c’était une adresse,"
        " à un compte qui a cette adresse :"
        " `agon team accept {id}` ou `agon team decline {id}`.",
    ),
    "guest.subject": Sentence("You are invited: {title}", "Vous êtes invité : {title}"),
    "guest": Sentence("{by} invites you to take part in **{title}**.", "{by} vous invite à participer à **{title}**."),
    "join": Sentence(
        "[Look at it and join]({page}) until {until}, signed in to an account with this address:"
        " nobody else can. On the command line: `agon join {id}`.",
        "[Regardez-la et inscrivez-vous]({page}) jusqu’au {until}, connecté à un compte qui a cette adresse :"
        " personne d’autre ne le peut. En ligne de commande : `agon join {id}`.",
    ),
    "webhook.subject": Sentence("{title}: a webhook was switched off", "{title} : un webhook a été désactivé"),
    "webhook": Sentence(
        "The webhook of {title} to {target} was switched off. {why}",
        "Le webhook de {title} vers {target} a été désactivé. {why}",
    ),
    "webhook again": Sentence(
        "See what came back by `agon webhooks log {id}`, and switch it on again by `agon webhooks change {id} --on`.",
        "Voyez les réponses avec `agon webhooks log {id}`, et réactivez-le avec `agon webhooks change {id} --on`.",
    ),
    "wrote for": Sentence(
        "{by} wrote this for the organizers of [{title}]({page}).",
        "{by} vous écrit au nom des organisateurs de [{title}]({page}).",
    ),
    "announced": Sentence(
        "{by} announces this to all who take part in {title}.",
        "{by} l’annonce à toutes les personnes qui participent à {title}.",
    ),
    "announced here": Sentence(
        "{by} announces this to all who are on this site.", "{by} l’annonce à toutes les personnes de ce site."
    ),
    "about": Sentence("{title}: {about}", "{title} : {about}"),
    "mention.subject": Sentence("{by} mentions you: {thread}", "{by} vous mentionne : {thread}"),
    "mention": Sentence(
        "{by} mentions you in “{thread}”, in the forum of {title}:",
        "{by} vous mentionne dans « {thread} », dans le forum de {title} :",
    ),
    "reply.subject": Sentence("{by} wrote in: {thread}", "{by} a écrit dans : {thread}"),
    "reply": Sentence(
        "{by} wrote in “{thread}”, in the forum of {title}:", "{by} a écrit dans « {thread} », dans le forum de {title} :"
    ),
    "read on": Sentence("[Read on]({page}), or with `{command}`.", "[Lire la suite]({page}), ou avec `{command}`."),
    "follow": Sentence(
        "You follow this thread, of which you are mailed once a day at most. Follow it no more: `{command}`.",
        "Vous suivez ce fil, dont vous recevez un message par jour au plus. Ne plus le suivre : `{command}`.",
    ),
    "kind.participation": Sentence(
        "What organizers decided about your taking part.", "Ce que des organisateurs ont décidé de votre participation."
    ),
    "kind.applications": Sentence(
        "Somebody asks to take part in a competition that you organize.",
        "Quelqu’un demande à participer à une compétition que vous organisez.",
    ),
    "kind.invitations": Sentence(
        "Somebody invites you, to a competition, a team or an organization.",
        "Quelqu’un vous invite, à une compétition, dans une équipe ou une organisation.",
    ),
    "kind.failed": Sentence("A submission of yours has failed.", "Une de vos soumissions a échoué."),
    "kind.finished": Sentence("A submission of yours has its scores.", "Une de vos soumissions a ses scores."),
    "kind.phases": Sentence(
        "A phase of a competition that you take part in begins, ends tomorrow, or has ended.",
        "Une phase d’une compétition à laquelle vous participez commence, se termine demain, ou est terminée.",
    ),
    "kind.judging": Sentence("A submission waits for your judgement.", "Une soumission attend votre jugement."),
    "kind.letters": Sentence(
        "What the organizers of a competition that you take part in write to you.",
        "Ce que vous écrivent les organisateurs d’une compétition à laquelle vous participez.",
    ),
    "kind.forum": Sentence(
        "Somebody mentions you in a forum, or organizers announce something.",
        "Quelqu’un vous mentionne dans un forum, ou des organisateurs annoncent quelque chose.",
    ),
    "kind.replies": Sentence("Somebody writes in a thread that you follow.", "Quelqu’un écrit dans un fil que vous suivez."),
    "kind.site": Sentence(
        "The administrators of this site announce something.", "Les administrateurs de ce site annoncent quelque chose."
    ),
    "kind.organizing": Sentence(
        "Something of a competition that you organize needs you.",
        "Quelque chose d’une compétition que vous organisez a besoin de vous.",
    ),
}
