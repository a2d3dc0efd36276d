# %% [markdown] lang="nl"
# # 5. Criteria kiezen
#
# Aan het eind van dit notitieboek:
#
# - is van elk criterium besloten of het blijft of afvalt, met de reden;
# - staat elk gekozen criterium in een van drie clusters;
# - is vastgelegd wie het er niet mee eens was.

# %% [markdown] lang="en"
# # 5. Selecting criteria
#
# At the end of this notebook:
#
# - it is decided for each criterion whether it stays or goes, with the reason;
# - each chosen criterion is in one of three clusters;
# - it is recorded who disagreed.

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
forms.header(case, step=5)

# %% [markdown] lang="nl"
# De drie clusters werken verschillend. Een visiecriterium sluit uit. Een randvoorwaarde kan iedereen regelen en wordt een werkafspraak. Alleen onderscheidende criteria worden straks gescoord.

# %% [markdown] lang="en"
# The three clusters work differently. A vision criterion excludes. A precondition can be arranged by everyone and becomes a working agreement. Only distinguishing criteria are scored later.

# %%
show(exhibits.guidance, case, step=5)

# %% [markdown] lang="nl"
# ## De keuze
#
# Per criterium: in welk cluster, blijft het, en waarom? Onder ‘meer’ staat wie het steunt en wie er anders over dacht.

# %% [markdown] lang="en"
# ## The choice
#
# Per criterion: in which cluster, does it stay, and why? Under ‘more’ stands who supports it and who thought otherwise.

# %%
columns = ["name", "cluster", "selected", "reason"]
forms.table(case, "criteria", columns, ["support", "dissent"], free=False)

# %% [markdown] lang="nl"
# ## Van verzameld naar gekozen
#
# Hoeveel criteria bleven over, per cluster?

# %% [markdown] lang="en"
# ## From gathered to chosen
#
# How many criteria were kept, by cluster?

# %%
show(exhibits.criteria_funnel, case)

# %% [markdown] lang="nl"
# ## Wat is besloten

# %% [markdown] lang="en"
# ## What we decided

# %%
forms.decision(case, step=5)

# %%
show(exhibits.decided, case, step=5)

# %% [markdown] lang="nl"
# Wat staat in deze stap nog open? Het zijn aanwijzingen: niets wordt tegengehouden.

# %% [markdown] lang="en"
# What is still open in this step? These are hints: nothing is held back.

# %%
show(exhibits.still_open, case, step=5)

# %% [markdown] lang="nl"
# ## Zo deed West-Brabant het
#
# Vier criteria over de visie, zes randvoorwaarden en vijf onderscheidende criteria.

# %% [markdown] lang="en"
# ## How West-Brabant did it
#
# Four criteria on the vision, six preconditions and five distinguishing criteria.

# %%
show(exhibits.reference, case, of=exhibits.criteria_funnel)

# %% [markdown] lang="nl"
# ## Hierna
#
# In [stap 6](06_shortlist.ipynb) wordt de groslijst getoetst aan de gekozen criteria.

# %% [markdown] lang="en"
# ## What comes next
#
# In [step 6](06_shortlist.ipynb) the longlist is held against the chosen criteria.
