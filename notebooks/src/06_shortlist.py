# %% [markdown] lang="nl"
# # 6. Van groslijst naar shortlist
#
# Aan het eind van dit notitieboek:
#
# - is elke positie getoetst aan de criteria, met een argument;
# - valt niets af zonder reden;
# - ligt er een shortlist van serieuze posities.

# %% [markdown] lang="en"
# # 6. From longlist to shortlist
#
# At the end of this notebook:
#
# - each position has been held against the criteria, with an argument;
# - nothing falls off without a reason;
# - there is a shortlist of serious positions.

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
forms.header(case, step=6)

# %% [markdown] lang="nl"
# Het werkboek stelt voor wie afvalt op een visiecriterium. De groep besluit.

# %% [markdown] lang="en"
# The workbook proposes who falls off on a vision criterion. The group decides.

# %%
show(exhibits.guidance, case, step=6)

# %% [markdown] lang="nl"
# ## Voldoet elke positie?
#
# Een − bij een visiecriterium is reden om een positie te laten vallen. Andere minpunten zijn om te wegen.

# %% [markdown] lang="en"
# ## Does each position meet the criteria?
#
# A − on a vision criterion is a reason to drop a position. Other minuses are points to weigh.

# %%
forms.screening(case)

# %%
show(exhibits.screening, case)

# %% [markdown] lang="nl"
# ## De shortlist
#
# Wie gaat door, en waarom? Wie afvalt krijgt een reden.

# %% [markdown] lang="en"
# ## The shortlist
#
# Which go on, and why? Each that is dropped gets a reason.

# %%
forms.table(case, "options", ["name", "shortlisted", "reason"], free=False)

# %%
show(exhibits.options_funnel, case)

# %% [markdown] lang="nl"
# ## Wat is besloten

# %% [markdown] lang="en"
# ## What we decided

# %%
forms.decision(case, step=6)

# %%
show(exhibits.decided, case, step=6)

# %% [markdown] lang="nl"
# Wat staat in deze stap nog open? Het zijn aanwijzingen: niets wordt tegengehouden.

# %% [markdown] lang="en"
# What is still open in this step? These are hints: nothing is held back.

# %%
show(exhibits.still_open, case, step=6)

# %% [markdown] lang="nl"
# ## Zo deed West-Brabant het
#
# Er bleven zeven posities over. Welke dat waren, en wat afviel, is niet gepubliceerd.

# %% [markdown] lang="en"
# ## How West-Brabant did it
#
# Seven positions were left. Which ones, and what fell off, is not published.

# %%
show(exhibits.reference, case, of=exhibits.options_funnel)

# %%
show(exhibits.reference, case, of=exhibits.decided, step=6)

# %% [markdown] lang="nl"
# ## Hierna
#
# In [stap 7](07_preference.ipynb) scoort iedereen de shortlist en komt de groep tot een voorkeur.

# %% [markdown] lang="en"
# ## What comes next
#
# In [step 7](07_preference.ipynb) everyone scores the shortlist and the group comes to a preference.
