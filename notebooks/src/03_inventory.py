# %% [markdown] lang="nl"
# # 3. Criteria verzamelen, breed en open
#
# Aan het eind van dit notitieboek:
#
# - ligt er een lijst van alles wat mensen belangrijk vinden;
# - staat bij elk criterium wie of wat het noemde;
# - is nog niets geschrapt.

# %% [markdown] lang="en"
# # 3. Gathering criteria, broadly and openly
#
# At the end of this notebook:
#
# - there is a list of everything that people find important;
# - each criterion says who or what named it;
# - nothing has been dropped yet.

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
forms.header(case, step=3)

# %% [markdown] lang="nl"
# Begin met open vragen. Pas daarna komen de voorbeelden van de handleiding op tafel, als geheugensteun.

# %% [markdown] lang="en"
# Start with open questions. Only then put the handbook's examples on the table, as a reminder.

# %%
show(exhibits.guidance, case, step=3)

# %% [markdown] lang="nl"
# ## De bronnen
#
# Wie is er gesproken, en wat is er gelezen?

# %% [markdown] lang="en"
# ## The sources
#
# Who was spoken to, and what was read?

# %%
columns = ["name", "method", "date", "n"]
forms.table(case, "sources", columns, ["year", "party", "reference"])

# %% [markdown] lang="nl"
# ## De criteria
#
# Alles wat is genoemd, met de bron. Schrap nog niets.

# %% [markdown] lang="en"
# ## The criteria
#
# Everything that was named, with its source. Don't drop anything yet.

# %%
columns = ["name", "description", "found_by"]
forms.table(case, "criteria", columns, ["aliases", "example"])

# %% [markdown] lang="nl"
# Wie of wat noemde welk criterium?

# %% [markdown] lang="en"
# Who or what named which criterion?

# %%
show(exhibits.criteria_sources, case)

# %% [markdown] lang="nl"
# De voorbeelden van de handleiding, met de criteria van deze regio die erop lijken.

# %% [markdown] lang="en"
# The handbook's examples, with the criteria of this region that resemble them.

# %%
show(exhibits.examples, case)

# %% [markdown] lang="nl"
# ## Wat is besloten
#
# In deze stap wordt nog niet gekozen. Een afspraak over de werkwijze kan hier staan.

# %% [markdown] lang="en"
# ## What we decided
#
# Nothing is chosen in this step. An agreement on the way of working may stand here.

# %%
forms.decision(case, step=3)

# %%
show(exhibits.decided, case, step=3)

# %% [markdown] lang="nl"
# Wat staat in deze stap nog open? Het zijn aanwijzingen: niets wordt tegengehouden.

# %% [markdown] lang="en"
# What is still open in this step? These are hints: nothing is held back.

# %%
show(exhibits.still_open, case, step=3)

# %% [markdown] lang="nl"
# ## Zo deed West-Brabant het
#
# De interviews met hun aantallen zijn gepubliceerd. Welke bron welk criterium noemde, is niet gepubliceerd.

# %% [markdown] lang="en"
# ## How West-Brabant did it
#
# The interviews and their numbers are published. Which source named which criterion is not.

# %%
show(exhibits.reference, case, of=exhibits.criteria_sources)

# %% [markdown] lang="nl"
# ## Hierna
#
# In [stap 4](04_longlist.ipynb) komen de mogelijke posities op een groslijst.

# %% [markdown] lang="en"
# ## What comes next
#
# In [step 4](04_longlist.ipynb) the possible positions go on a longlist.
