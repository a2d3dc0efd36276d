# %% [markdown] lang="nl"
# # 8. Het voorkeursscenario
#
# Aan het eind van dit notitieboek:
#
# - staat op papier wat de voorkeur is, waarom, en hoe de groep daar kwam;
# - zijn voordelen, nadelen en andere meningen bewaard;
# - is duidelijk wie wat gaat doen, en wie zich waaraan verbindt.

# %% [markdown] lang="en"
# # 8. The preferred scenario
#
# At the end of this notebook:
#
# - it is on paper what the preference is, why, and how the room got there;
# - advantages, disadvantages and other opinions are kept;
# - it is clear who will do what, and who commits to what.

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
forms.header(case, step=8)

# %% [markdown] lang="nl"
# Dit vraagt de handleiding in deze stap.

# %% [markdown] lang="en"
# This is what the handbook asks in this step.

# %%
show(exhibits.guidance, case, step=8)

# %% [markdown] lang="nl"
# ## Overwegingen
#
# Wat is er voor en tegen elke vorm gezegd? Niet het aantal telt, maar wat er is gezegd.

# %% [markdown] lang="en"
# ## Considerations
#
# What was said for and against each form? The number says nothing, the content does.

# %%
columns = ["claim", "kind", "stance", "option", "criterion"]
forms.table(case, "arguments", columns, ["step", "form", "dissent"])

# %%
show(exhibits.considerations, case)

# %% [markdown] lang="nl"
# ## Voordelen en nadelen
#
# Van wat gekozen is, en welke aanbeveling er antwoord op geeft.

# %% [markdown] lang="en"
# ## Advantages and disadvantages
#
# Of what was chosen, and which recommendation answers them.

# %%
show(exhibits.pros_and_cons, case)

# %% [markdown] lang="nl"
# ## Wie verbindt zich waaraan
#
# Visiecriteria en randvoorwaarden vragen een toezegging van elke partner.

# %% [markdown] lang="en"
# ## Who commits to what
#
# Vision criteria and preconditions ask a pledge of each partner.

# %%
forms.commitments(case)

# %%
show(exhibits.commitments, case)

# %% [markdown] lang="nl"
# ## Aanbevelingen
#
# Met wie en wanneer.

# %% [markdown] lang="en"
# ## Recommendations
#
# With who and when.

# %%
forms.recommendations(case)

# %%
show(exhibits.recommendations, case)

# %% [markdown] lang="nl"
# De overige hoofdstukken: bestuur, gesprekken die nog open zijn, verwachtingen, registratie en privacy, en het vervolg.

# %% [markdown] lang="en"
# The other chapters: governance, conversations still open, expectations, registration and privacy, and the follow-up.

# %%
forms.scenario(case)

# %%
show(exhibits.chapters, case)

# %% [markdown] lang="nl"
# ## Wat is besloten

# %% [markdown] lang="en"
# ## What we decided

# %%
forms.decision(case, step=8)

# %%
show(exhibits.decided, case, step=8)

# %% [markdown] lang="nl"
# ## Het verslag
#
# Het wordt gemaakt uit alles wat in de stappen is vastgelegd, met bij elke uitspraak waar die vandaan komt. Hieronder staat per hoofdstuk wat er nu in staat. Wat alleen mensen kunnen schrijven, vul je hierboven in.

# %% [markdown] lang="en"
# ## The report
#
# It is made from all that was recorded in the steps, with where each statement comes from. Below is what each chapter holds now. What only people can write, you fill in above.

# %%
show(report.report_contents, case)

# %%
forms.report(case, report.report_html)

# %% [markdown] lang="nl"
# In Word werk je het verder af; de PDF is om te tekenen en te versturen. Wat je in Word verandert, komt niet terug in deze map.

# %% [markdown] lang="en"
# In Word you finish it; the PDF is for signing and sending. What you change in Word doesn't come back to this case.

# %%
forms.report_files(case, report.report_files_html)

# %% [markdown] lang="nl"
# Wat staat in deze stap nog open? Het zijn aanwijzingen: niets wordt tegengehouden.

# %% [markdown] lang="en"
# What is still open in this step? These are hints: nothing is held back.

# %%
show(exhibits.still_open, case, step=8)

# %% [markdown] lang="nl"
# ## Zo deed West-Brabant het
#
# Acht aanbevelingen, en twee nadelen die de tekst zelf noemt.

# %% [markdown] lang="en"
# ## How West-Brabant did it
#
# Eight recommendations, and two disadvantages that the text itself names.

# %%
show(exhibits.reference, case, of=exhibits.pros_and_cons)

# %%
show(exhibits.reference, case, of=exhibits.recommendations)

# %% [markdown] lang="nl"
# ## Hierna
#
# Bewaren of doorgeven? `werkboek export` maakt één bestand van deze regio, dat jaren later weer opengaat. De [organisatiescan](09_scan.ipynb) helpt partners om te zien hoe ver ze zijn.

# %% [markdown] lang="en"
# ## What comes next
#
# To keep it or pass it on: `werkboek export` makes one file of this region, which opens again years later. The [organisation scan](09_scan.ipynb) helps partners to see how far they are.
