# %% [markdown] lang="nl"
# # 2. De inzet beschrijven
#
# Aan het eind van dit notitieboek:
#
# - staat de inzet beschreven: doelen, doelgroep, rol, team, werkgever, instroom en geld;
# - past de kern in één zin;
# - is te zien wat die inzet vraagt van een plek.

# %% [markdown] lang="en"
# # 2. Describing the deployment
#
# At the end of this notebook:
#
# - the deployment is described: goals, audience, role, team, employer, inflow and money;
# - the core fits in one sentence;
# - it is visible what that deployment asks of a place.

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
forms.header(case, step=2)

# %% [markdown] lang="nl"
# Dit vraagt de handleiding in deze stap.

# %% [markdown] lang="en"
# This is what the handbook asks in this step.

# %%
show(exhibits.guidance, case, step=2)

# %% [markdown] lang="nl"
# ## De inzet
#
# Eerst de kern in één zin, daarna onderwerp voor onderwerp.

# %% [markdown] lang="en"
# ## The deployment
#
# First the core in one sentence, then topic by topic.

# %%
forms.deployment(case)

# %%
show(exhibits.description, case)

# %% [markdown] lang="nl"
# ## Wat vraagt deze inzet
#
# Inzet bij casuïstiek vraagt iets anders van een plek dan inzet voor beleid of bewustwording. De handleiding beschrijft alleen die drie.

# %% [markdown] lang="en"
# ## What this deployment asks
#
# Deployment in casework asks something else of a place than deployment for policy or awareness. The handbook describes those three only.

# %%
show(exhibits.implications, case)

# %% [markdown] lang="nl"
# ## Wat is besloten
#
# Is de beschrijving vastgesteld? Dan staat het hier.

# %% [markdown] lang="en"
# ## What we decided
#
# Has the description been settled? Then it stands here.

# %%
forms.decision(case, step=2)

# %%
show(exhibits.decided, case, step=2)

# %% [markdown] lang="nl"
# Wat staat in deze stap nog open? Het zijn aanwijzingen: niets wordt tegengehouden.

# %% [markdown] lang="en"
# What is still open in this step? These are hints: nothing is held back.

# %%
show(exhibits.still_open, case, step=2)

# %% [markdown] lang="nl"
# ## Zo deed West-Brabant het
#
# Daar ging het om inzet bij casuïstiek: samen met een professional, in zware zaken.

# %% [markdown] lang="en"
# ## How West-Brabant did it
#
# There it was about casework: together with a professional, in serious cases.

# %%
show(exhibits.reference, case, of=exhibits.description)

# %%
show(exhibits.reference, case, of=exhibits.implications)

# %% [markdown] lang="nl"
# ## Hierna
#
# In [stap 3](03_inventory.ipynb) worden breed en open criteria verzameld.

# %% [markdown] lang="en"
# ## What comes next
#
# [Step 3](03_inventory.ipynb) gathers criteria, broadly and openly.
