# %% [markdown] lang="nl"
# # 10. Regio's vergelijken
#
# Aan het eind van dit notitieboek:
#
# - zie je welke criteria andere regio's kozen, en welke zij zelf bedachten;
# - zie je wat bij hen het zwaarst weegt, en wie dat vond;
# - zie je wat de scores steunen en wat er is besloten, naast elkaar;
# - heb je vragen om thuis mee verder te gaan.
#
# Wat veel regio's doen, is geen advies. Iedere regio heeft een eigen inzet en eigen partijen.

# %% [markdown] lang="en"
# # 10. Comparing regions
#
# At the end of this notebook:
#
# - you see which criteria other regions chose, and which they came up with themselves;
# - you see what weighs most with them, and who thought so;
# - you see what the scores support and what was decided, side by side;
# - you have questions to take home.
#
# What many regions do is no advice. Every region has its own deployment and its own parties.

# %% [markdown] lang="nl" tags=["about-code"]
# De regels hieronder kiezen de regio's en de taal, en openen de mappen van die regio's. Met `werkboek compare` kies je andere.

# %% [markdown] lang="en" tags=["about-code"]
# The lines below choose the regions and the language, and open the folders of those regions. With `werkboek compare` you choose others.

# %% tags=["parameters"]
regions = ["voorbeeldregio", "west-brabant"]
lang = "nl"

# %%
from workbook import exhibits, open_cases, show

cases = open_cases(regions, lang=lang)
compare = exhibits.compare

# %% [markdown] lang="nl"
# ## Welke regio's
#
# Kijk eerst waarvoor iedere regio haar ervaringsdeskundigen inzet. Dat bepaalt veel van wat volgt.

# %% [markdown] lang="en"
# ## Which regions
#
# First look at what each region deploys its experts by experience for. That decides much of what follows.

# %%
show(compare.regions, cases)

# %% [markdown] lang="nl"
# Hoe ver is iedere regio? Wie nog niet zo ver is, staat er wel bij: leeg is ook een antwoord.

# %% [markdown] lang="en"
# How far has each region come? Those that haven't come so far are shown too: empty is an answer as well.

# %%
show(compare.steps, cases)

# %% [markdown] lang="nl"
# ## Criteria
#
# Eerst in hoeveel regio's elk voorbeeld uit de handleiding bleef.

# %% [markdown] lang="en"
# ## Criteria
#
# First in how many regions each of the handbook's examples was kept.

# %%
show(compare.criteria_counts, cases)

# %% [markdown] lang="nl"
# Dan per cluster, met de regio's naast elkaar. Eerst de visie: wie daar niet aan voldoet, valt af.

# %% [markdown] lang="en"
# Then by cluster, with the regions side by side. First the vision: what doesn't meet it, is out.

# %%
show(compare.criteria, cases, cluster="vision")

# %% [markdown] lang="nl"
# De randvoorwaarden: iedereen kan ze regelen, en ze worden werkafspraken.

# %% [markdown] lang="en"
# The preconditions: everyone can arrange them, and they become working agreements.

# %%
show(compare.criteria, cases, cluster="precondition")

# %% [markdown] lang="nl"
# De onderscheidende criteria: alleen die worden gescoord.

# %% [markdown] lang="en"
# The distinguishing criteria: only those are scored.

# %%
show(compare.criteria, cases, cluster="distinguishing")

# %% [markdown] lang="nl"
# En wat de regio's zelf bedachten. Alleen precies dezelfde naam telt als hetzelfde criterium.

# %% [markdown] lang="en"
# And what the regions came up with themselves. Only the very same name counts as the same criterion.

# %%
show(compare.own_criteria, cases)

# %% [markdown] lang="nl"
# ## Wat het zwaarst weegt
#
# De plaats van elk onderscheidend criterium, en van wie die volgorde is.

# %% [markdown] lang="en"
# ## What weighs most
#
# The place of each distinguishing criterion, and whose order that is.

# %%
show(compare.priorities, cases)

# %% [markdown] lang="nl"
# ## Uitkomsten
#
# Boven staat wat de scores steunen: dat is rekenwerk. Onder staat wat mensen hebben besloten.

# %% [markdown] lang="en"
# ## Outcomes
#
# Above stands what the scores support: that is arithmetic. Below stands what people decided.

# %%
show(compare.outcomes, cases)

# %% [markdown] lang="nl"
# ## Wat kun je van elkaar leren?
#
# Vragen om te overwegen, voor iedere regio. Wie nog niet begonnen is, verzamelt eerst zelf.

# %% [markdown] lang="en"
# ## What can you learn from one another?
#
# Questions to consider, for every region. Those that haven't begun first gather their own.

# %%
show(compare.questions, cases)

# %% [markdown] lang="nl"
# De regio die als eerste is genoemd, ziet hier haar vragen uitgeschreven.

# %% [markdown] lang="en"
# The region that was named first sees its questions spelled out here.

# %%
show(compare.questions_for, cases)

# %% [markdown] lang="nl"
# ## Hierna
#
# Neem de vragen mee naar je eigen regio. In [stap 3](03_inventory.ipynb) verzamel je criteria, in [stap 5](05_select.ipynb) kies je ze.

# %% [markdown] lang="en"
# ## What comes next
#
# Take the questions to your own region. In [step 3](03_inventory.ipynb) you gather criteria, in [step 5](05_select.ipynb) you choose them.
