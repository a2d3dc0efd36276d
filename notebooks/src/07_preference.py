# %% [markdown] lang="nl"
# # 7. Van shortlist naar voorkeur
#
# Aan het eind van dit notitieboek:
#
# - heeft iedere deelnemer elke positie gescoord met −, ± of +;
# - is besproken waar de groep verdeeld is, en welke criteria het zwaarst wegen;
# - staat waar de scores naar wijzen naast wat de groep heeft besloten.

# %% [markdown] lang="en"
# # 7. From shortlist to preference
#
# At the end of this notebook:
#
# - every participant has scored each position with −, ± or +;
# - it has been discussed where the room is split, and which criteria weigh most;
# - what the scores support stands beside what the room decided.

# %% [markdown] lang="nl" tags=["about-code"]
# De regels hieronder kiezen de regio en de taal, en openen de map met alle tabellen van de regio.

# %% [markdown] lang="en" tags=["about-code"]
# The lines below choose the region and the language, and open the case: the folder with all the tables of the region.

# %% tags=["parameters"]
region = "voorbeeldregio"
lang = "nl"

# %%
from workbook import exhibits, forms, open_case, report, show

case = open_case(region, lang=lang)
forms.header(case, step=7)

# %% [markdown] lang="nl"
# Dit vraagt de handleiding in deze stap.

# %% [markdown] lang="en"
# This is what the handbook asks in this step.

# %%
show(exhibits.guidance, case, step=7)

# %% [markdown] lang="nl"
# ## Wat −, ± en + hier betekenen
#
# Alleen onderscheidende criteria worden gescoord. Lees eerst samen wat elk teken betekent, en of het criterium de posities wel uit elkaar houdt.

# %% [markdown] lang="en"
# ## What −, ± and + mean here
#
# Only distinguishing criteria are scored. First read together what each sign means, and whether the criterion does tell the positions apart.

# %%
columns = ["name", "minus", "plusminus", "plus", "distinguishes"]
where = {"cluster": "distinguishing", "selected": "yes"}
forms.table(case, "criteria", columns, ["description", "combine"], where=where, free=False)

# %% [markdown] lang="nl"
# Samen met de posities staat dit op één blad, om te printen of te delen.

# %% [markdown] lang="en"
# Together with the positions this stands on one sheet, to print or to share.

# %%
forms.handout(case, report.handout_html)

# %% [markdown] lang="nl"
# Voor wie de sessie leidt is er een draaiboek: de tijd, zorg voor ervaringsdeskundigen, woorden bij het onthullen.

# %% [markdown] lang="en"
# For whoever leads the session there is a plan: the time, care for experts by experience, words at the reveal.

# %%
forms.facilitation(case, report.facilitation_html)

# %%
show(exhibits.option_meanings, case)

# %%
show(exhibits.scale_meanings, case)

# %% [markdown] lang="nl"
# ## Scoren
#
# Wie scoort er mee, en in welke ronde? Deelnemers krijgen een schuilnaam; namen horen hier niet.

# %% [markdown] lang="en"
# ## Scoring
#
# Who scores, and in which round? Participants get a pseudonym; names don't belong here.

# %%
forms.table(case, "participants", ["group"])
forms.rounds(case)

# %% [markdown] lang="nl"
# Staat de ronde klaar? Open die dan hier. Deelnemers vullen hun formulier in op een telefoon of laptop. Te zien is hoeveel mensen hebben gescoord, nooit wat. Pas bij onthullen komen de scores in de platen.

# %% [markdown] lang="en"
# Is the round ready? Then open it here. Participants fill in their form on a phone or laptop. You see how many have scored, never what. Only at the reveal do the scores enter the pictures.

# %%
forms.console(case)

# %% [markdown] lang="nl"
# Liever op papier of in Excel? Typ een ingevuld formulier over: kies de deelnemer en typ per vakje - 0 + of ?. Een leeg vakje is niet gescoord, en dat mag.

# %% [markdown] lang="en"
# Rather on paper or in Excel? Type in a filled-in form: choose the participant and type - 0 + or ? per cell. An empty cell is not scored, and that is allowed.

# %%
forms.scores(case)

# %% [markdown] lang="nl"
# Of tel handen: per vakje hoeveel − ± + en weet ik niet.

# %% [markdown] lang="en"
# Or count hands: per cell how many − ± + and don't know.

# %%
forms.hands(case)

# %% [markdown] lang="nl"
# ## De scores
#
# De posities staan in hun eigen volgorde, niet op rang: de plaat hoort niets te beweren voordat de groep heeft gesproken. Groot staat het middelste oordeel, klein de aantallen. Een verdeeld vakje laat beide kanten zien. Weet ik niet is geen oordeel en telt apart.

# %% [markdown] lang="en"
# ## The scores
#
# The positions stand in their own order, not by rank: the picture should claim nothing before the room has spoken. The middle answer is large, the counts are small. A split cell shows both sides. Don't know is no answer on the scale and is counted apart.

# %%
show(exhibits.score_heatmap, case)

# %% [markdown] lang="nl"
# ## Wat bespreken we eerst
#
# De tijd is beperkt. Begin waar de groep verdeeld is of het meest verschilt. De volgorde helpt kiezen en bewijst niets.

# %% [markdown] lang="en"
# ## What to talk about first
#
# Time is short. Start where the room is split or differs most. The order helps to choose and proves nothing.

# %%
show(exhibits.discussion_order, case)

# %% [markdown] lang="nl"
# Schrijf op wat er wordt gezegd: per vakje of per criterium, voor of tegen, in één zin en zonder namen. Zo gaat het gesprek niet verloren.

# %% [markdown] lang="en"
# Write down what is said: per cell or per criterion, for or against, in one sentence and without names. So the discussion isn't lost.

# %%
columns = ["option", "criterion", "stance", "claim", "dissent"]
forms.table(case, "arguments", columns, where={"step": "7"})

# %% [markdown] lang="nl"
# ## Na een tweede ronde
#
# Is er na het gesprek opnieuw gescoord? Hier staat wie van mening veranderde zonder namen in de plaat: per vakje of de scores dichter bij elkaar kwamen. Dichter bij elkaar kan ook meegaan met de rest zijn.

# %% [markdown] lang="en"
# ## After a second round
#
# Was there a second round after the discussion? Here is what changed, without names in the picture: per cell whether scores came closer. Closer may also be going along with the rest.

# %%
show(exhibits.rounds, case)

# %%
show(exhibits.round_reasons, case)

# %% [markdown] lang="nl"
# ## Welke criteria wegen het zwaarst
#
# In het gesprek ontstaat een volgorde. Criteria mogen samen op één plaats staan, en niet elk criterium hoeft een plaats te krijgen.

# %% [markdown] lang="en"
# ## Which criteria weigh most
#
# An order emerges from the discussion. Criteria may share a place, and not every criterion needs one.

# %%
forms.priorities(case)

# %%
show(exhibits.priorities, case)

# %% [markdown] lang="nl"
# ## Waar de scores naar wijzen
#
# Dit is rekenen met de scores, geen besluit. Lees de zin hardop voor. De band laat zien wat er kan veranderen door wat mensen niet wisten.

# %% [markdown] lang="en"
# ## What the scores support
#
# This is arithmetic on the scores, not a decision. Read the sentence aloud. The band shows what could change through what people didn't know.

# %%
show(exhibits.support, case)

# %% [markdown] lang="nl"
# Hoe stevig is dat? Drie woorden zijn mogelijk: duidelijk, neigend of onbeslist. Onbeslist is ook een uitkomst: dan helpt praten meer dan rekenen.

# %% [markdown] lang="en"
# How firm is that? Three words are possible: clear, leaning or undecided. Undecided is an outcome too: then talking helps more than counting.

# %%
show(exhibits.firmness, case)

# %% [markdown] lang="nl"
# Wat is ervoor nodig om de eerste plaats te laten vervallen? Andere scores, een andere volgorde, andere mensen aan tafel, of een andere waarde van ±.

# %% [markdown] lang="en"
# What would it take to end the first place? Other scores, another order, other people at the table, or another worth of ±.

# %%
show(exhibits.endings, case)

# %% [markdown] lang="nl"
# Hoe vaak komt een positie op de eerste plaats, als schuift wat niet vaststond?

# %% [markdown] lang="en"
# How often does a position come first, when what was not settled shifts?

# %%
show(exhibits.robustness, case)

# %% [markdown] lang="nl"
# Dezelfde scores nog eens, nu op volgorde van belang en steun. Zolang er geen stevige eerste is, blijft de eigen volgorde staan.

# %% [markdown] lang="en"
# The same scores once more, now by importance and support. While there is no firm first, the case's own order stays.

# %%
show(exhibits.score_heatmap, case, order="support")

# %% [markdown] lang="nl"
# ## Wat als
#
# Vraagt iemand wat er gebeurt met een andere volgorde, of zonder één groep? Draai aan de knoppen; de plaat en de zin volgen meteen. Er wordt niets bewaard.

# %% [markdown] lang="en"
# ## What if
#
# Does someone ask what happens with another order, or without one group? Turn the controls; the picture and the sentence follow at once. Nothing is kept.

# %%
forms.what_if(case)

# %% [markdown] lang="nl"
# ## Wie erom vraagt: andere regels
#
# Andere manieren van tellen geven soms een andere eerste. De regel van de handleiding staat erbij: wie het vaakst, of het best, aan de criteria voldoet.

# %% [markdown] lang="en"
# ## For those who ask: other rules
#
# Other ways of counting sometimes give another first. The handbook's rule is among them: who meets the criteria most often, or best.

# %%
show(exhibits.rules, case)

# %%
show(exhibits.dominance, case)

# %%
show(exhibits.places, case)

# %%
show(exhibits.orders, case)

# %% [markdown] lang="nl"
# Voor onderzoekers: maten voor overeenstemming per vakje.

# %% [markdown] lang="en"
# For researchers: indices of agreement per cell.

# %%
show(exhibits.indices, case)

# %% [markdown] lang="nl"
# ## Samen meer
#
# Wat dekt een samenwerkingsverband dat geen lid alleen dekt, en wat kost dat aan organisaties en nieuwe lijnen?

# %% [markdown] lang="en"
# ## More together
#
# What does a partnership cover that no member covers alone, and what does it cost in organisations and new links?

# %%
show(exhibits.partnerships, case)

# %% [markdown] lang="nl"
# Een verband dat zelf is gescoord, heeft een oordeel van de groep. Dat gaat voor; ernaast staat wat de leden samen zouden zijn.

# %% [markdown] lang="en"
# A partnership that was scored itself has the room's own answer. That leads; beside it stands what its members would be together.

# %%
show(exhibits.joint_scores, case)

# %% [markdown] lang="nl"
# Zijn er andere verbanden denkbaar? Hier staan die waar geen ander op alles beter is. Meer leden dekken nooit minder, dus dekking alleen rangschikt niets.

# %% [markdown] lang="en"
# Are other partnerships thinkable? Here are those that no other beats on everything. More members never cover less, so coverage alone ranks nothing.

# %%
show(exhibits.combinations, case)

# %% [markdown] lang="nl"
# Wat voegt elk lid toe, en wat gaat verloren zonder elk lid?

# %% [markdown] lang="en"
# What does each member add, and what is lost without each member?

# %%
show(exhibits.member_gains, case)

# %% [markdown] lang="nl"
# Dit rekent met wat elke partij dekt, en met welke partijen al samenwerken.

# %% [markdown] lang="en"
# This is worked out from what each party covers, and which parties work together already.

# %%
forms.table(case, "coverage", ["party", "criterion", "part", "level"])
forms.table(case, "links", ["party", "other", "link"], ["note"])

# %% [markdown] lang="nl"
# ## Een matrix uit een tekst
#
# Is er een tekst gelezen in plaats van gescoord? Dan staan hier grenzen per vakje, geen stemmen.

# %% [markdown] lang="en"
# ## A matrix from a text
#
# Was a text read instead of scored? Then bounds per cell stand here, no voices.

# %%
forms.table(case, "readings", ["option", "criterion", "low", "high", "basis"], ["note"])

# %%
show(exhibits.reading, case)
show(exhibits.reading_outcome, case)

# %% [markdown] lang="nl"
# ## Wat is besloten
#
# Links waar de scores naar wijzen, rechts wat de groep besloot. Ze mogen verschillen; dan staat de reden erbij.

# %% [markdown] lang="en"
# ## What we decided
#
# On the left what the scores support, on the right what the room decided. They may differ; then the reason stands beside it.

# %%
forms.decision(case, step=7)

# %%
show(exhibits.decided, case, step=7)

# %% [markdown] lang="nl"
# Wat staat in deze stap nog open? Het zijn aanwijzingen: niets wordt tegengehouden.

# %% [markdown] lang="en"
# What is still open in this step? These are hints: nothing is held back.

# %%
show(exhibits.still_open, case, step=7)

# %% [markdown] lang="nl"
# ## Zo deed West-Brabant het
#
# De scores van de deelnemers zijn niet gepubliceerd. Wat er staat is uit de tekst gelezen: per vakje een laagste en een hoogste oordeel.

# %% [markdown] lang="en"
# ## How West-Brabant did it
#
# The participants' scores are not published. What stands here was read from the text: a lowest and a highest answer per cell.

# %%
show(exhibits.reference, case, of=exhibits.reading)

# %%
show(exhibits.reference, case, of=exhibits.reading_outcome)

# %%
show(exhibits.reference, case, of=exhibits.partnerships)

# %%
show(exhibits.reference, case, of=exhibits.decided, step=7)

# %% [markdown] lang="nl"
# ## Hierna
#
# In [stap 8](08_scenario.ipynb) wordt het voorkeursscenario opgeschreven.

# %% [markdown] lang="en"
# ## What comes next
#
# In [step 8](08_scenario.ipynb) the preferred scenario is written down.
