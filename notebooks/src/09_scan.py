# %% [markdown] lang="nl"
# # 9. De organisatiescan
#
# Aan het eind van dit notitieboek:
#
# - weet een organisatie wat er al is, wat zij wenselijk vindt en welke vragen er liggen;
# - is te zien wiens kennis nu wordt benut;
# - gebruikt iedereen dezelfde woorden voor ervaring, ervaringskennis en ervaringsdeskundigheid.

# %% [markdown] lang="en"
# # 9. The organisation scan
#
# At the end of this notebook:
#
# - an organisation knows what is there, what it finds desirable and which questions there are;
# - it is visible whose knowledge is used now;
# - everyone uses the same words for experience, experiential knowledge and expertise by experience.

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
forms.header(case, step=9)

# %% [markdown] lang="nl"
# De scan kan vanaf stap 4 worden gebruikt. Hij komt uit bijlage 1 van de handleiding.

# %% [markdown] lang="en"
# The scan can be used from step 4 on. It comes from annex 1 of the handbook.

# %%
show(exhibits.guidance, case, step=9)

# %% [markdown] lang="nl"
# ## Drie woorden
#
# Ervaring hebben is iets anders dan ervaringskennis, en die is iets anders dan ervaringsdeskundigheid.

# %% [markdown] lang="en"
# ## Three words
#
# Having experience differs from experiential knowledge, and that differs from expertise by experience.

# %%
show(exhibits.definitions, case)

# %% [markdown] lang="nl"
# ## Vragen per organisatie
#
# Kies een organisatie en vul in wat er is, wat gewenst is en welke vragen er zijn.

# %% [markdown] lang="en"
# ## Questions per organisation
#
# Choose an organisation and fill in what is there, what is desired and which questions there are.

# %%
forms.scan(case)

# %%
show(exhibits.organisation_scan, case)

# %% [markdown] lang="nl"
# De antwoorden in hun eigen woorden.

# %% [markdown] lang="en"
# The answers in their own words.

# %%
show(exhibits.scan_answers, case)

# %% [markdown] lang="nl"
# ## Wat is besloten
#
# De scan vraagt geen besluit. Wat hij oplevert, gaat mee naar de toezeggingen en aanbevelingen van stap 8.

# %% [markdown] lang="en"
# ## What we decided
#
# The scan asks for no decision. What it yields goes along to the commitments and recommendations of step 8.

# %% [markdown] lang="nl"
# Wat staat in deze stap nog open? Het zijn aanwijzingen: niets wordt tegengehouden.

# %% [markdown] lang="en"
# What is still open in this step? These are hints: nothing is held back.

# %%
show(exhibits.still_open, case, step=9)

# %% [markdown] lang="nl"
# ## Zo deed West-Brabant het
#
# Voor deze regio is geen ingevulde scan gepubliceerd.

# %% [markdown] lang="en"
# ## How West-Brabant did it
#
# No completed scan was published for this region.

# %%
show(exhibits.reference, case, of=exhibits.organisation_scan)

# %% [markdown] lang="nl"
# ## Hierna
#
# Terug naar [het bord](00_start.ipynb) of naar [stap 8](08_scenario.ipynb).

# %% [markdown] lang="en"
# ## What comes next
#
# Back to [the board](00_start.ipynb) or to [step 8](08_scenario.ipynb).
