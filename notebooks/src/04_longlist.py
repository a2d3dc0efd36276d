# %% [markdown] lang="nl"
# # 4. Groslijst van mogelijke posities
#
# Aan het eind van dit notitieboek:
#
# - staan alle mogelijke posities op een lijst, ook de huidige;
# - staat erbij waarom ze op de lijst staan, met voor- en nadelen;
# - is duidelijk wie verantwoordelijk zou zijn, wie coördineert en wie werkgever is.

# %% [markdown] lang="en"
# # 4. Longlist of possible positions
#
# At the end of this notebook:
#
# - all possible positions are on a list, the present one too;
# - it says why they are there, with advantages and disadvantages;
# - it is clear who would be responsible, who coordinates and who employs.

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
forms.header(case, step=4)

# %% [markdown] lang="nl"
# Een positie gaat over verantwoordelijkheid, coördinatie en werkgeverschap. Samenwerken in het werk zelf is iets anders: dat kan ook met partijen die niet in de positie zitten.

# %% [markdown] lang="en"
# A position is about responsibility, coordination and employment. Working together in the work itself is something else: that is possible with parties outside the position too.

# %%
show(exhibits.guidance, case, step=4)

# %% [markdown] lang="nl"
# ## De posities
#
# Vul eerst de lijst in, met de huidige plek erbij. Onder ‘meer’ staan voor, tegen en wie waarvoor verantwoordelijk zou zijn.

# %% [markdown] lang="en"
# ## The positions
#
# Fill in the list first, the current place included. Under ‘more’ stand what speaks for and against it, and who would be responsible for what.

# %%
more = ["short", "responsibility", "coordination", "employment", "pros", "cons"]
forms.table(case, "options", ["name", "form", "members", "current", "why"], more)

# %%
show(exhibits.options_by_form, case)

# %% [markdown] lang="nl"
# Wie zou waarvoor verantwoordelijk zijn, en wat pleit voor en tegen?

# %% [markdown] lang="en"
# Who would be responsible for what, and what speaks for and against?

# %%
what = ["name", "responsibility", "coordination", "employment", "pros", "cons"]
show(exhibits.records, case, of="options", columns=what)

# %% [markdown] lang="nl"
# ## Partners in het werk
#
# Met deze partijen wordt samengewerkt, los van de positie.

# %% [markdown] lang="en"
# ## Partners in the work
#
# These parties work together, apart from the position.

# %%
forms.table(case, "collaborations", ["party", "work"])

# %%
show(exhibits.collaborations, case)

# %% [markdown] lang="nl"
# ## Wat is besloten
#
# Is de groslijst vastgesteld? Dan staat het hier.

# %% [markdown] lang="en"
# ## What we decided
#
# Has the longlist been settled? Then it stands here.

# %%
forms.decision(case, step=4)

# %%
show(exhibits.decided, case, step=4)

# %% [markdown] lang="nl"
# Wat staat in deze stap nog open? Het zijn aanwijzingen: niets wordt tegengehouden.

# %% [markdown] lang="en"
# What is still open in this step? These are hints: nothing is held back.

# %%
show(exhibits.still_open, case, step=4)

# %% [markdown] lang="nl"
# Wil een organisatie weten hoe ver zij zelf is? De [organisatiescan](09_scan.ipynb) kan vanaf nu worden gebruikt.

# %% [markdown] lang="en"
# Does an organisation want to know how far it is itself? The [organisation scan](09_scan.ipynb) can be used from now on.

# %% [markdown] lang="nl"
# ## Zo deed West-Brabant het
#
# De groslijst zelf is niet gepubliceerd. Dit zijn de posities die de tekst bespreekt.

# %% [markdown] lang="en"
# ## How West-Brabant did it
#
# The longlist itself is not published. These are the positions that the text discusses.

# %%
show(exhibits.reference, case, of=exhibits.options_by_form)

# %%
show(exhibits.reference, case, of=exhibits.collaborations)

# %% [markdown] lang="nl"
# ## Hierna
#
# In [stap 5](05_select.ipynb) wordt gekozen welke criteria er echt toe doen.

# %% [markdown] lang="en"
# ## What comes next
#
# [Step 5](05_select.ipynb) chooses which criteria really matter.
