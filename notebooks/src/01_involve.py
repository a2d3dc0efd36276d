# %% [markdown] lang="nl"
# # 1. Partijen betrekken
#
# Aan het eind van dit notitieboek:
#
# - staat vast wie bij welke stap meedoet, op welk niveau en op welke manier;
# - doen ervaringsdeskundigen in elke stap mee;
# - is de gemeente aangehaakt, met haar rol erbij.

# %% [markdown] lang="en"
# # 1. Involving parties
#
# At the end of this notebook:
#
# - it is settled who joins which step, at which level and in which way;
# - experts by experience join every step;
# - the municipality is attached, with its role.

# %% [markdown] lang="nl" tags=["about-code"]
# De regels hieronder kiezen de regio en de taal, en openen de map met alle tabellen van de regio.

# %% [markdown] lang="en" tags=["about-code"]
# The lines below choose the region and the language, and open the case: the folder with all the tables of the region.

# %% tags=["parameters"]
region = "voorbeeldregio"
lang = "nl"

# %%
from workbook import exhibits, forms, open_case, show

case = open_case(region, lang=lang)
forms.header(case, step=1)

# %% [markdown] lang="nl"
# Dit vraagt de handleiding in deze stap.

# %% [markdown] lang="en"
# This is what the handbook asks in this step.

# %%
show(exhibits.guidance, case, step=1)

# %% [markdown] lang="nl"
# ## De partijen
#
# Alle organisaties en groepen die met het project te maken hebben. Bij een gemeente staat of zij regisseur, opdrachtgever of financier is.

# %% [markdown] lang="en"
# ## The parties
#
# All organisations and groups that have to do with the project. For a municipality it says whether it is director, commissioner or funder.

# %%
forms.table(case, "parties", ["name", "kind", "municipal_roles"], ["stands_for", "note"])

# %% [markdown] lang="nl"
# ## Wie doet bij welke stap mee
#
# De plaat laat zien wie meedeed of mee gaat doen. Kijk eerst naar de rijen van de ervaringsdeskundigen en de gemeenten.

# %% [markdown] lang="en"
# ## Who joins which step
#
# The picture shows who took part or is meant to. Look at the rows of the experts by experience and the municipalities first.

# %%
show(exhibits.involvement, case)

# %% [markdown] lang="nl"
# Vul het per partij in: bij welke stap, op welk niveau en op welke manier.

# %% [markdown] lang="en"
# Fill it in party by party: in which step, at which level and in what way.

# %%
forms.involvement(case)

# %% [markdown] lang="nl"
# De bijeenkomsten die er zijn geweest.

# %% [markdown] lang="en"
# The meetings that were held.

# %%
forms.table(case, "meetings", ["name", "date", "steps", "people"], ["body", "present", "note"])

# %% [markdown] lang="nl"
# ## Wat is besloten
#
# Besluiten over wie er meedoet staan hier.

# %% [markdown] lang="en"
# ## What we decided
#
# Decisions about who joins stand here.

# %%
forms.decision(case, step=1)

# %%
show(exhibits.decided, case, step=1)

# %% [markdown] lang="nl"
# Wat staat in deze stap nog open? Het zijn aanwijzingen: niets wordt tegengehouden.

# %% [markdown] lang="en"
# What is still open in this step? These are hints: nothing is held back.

# %%
show(exhibits.still_open, case, step=1)

# %% [markdown] lang="nl"
# ## Zo deed West-Brabant het
#
# Een vaste klankbordgroep volgde het hele traject. Of daar iemand met ervaringsdeskundigheid in zat, staat niet in de tekst.

# %% [markdown] lang="en"
# ## How West-Brabant did it
#
# A standing advisory group followed the whole process. The text doesn't say whether anyone with lived experience was in it.

# %%
show(exhibits.reference, case, of=exhibits.involvement)

# %% [markdown] lang="nl"
# ## Hierna
#
# In [stap 2](02_deployment.ipynb) wordt beschreven waarvoor de ervaringsdeskundigen worden ingezet.

# %% [markdown] lang="en"
# ## What comes next
#
# [Step 2](02_deployment.ipynb) describes what the experts by experience are deployed for.
