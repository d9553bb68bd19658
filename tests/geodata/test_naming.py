import pytest

from geodata import load_atlas
from geodata.errors import AtlasError
from geodata.naming import NEUTRAL, name_of, party_names, worldviews


@pytest.fixture(scope="module")
def atlas():
    return load_atlas()


def test_the_neutral_name_is_the_default(atlas):
    assert name_of(atlas, "meghri", "Meghri route") == "Meghri route"


@pytest.mark.parametrize(("party", "name"), [("AZ", "Zangezur corridor"), ("IR", "Meghri route")])
def test_a_party_name_is_used_only_where_that_party_has_one(atlas, party, name):
    assert name_of(atlas, "meghri", "Meghri route", party) == name


def test_no_neutral_name_is_a_party_name_alone(atlas):
    for row in atlas.party_names:
        for table in ("corridors", "places"):
            named = atlas.tables[table].get(row["object_id"])
            if named is not None and "corridor" in row["name"]:
                assert named["name"] != row["name"]


def test_party_names_are_dated_where_the_date_is_known(atlas):
    assert any("since 2025-08-08" in name for name in party_names(atlas, "meghri"))
    assert any("until 2020" in name for name in party_names(atlas, "az-zangilan"))


def test_an_unknown_worldview_is_an_error_that_lists_the_known_ones(atlas):
    with pytest.raises(AtlasError, match="Use one of: neutral, AE, AM"):
        name_of(atlas, "meghri", "Meghri route", "XX")


def test_the_neutral_worldview_comes_first(atlas):
    assert worldviews(atlas)[0] == NEUTRAL
