# %% [markdown] lang="nl"
# # 0. Is het al tijd?
#
# Aan het eind van dit notitieboek:
#
# - weet iedereen om welke regio en welk project het gaat;
# - is besproken of er genoeg ervaring is om over een vaste plek na te denken;
# - staat op één bord hoe ver de acht stappen zijn.

# %% [markdown] lang="en"
# # 0. Is it time yet?
#
# At the end of this notebook:
#
# - everyone knows which region and which project this is about;
# - it has been discussed whether there is enough experience to think about a permanent place;
# - one board shows how far the eight steps are.

# %% [markdown] lang="nl" tags=["about-code"]
# De regels hieronder kiezen de regio en de taal, en openen de map met alle tabellen van de regio.

# %% [markdown] lang="en" tags=["about-code"]
# The lines below choose the region and the language, and open the case: the folder with all the tables of the region.

# %% tags=["parameters"]
region = "voorbeeldregio"
lang = "nl"

# %%
from workbook import exhibits, forms, open_case, run, show

case = open_case(region, lang=lang)
forms.header(case, step=0)

# %% [markdown] lang="nl"
# In deze notitieboeken vul je alles zelf in. Er wordt pas iets bewaard met de knop Opslaan. Zo ver is deze regio; een klik op een stap opent het notitieboek.

# %% [markdown] lang="en"
# In these notebooks you fill in everything yourself. Nothing is kept until the button Save. This is how far the region is; a click on a step opens its notebook.

# %%
forms.board(case)

# %% [markdown] lang="nl"
# ## Welke regio
#
# Kies een andere regio, of maak een nieuwe. Een nieuwe regio krijgt een eigen map en eigen notitieboeken.

# %% [markdown] lang="en"
# ## Which region
#
# Choose another region, or make a new one. A new region gets a folder and notebooks of its own.

# %%
forms.front_door(case, prepare=run.prepare)

# %% [markdown] lang="nl"
# Hoe heten de regio en het project?

# %% [markdown] lang="en"
# What are the region and the project called?

# %%
forms.facts(case)

# %% [markdown] lang="nl"
# ## Eerst ervaring, dan een plek
#
# Een vaste plek kiezen is een volgende stap, niet de eerste. De handleiding stelt deze vragen.

# %% [markdown] lang="en"
# ## First experience, then a place
#
# Choosing a permanent place is a next step, not the first one. The handbook asks these questions.

# %%
show(exhibits.guidance, case, step=0)

# %% [markdown] lang="nl"
# Schrijf op hoe het begon.

# %% [markdown] lang="en"
# Write down how it began.

# %%
forms.beginnings(case)

# %% [markdown] lang="nl"
# Dit is er over de start vastgelegd: waar het project vandaan komt, hoe het proces liep en waarom het tijd is.

# %% [markdown] lang="en"
# This was recorded about the start: where the project comes from, how the process went and why it is time.

# %%
show(exhibits.beginnings, case)

# %% [markdown] lang="nl"
# ## Het bord
#
# Om samen naar te kijken. Per stap: is hij begonnen, en hoeveel punten staan er nog open?

# %% [markdown] lang="en"
# ## The board
#
# To look at together. Per step: has it been started, and how many points are still open?

# %%
show(exhibits.board, case)

# %% [markdown] lang="nl"
# Wat staat in deze stap nog open? Het zijn aanwijzingen: niets wordt tegengehouden.

# %% [markdown] lang="en"
# What is still open in this step? These are hints: nothing is held back.

# %%
show(exhibits.still_open, case, step=0)

# %% [markdown] lang="nl"
# ## Zo deed West-Brabant het
#
# Het gepubliceerde voorbeeld dient als spiegel. Dit werd over de start opgeschreven.

# %% [markdown] lang="en"
# ## How West-Brabant did it
#
# The published example serves as a mirror. This was written about the start.

# %%
show(exhibits.reference, case, of=exhibits.beginnings)

# %% [markdown] lang="nl"
# ## Hierna
#
# In [stap 1](01_involve.ipynb) komt in beeld wie er meedoet.

# %% [markdown] lang="en"
# ## What comes next
#
# In [step 1](01_involve.ipynb) it becomes clear who joins in.
